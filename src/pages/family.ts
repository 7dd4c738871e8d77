import type { PageCheck } from "./checks.ts";
import type { Dialect } from "./dialect.ts";
import type { PageParts } from "./page-parts.ts";

/** Reads one of a task's slots. */
export type Slots = (name: string) => string;

/**
 * A kind of page, with slots. Phrases are templates (`{slot}`); they are read backwards too, so that the fixture
 * builder understands every wording of the bank.
 */
export interface Family {
  readonly name: string;
  /** Words that give a free prompt of this kind away. */
  readonly words: readonly string[];
  /** The values each slot can have; the first is the default. */
  readonly slots: Readonly<Record<string, readonly string[]>>;
  /** Ways to open the prompt; each holds {title}. */
  readonly intro: readonly string[];
  /** One entry for each requirement: ways to say it. */
  readonly requirements: readonly (readonly string[])[];
  /** Words of the prompt that follow from the slots. */
  derived?(slot: Slots): Readonly<Record<string, string>>;
  page(slot: Slots, dialect: Dialect): PageParts;
  checks(slot: Slots): PageCheck[];
}
