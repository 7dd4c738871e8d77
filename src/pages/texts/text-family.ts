import type { Random } from "../../base/random.ts";
import type { Slots } from "../family.ts";
import type { Wordable } from "../wording.ts";
import type { TextCheck } from "./text-checks.ts";

/** A kind of text, with slots, as a kind of page is one. */
export interface TextFamily extends Wordable {
  /** A right answer, line by line; equal streams write alike. */
  write(slot: Slots, random: Random): string[];
  checks(slot: Slots): TextCheck[];
}
