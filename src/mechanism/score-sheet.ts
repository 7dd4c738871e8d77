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

/**
 * What everybody earned in one task, in columns that are used again for the next task; valid up to `count`.
 * A hotkey may have one entry as generator and one as discriminator.
 */
export class ScoreSheet {
  count = 0;
  /** Numbers of the hotkey table. */
  readonly who: number[] = [];
  readonly isGenerator: boolean[] = [];
  readonly earned: number[] = [];
  readonly reasons: number[] = [];
  /** A generator: it submitted. A discriminator: it has a valid vote. */
  readonly counted: boolean[] = [];
  /** False for a stranger of whom there is only an ignored vote. */
  readonly takesPart: boolean[] = [];
  state: "scored" | "void" | "open" | "skipped" = "scored";
  /** Valid only in a void task. */
  voidReason: "missing-completion" | "no-votes" = "no-votes";
  /** Ignored votes by index in {@link IGNORED_REASONS}. */
  readonly ignored: [number, number, number, number] = [0, 0, 0, 0];
  countedVotes = 0;

  reset(): void {
    this.count = 0;
    this.state = "scored";
    this.countedVotes = 0;
    this.ignored.fill(0);
  }

  put(who: number, isGenerator: boolean, earned: number, reason: number, counted: boolean, takesPart = true): void {
    const at = this.count++;
    this.who[at] = who;
    this.isGenerator[at] = isGenerator;
    // An amount of -0 would print as 0 and compare as different.
    this.earned[at] = earned === 0 ? 0 : earned;
    this.reasons[at] = reason;
    this.counted[at] = counted;
    this.takesPart[at] = takesPart;
  }
}
