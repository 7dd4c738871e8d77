import { Ballot } from "./ballot.ts";
import { HotkeyTable } from "./hotkey-table.ts";
import { compareInstants } from "./instant.ts";
import { Poll } from "./poll.ts";
import { DojoScorer } from "./presets/dojo.ts";
import { needsAreMet } from "./presets/needs.ts";
import { PaperPayroll } from "./presets/paper.ts";
import { writeRoll } from "./presets/roll.ts";
import { ScaledPayroll } from "./presets/scaled.ts";
import type { RuleSet } from "./rule-set.ts";
import { AS_GENERATOR, COUNTED, codeOf, NO_REASON, REASONS, ScoreSheet, TAKES_PART } from "./score-sheet.ts";
import type { Task } from "./task-log.ts";
import type { IgnoredReason, ScoreEntry, ScoringTime, TaskScore } from "./task-score.ts";

const VOID_CODES = {
  "missing-completion": codeOf("void-missing-completion"),
  "no-votes": codeOf("void-no-votes"),
} as const;

/**
 * Scores task after task with the same scratch memory: the one engine behind `scoreTask`, `Scoreboard` and
 * populations. After each task {@link ballot} and {@link sheet} hold it and what it paid, until the next.
 */
export class TaskScorer {
  readonly rules: RuleSet;
  readonly time: ScoringTime;
  readonly hotkeys: HotkeyTable;
  readonly ballot: Ballot;
  readonly sheet = new ScoreSheet();
  readonly #poll = new Poll();
  readonly #payroll: PaperPayroll | ScaledPayroll | null;
  readonly #dojo: DojoScorer | null;

  /** @param ballot - Shared by scorers that score the same tasks by several rule sets; loaded once, run by each. */
  constructor(rules: RuleSet, time: ScoringTime = {}, ballot: Ballot = new Ballot(new HotkeyTable())) {
    this.rules = rules;
    this.time = time;
    this.hotkeys = ballot.hotkeys;
    this.ballot = ballot;
    this.#dojo = rules.name === "dojo-1.8.3" ? new DojoScorer(rules, this.ballot) : null;
    if (rules.name === "paper") this.#payroll = new PaperPayroll(rules, this.ballot, this.#poll);
    else if (rules.name === "scaled") this.#payroll = new ScaledPayroll(rules, this.ballot, this.#poll);
    else this.#payroll = null;
  }

  /**
   * Scores a task that is known to be valid.
   *
   * @throws RangeError if a field has not even the right type: a bug of the caller.
   */
  run(task: Task): void {
    const problem = this.ballot.load(task, true, this.time.until);
    if (problem !== null) {
      throw new RangeError(`task ${this.ballot.id}: ${problem.path}: expected ${problem.expected}`);
    }
    this.runLoaded();
  }

  /** {@link run}, with the result as an object of its own. */
  score(task: Task): TaskScore {
    this.run(task);
    return this.toScore();
  }

  /** The sheet as an object that outlives the next task. */
  toScore(): TaskScore {
    const { sheet, ballot, hotkeys } = this;
    const entries: ScoreEntry[] = [];
    for (let i = 0; i < sheet.count; i++) {
      const flags = sheet.flags[i] ?? 0;
      entries.push({
        hotkey: hotkeys.nameOf(sheet.who[i] ?? -1),
        role: (flags & AS_GENERATOR) !== 0 ? "generator" : "discriminator",
        earned: sheet.earned[i] ?? 0,
        reason: REASONS[sheet.reasons[i] ?? NO_REASON] ?? null,
        counted: (flags & COUNTED) !== 0,
        takesPart: (flags & TAKES_PART) !== 0,
      });
    }
    return {
      id: ballot.id,
      kind: ballot.kind,
      validator: hotkeys.nameOf(ballot.validator),
      state: sheet.state,
      voidReason: sheet.state === "void" ? sheet.voidReason : null,
      entries,
      ignoredVotes: ignoredByName(sheet.ignored),
      countedVotes: sheet.countedVotes,
    };
  }

  /** Scores what the ballot holds. */
  runLoaded(): void {
    const { ballot, sheet, time } = this;
    const { generatorCount, completionCount, invitedCount, voteCount } = ballot;
    sheet.reset(generatorCount + completionCount + invitedCount + 2 * voteCount);
    const open = time.until !== undefined && compareInstants(ballot.expiresAt, time.until) > 0;
    const skipped = !open && time.after !== undefined && compareInstants(ballot.expiresAt, time.after) <= 0;
    if (open) sheet.state = "open";
    else if (skipped) sheet.state = "skipped";
    if (this.#dojo !== null) {
      if (open || skipped) this.#dojo.list(sheet);
      else this.#dojo.score(sheet);
      return;
    }
    this.#poll.take(ballot, sheet.ignored);
    if (open || skipped) {
      sheet.ignored.fill(0);
      writeRoll(ballot, this.#poll, sheet, null, NO_REASON);
      return;
    }
    sheet.countedVotes = this.#poll.count;
    const complete = needsAreMet(ballot);
    if (!complete || this.#poll.count === 0) {
      sheet.state = "void";
      sheet.voidReason = complete ? "no-votes" : "missing-completion";
      writeRoll(ballot, this.#poll, sheet, null, VOID_CODES[sheet.voidReason]);
      return;
    }
    this.#payroll?.prepare();
    writeRoll(ballot, this.#poll, sheet, this.#payroll, NO_REASON);
  }
}

/** Counts by reason code as an object with the reasons' names. */
export function ignoredByName(ignored: readonly number[]): Readonly<Record<IgnoredReason, number>> {
  const [own = 0, invited = 0, unknown = 0, late = 0] = ignored;
  return { "own-task": own, "not-invited": invited, "unknown-completion": unknown, "out-of-time": late };
}
