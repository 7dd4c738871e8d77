import { messageOf } from "../../../base/errors.ts";
import { ruleSetNamed } from "../../../mechanism/rule-set.ts";
import { Scoreboard } from "../../../mechanism/settle.ts";
import type { Duel } from "../../../ratings/battles.ts";
import type { IntervalRecord } from "../../../store/intervals.ts";
import type { ValidatorStore } from "../../../store/validator-store.ts";
import type { TaskStage } from "../../../ui/arena-events.ts";
import type { TaskLine } from "../../../ui/task-panel.tsx";
import type { ValidatorLine, WatchEvent } from "../../../ui/watch-events.ts";
import { playedAs } from "../../../validator/played-as.ts";
import { taskRecord } from "../../../validator/task-record.ts";
import type { Context } from "../../context.ts";
import { boardEvent, duelsOf, RATED_INTERVALS } from "./board.ts";
import { type Deliver, followByLooking, type Source } from "./source.ts";

/** Votes are seen as they come; a look reads a few rows. */
const LOOK_EVERY_MS = 500;
const SETTLEMENTS_TOLD = 8;

/** A validator's own store on this machine: everything, as its operator may see it. */
export class StoreSource implements Source {
  readonly #ctx: Context;
  readonly #store: ValidatorStore;
  readonly #hotkey: string;
  readonly #isRunning: () => boolean;
  readonly #duels = new Map<number, readonly Duel[]>();
  readonly #told = new Map<string, string>();
  #scored = "";

  /** @param isRunning - Whether a validator has the store now. */
  constructor(ctx: Context, store: ValidatorStore, hotkey: string, isRunning: () => boolean) {
    this.#ctx = ctx;
    this.#store = store;
    this.#hotkey = hotkey;
    this.#isRunning = isRunning;
  }

  async look(deliver: Deliver): Promise<void> {
    try {
      for (const event of this.#read()) deliver(event);
      this.#told.delete("trouble");
    } catch (error) {
      // The validator may be writing, or be gone with its store; the next look may do better.
      const text = messageOf(error);
      const atMs = this.#ctx.clock.nowMs();
      if (this.#isNews("trouble", text)) deliver({ type: "note", atMs, level: "warn", text });
    }
  }

  follow(deliver: Deliver, signal: AbortSignal): Promise<void> {
    return followByLooking(this, this.#ctx.clock, LOOK_EVERY_MS, deliver, signal);
  }

  *#read(): Generator<WatchEvent> {
    const store = this.#store;
    const atMs = this.#ctx.clock.nowMs();
    const intervals = store.intervals.list(RATED_INTERVALS + 1);
    const latest = intervals.at(-1);
    const validator = this.#validatorLine(latest, atMs);
    if (this.#isNews("validator", validator)) yield { type: "validator", atMs, validator };
    yield* this.#notes(validator, atMs);
    const tasks = this.#tasks(latest);
    if (this.#isNews("tasks", tasks)) yield { type: "tasks", atMs, tasks };
    const settled = intervals.filter(({ state }) => state === "settled");
    const state = JSON.stringify([settled.at(-1)?.n, tasks.filter(({ stage }) => stage === "scored").length]);
    if (state === this.#scored) return;
    this.#scored = state;
    yield boardEvent(this.#settledDuels(settled), latest === undefined ? undefined : this.#scores(latest), atMs);
  }

  #validatorLine(latest: IntervalRecord | undefined, atMs: number): ValidatorLine {
    const store = this.#store;
    const round = store.rounds.active();
    return {
      where: "store",
      reachable: this.#isRunning(),
      interval: latest?.n ?? null,
      stage: round?.state ?? latest?.state ?? "",
      round: round?.n ?? null,
      stageEndsAtMs: round === undefined ? null : (round.votingEndsAtMs ?? round.generateUntilMs),
      checkedIn: store.checkIns.current(atMs).length,
      settled: store.intervals.list().filter(({ state }) => state === "settled").length,
    };
  }

  /** What changed since the last look, in words. */
  *#notes({ interval, round, stage }: ValidatorLine, atMs: number): Generator<WatchEvent> {
    const note = (text: string, level: "info" | "warn" = "info"): WatchEvent => ({ type: "note", atMs, level, text });
    if (interval !== null && round !== null && this.#isNews("stage", [interval, round, stage])) {
      yield note(`Interval ${interval}, round ${round}: ${stage}.`);
    }
    for (const one of this.#store.settlements.list(SETTLEMENTS_TOLD)) {
      if (!this.#isNews(`settlement ${one.interval}`, [one.state, one.block, one.problem?.message])) continue;
      const where = one.block === null ? "" : ` in block ${one.block}`;
      yield one.problem === null
        ? note(`Weights of interval ${one.interval}: ${one.state}${where}.`)
        : note(`Weights of interval ${one.interval}: ${one.problem.message}`, "warn");
    }
  }

  #tasks(latest: IntervalRecord | undefined): TaskLine[] {
    const round =
      this.#store.rounds.active() ?? (latest === undefined ? undefined : this.#store.rounds.of(latest.n).at(-1));
    if (round === undefined) return [];
    const counts = this.#store.answers.countsOfRound(round.interval, round.n);
    return this.#store.tasks.ofRound(round.interval, round.n).map((task): TaskLine => {
      const { completions = 0, votes = 0 } = counts.get(task.id) ?? {};
      const stage: TaskStage = task.state === "expired" ? "voting" : task.state;
      return {
        id: task.id,
        kind: playedAs(task).kind,
        stage,
        generators: task.draw.generators.map(({ hotkey }) => hotkey),
        completions,
        votes,
        invited: task.draw.voters.length,
        reason: task.voidReason ?? "",
      };
    });
  }

  #settledDuels(settled: readonly IntervalRecord[]): Duel[] {
    const kept = settled.slice(-RATED_INTERVALS);
    for (const n of this.#duels.keys()) if (!kept.some((one) => one.n === n)) this.#duels.delete(n);
    return kept.flatMap(({ n }) => {
      const known = this.#duels.get(n);
      if (known !== undefined) return known;
      const records = this.#store.tasks
        .ofInterval(n)
        .map((task) => taskRecord(this.#store, task, { validator: this.#hotkey }));
      const duels = duelsOf(records);
      this.#duels.set(n, duels);
      return duels;
    });
  }

  /** Sums of the newest interval: final ones, or those of the tasks that are scored already. */
  #scores(interval: IntervalRecord): Readonly<Record<string, number>> {
    if (interval.scores !== null) return interval.scores;
    const board = new Scoreboard(ruleSetNamed(interval.rules.preset, interval.rules.settings));
    for (const task of this.#store.tasks.ofInterval(interval.n)) {
      if (task.state === "scored") board.addTask(taskRecord(this.#store, task, { validator: this.#hotkey }));
    }
    return Object.fromEntries(board.scores());
  }

  /** Whether something differs from what was told last under this name; then it counts as told. */
  #isNews(name: string, value: unknown): boolean {
    const text = JSON.stringify(value);
    if (this.#told.get(name) === text) return false;
    this.#told.set(name, text);
    return true;
  }
}
