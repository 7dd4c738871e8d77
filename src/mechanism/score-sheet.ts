import { withRoom } from "./columns.ts";
import { IGNORED_REASONS, type Reason } from "./task-score.ts";

/** Every reason, its index being the code that the sheet holds; the ignored ones first, in the order they are tried. */
export const REASONS = [
  ...IGNORED_REASONS,
  "chose-validator",
  "chose-miner",
  "duel-vote",
  "votes-received",
  "trapped",
  "avoided-trap",
  "no-vote",
  "majority",
  "minority",
  "void-missing-completion",
  "void-no-votes",
] as const satisfies readonly Reason[];

/** Code of a reason. */
export const codeOf = (reason: Reason): number => REASONS.indexOf(reason);

/** The code of an entry in a task that is not settled yet. */
export const NO_REASON = -1;

/** Bits of an entry. */
export const AS_GENERATOR = 1;
/** A generator: it submitted. A discriminator: it has a valid vote. */
export const COUNTED = 2;
/** Not a stranger of whom there is only an ignored vote. */
export const TAKES_PART = 4;

/**
 * What everybody earned in one task, in columns that are used again for the next task; valid up to `count`.
 * A hotkey may have one entry as generator and one as discriminator.
 */
export class ScoreSheet {
  count = 0;
  /** Numbers of the hotkey table. */
  who = new Int32Array(512);
  flags = new Uint8Array(512);
  earned = new Float64Array(512);
  reasons = new Int32Array(512);
  state: "scored" | "void" | "open" | "skipped" = "scored";
  /** Valid only in a void task. */
  voidReason: "missing-completion" | "no-votes" = "no-votes";
  /** Ignored votes by index in {@link IGNORED_REASONS}. */
  readonly ignored: [number, number, number, number] = [0, 0, 0, 0];
  countedVotes = 0;

  /** Empties the sheet and makes room for as many entries as a task can have. */
  reset(entries: number): void {
    this.count = 0;
    this.state = "scored";
    this.countedVotes = 0;
    this.ignored.fill(0);
    if (entries <= this.who.length) return;
    this.who = withRoom(this.who, entries);
    this.flags = withRoom(this.flags, entries);
    this.earned = withRoom(this.earned, entries);
    this.reasons = withRoom(this.reasons, entries);
  }

  put(who: number, flags: number, earned: number, reason: number): void {
    const at = this.count++;
    this.who[at] = who;
    this.flags[at] = flags;
    // Adding 0 turns -0 into 0, which would print and compare as different.
    this.earned[at] = earned + 0;
    this.reasons[at] = reason;
  }
}
