import { compareText } from "../base/text.ts";
import { Ballot } from "./ballot.ts";
import { HotkeyTable } from "./hotkey-table.ts";
import type { RuleSet } from "./rule-set.ts";
import { AS_GENERATOR, COUNTED, codeOf, TAKES_PART } from "./score-sheet.ts";
import { sharesOf } from "./shares.ts";
import { readTally, Tally } from "./tally.ts";
import type { Task } from "./task-log.ts";
import { TASK_KINDS, type TaskKind } from "./task-log.ts";
import type { TaskProblem } from "./task-problem.ts";
import type { IgnoredReason, Reason, ScoringTime, TaskScore } from "./task-score.ts";
import { IGNORED_REASONS } from "./task-score.ts";
import { ignoredByName, TaskScorer } from "./task-scorer.ts";

/** One row of `simulate --json` and of a settlement. */
export interface MinerRow {
  readonly hotkey: string;
  /** The exact sum of everything it earned, rounded once. */
  readonly score: number;
  readonly generator: number;
  readonly discriminator: number;
  /** Only with `dojo-1.8.3`: what not voting cost, contained in `discriminator`. */
  readonly noVote?: number;
  /** Own completions in scored tasks. */
  readonly generated: number;
  /** Scored tasks with a valid vote. */
  readonly voted: number;
  /** Traps paid for. */
  readonly trapped: number;
  readonly share: number;
  /** u16. */
  readonly weight: number;
}

/** `total` = scored + void + open + skipped; the kinds count the scored. */
export interface TaskCounts {
  readonly total: number;
  readonly scored: number;
  readonly void: number;
  readonly open: number;
  readonly skipped: number;
  readonly synthetic: number;
  readonly duel: number;
  readonly trap: number;
}

/** A scoreboard's exact state as plain data, for a worker's message. */
export interface ScoreboardParts {
  /** scored, void, open, skipped, synthetic, duel, trap. */
  readonly counts: readonly number[];
  /** By index in IGNORED_REASONS. */
  readonly ignored: readonly number[];
  /** Scored tasks by their number of counted votes. */
  readonly turnout: readonly number[];
  readonly hotkeys: readonly string[];
  /** One written tally for each hotkey. */
  readonly numbers: Float64Array;
}

const STATES = ["scored", "void", "open", "skipped"] as const;
const KINDS_AT = STATES.length;
const SKIPPED_AT = STATES.indexOf("skipped");
const TRAPPED = codeOf("trapped");
const NO_VOTE = codeOf("no-vote");

/**
 * Adds up task scores exactly: neither the order of tasks nor how they are split over boards changes a bit.
 * The live validator keeps one per interval, a replay one per worker, a simulated population one per seed.
 */
export class Scoreboard {
  readonly rules: RuleSet;
  /** Holds the last task added, but by {@link add}, and what it paid. */
  readonly scorer: TaskScorer;
  readonly #hotkeys: HotkeyTable;
  readonly #tallies: Tally[] = [];
  readonly #counts: number[] = [0, 0, 0, 0, 0, 0, 0];
  readonly #ignored: number[] = IGNORED_REASONS.map(() => 0);
  readonly #turnout: number[] = [];
  readonly #apart: boolean;

  /** @param ballot - Shared by boards that add the same tasks up by several rule sets ({@link addLoaded}). */
  constructor(rules: RuleSet, time: ScoringTime = {}, ballot: Ballot = new Ballot(new HotkeyTable())) {
    this.rules = rules;
    this.#hotkeys = ballot.hotkeys;
    this.scorer = new TaskScorer(rules, time, ballot);
    this.#apart = rules.name === "dojo-1.8.3";
  }

  /** Scores a valid task and adds it: `add(scoreTask(…))` without the objects in between. */
  addTask(task: Task): void {
    this.scorer.run(task);
    this.#addSheet();
  }

  /** Scores the task that the shared ballot holds and adds it. */
  addLoaded(): void {
    this.scorer.runLoaded();
    this.#addSheet();
  }

  /**
   * Checks any JSON value as a task, scores it and adds it.
   *
   * @returns What is wrong with it (then nothing was added), or null.
   */
  tryAdd(value: unknown): TaskProblem | null {
    const problem = this.scorer.ballot.load(value, false, this.scorer.time.until);
    if (problem === null) this.addLoaded();
    return problem;
  }

  /** Adds a task's score that was computed before. */
  add(score: TaskScore): void {
    this.#count(score.state, score.kind, score.countedVotes);
    IGNORED_REASONS.forEach((reason, index) => {
      this.#ignored[index] = (this.#ignored[index] ?? 0) + score.ignoredVotes[reason];
    });
    const settled = score.state === "scored";
    for (const { hotkey, role, earned, reason, counted, takesPart } of score.entries) {
      if (!takesPart || hotkey === score.validator) continue;
      const generates = role === "generator";
      this.#enter(this.#hotkeys.idOf(hotkey), generates, earned, reasonCode(reason), counted, settled);
      if (settled && counted && !generates && score.kind === "trap")
        this.#tallyOf(this.#hotkeys.idOf(hotkey)).trapVotes++;
    }
  }

  /** Counts tasks that were left out: invalid ones under `--skip-invalid`. */
  countSkipped(tasks: number): void {
    this.#counts[SKIPPED_AT] = (this.#counts[SKIPPED_AT] ?? 0) + tasks;
  }

  /** Adds what another board, perhaps in another thread, has added up by the same rules. */
  merge(other: Scoreboard | ScoreboardParts): void {
    this.#combine(other instanceof Scoreboard ? other.toParts() : other, 1);
  }

  /** Takes away what was added before; exact, so that it leaves no trace in any sum. */
  retract(other: Scoreboard | ScoreboardParts): void {
    this.#combine(other instanceof Scoreboard ? other.toParts() : other, -1);
  }

  /** The exact state; {@link merge} on a new board restores it. */
  toParts(): ScoreboardParts {
    const hotkeys: string[] = [];
    const numbers: number[] = [];
    this.#tallies.forEach((tally, id) => {
      if (tally.tasks === 0) return;
      hotkeys.push(this.#hotkeys.nameOf(id));
      tally.write(numbers);
    });
    return {
      counts: [...this.#counts],
      ignored: [...this.#ignored],
      turnout: [...this.#turnout],
      hotkeys,
      numbers: Float64Array.from(numbers),
    };
  }

  counts(): TaskCounts {
    const [scored = 0, voided = 0, open = 0, skipped = 0, synthetic = 0, duel = 0, trap = 0] = this.#counts;
    return { total: scored + voided + open + skipped, scored, void: voided, open, skipped, synthetic, duel, trap };
  }

  ignoredVotes(): Readonly<Record<IgnoredReason, number>> {
    return ignoredByName(this.#ignored);
  }

  /**
   * Every hotkey that took part in a task as a miner, with what it earned.
   *
   * @returns Score descending, then hotkey ascending by code unit; share and weight by the rule set.
   */
  rows(): MinerRow[] {
    const scored: { hotkey: string; score: number; tally: Tally }[] = [];
    this.#tallies.forEach((tally, id) => {
      if (tally.tasks > 0) scored.push({ hotkey: this.#hotkeys.nameOf(id), score: tally.score(), tally });
    });
    scored.sort((a, b) => b.score - a.score || compareText(a.hotkey, b.hotkey));
    const shares = sharesOf(scored, this.rules);
    return scored.map(({ hotkey, score, tally }, index) => ({
      hotkey,
      score,
      generator: tally.generator.value(),
      discriminator: tally.discriminator.value(),
      ...(this.#apart ? { noVote: tally.noVote.value() } : {}),
      generated: tally.generated,
      voted: tally.voted,
      trapped: tally.trapped,
      share: shares[index]?.share ?? 0,
      weight: shares[index]?.weight ?? 0,
    }));
  }

  /** Scored tasks by their number of counted votes: index 3 holds how many tasks were decided by three votes. */
  turnout(): readonly number[] {
    return this.#turnout;
  }

  /** Every voter's traps: in how many it voted, for how many it paid; most paid first, then hotkey. */
  trapRecords(): { readonly hotkey: string; readonly voted: number; readonly trapped: number }[] {
    const records: { hotkey: string; voted: number; trapped: number }[] = [];
    this.#tallies.forEach((tally, id) => {
      if (tally.trapVotes === 0) return;
      records.push({ hotkey: this.#hotkeys.nameOf(id), voted: tally.trapVotes, trapped: tally.trapped });
    });
    return records.sort((a, b) => b.trapped / b.voted - a.trapped / a.voted || compareText(a.hotkey, b.hotkey));
  }

  /** Hotkey → score, as a settlement keeps it and `intervals[].scores` shows it; in the order of {@link rows}. */
  scores(): Map<string, number> {
    return new Map(this.rows().map(({ hotkey, score }) => [hotkey, score]));
  }

  #combine(parts: ScoreboardParts, sign: 1 | -1): void {
    parts.turnout.forEach((tasks, votes) => {
      this.#addTurnout(votes, sign * tasks);
    });
    parts.counts.forEach((count, index) => {
      this.#counts[index] = (this.#counts[index] ?? 0) + sign * count;
    });
    parts.ignored.forEach((count, index) => {
      this.#ignored[index] = (this.#ignored[index] ?? 0) + sign * count;
    });
    let at = 0;
    for (const hotkey of parts.hotkeys) {
      at = readTally(this.#tallyOf(this.#hotkeys.idOf(hotkey)), parts.numbers, at, sign);
    }
  }

  #addSheet(): void {
    const { sheet, ballot } = this.scorer;
    this.#count(sheet.state, ballot.kind, sheet.countedVotes);
    for (let r = 0; r < sheet.ignored.length; r++) this.#ignored[r] = (this.#ignored[r] ?? 0) + (sheet.ignored[r] ?? 0);
    const settled = sheet.state === "scored";
    const trap = settled && ballot.kind === "trap";
    const { who, flags, earned, reasons, count } = sheet;
    for (let i = 0; i < count; i++) {
      const id = who[i] ?? 0;
      const bits = flags[i] ?? 0;
      if ((bits & TAKES_PART) === 0 || id === ballot.validator) continue;
      const generates = (bits & AS_GENERATOR) !== 0;
      this.#enter(id, generates, earned[i] ?? 0, reasons[i] ?? -1, (bits & COUNTED) !== 0, settled);
      if (trap && !generates && (bits & COUNTED) !== 0) this.#tallyOf(id).trapVotes++;
    }
  }

  #addTurnout(votes: number, tasks: number): void {
    while (this.#turnout.length <= votes) this.#turnout.push(0);
    this.#turnout[votes] = (this.#turnout[votes] ?? 0) + tasks;
  }

  #count(state: TaskScore["state"], kind: TaskKind, votes: number): void {
    const at = STATES.indexOf(state);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    if (state !== "scored") return;
    this.#addTurnout(votes, 1);
    const kindAt = KINDS_AT + TASK_KINDS.indexOf(kind);
    this.#counts[kindAt] = (this.#counts[kindAt] ?? 0) + 1;
  }

  #enter(id: number, generates: boolean, earned: number, reason: number, counted: boolean, settled: boolean): void {
    const tally = this.#tallyOf(id);
    tally.tasks++;
    if (!settled) return;
    // One place that adds, not one for each role: it is compiled into this method, whole.
    if (earned !== 0) (generates ? tally.generator : tally.discriminator).add(earned);
    if (generates) {
      if (counted) tally.generated++;
      return;
    }
    if (counted) tally.voted++;
    if (reason === TRAPPED && earned < 0) tally.trapped++;
    if (this.#apart && reason === NO_VOTE) tally.noVote.add(earned);
  }

  #tallyOf(id: number): Tally {
    return this.#tallies[id] ?? this.#newTally(id);
  }

  #newTally(id: number): Tally {
    // Hotkeys that never take part (strangers, validators) have numbers too; fill up so that the array has no holes.
    while (this.#tallies.length <= id) this.#tallies.push(new Tally());
    return this.#tallies[id] ?? new Tally();
  }
}

const reasonCode = (reason: Reason | null): number => (reason === null ? -1 : codeOf(reason));
