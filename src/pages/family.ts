import type { PageCheck } from "./checks.ts";
import type { Dialect } from "./dialect.ts";
import type { PageParts } from "./page-parts.ts";
import type { Wordable } from "./wording.ts";

/** Reads one of a task's slots. */
export type Slots = (name: string) => string;

/**
 * A kind of page, with slots. Phrases are templates (`{slot}`); they are read backwards too, so that the fixture
 * builder understands every wording of the bank.
 */
export interface Family extends Wordable {
  page(slot: Slots, dialect: Dialect): PageParts;
  checks(slot: Slots): PageCheck[];
}
