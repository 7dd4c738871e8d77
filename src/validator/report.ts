import { ruleSetNamed } from "../mechanism/rule-set.ts";
import { scoreTask } from "../mechanism/scoring.ts";
import { type MinerRow, Scoreboard } from "../mechanism/settle.ts";
import { type Share, sharesOf } from "../mechanism/shares.ts";
import type { TaskScore } from "../mechanism/task-score.ts";
import type { MeResponse } from "../protocol/messages.ts";
import type { Core } from "./core.ts";
import { eligibleMiners } from "./duties/open-round.ts";
import { taskRecord } from "./task-record.ts";

/** Settled intervals that `GET /v1/me` still tells of. */
const REPORTED_INTERVALS = 3;

interface IntervalReport {
  readonly rows: readonly (MinerRow & { readonly rank: number; readonly beforeBurn: Share })[];
  readonly scores: readonly TaskScore[];
}

/** What each miner earned and why, from settled intervals only: before the settlement a kind would be a tip. */
export class Reports {
  readonly #core: Core;
  readonly #settled = new Map<number, IntervalReport>();

  constructor(core: Core) {
    this.#core = core;
  }

  me(hotkey: string): MeResponse {
    const { store } = this.#core;
    const latest = store.intervals.latest();
    const settled = store.intervals.list(REPORTED_INTERVALS + 1).filter(({ state }) => state === "settled");
    const known = settled.slice(-REPORTED_INTERVALS).map(({ n }) => ({ n, report: this.#interval(n) }));
    for (const n of this.#settled.keys()) if (!known.some((one) => one.n === n)) this.#settled.delete(n);
    const tasks = known.flatMap(({ n, report }) =>
      report.scores.flatMap((score) =>
        score.entries
          .filter((entry) => entry.hotkey === hotkey)
          .map((entry) => ({
            id: score.id,
            interval: n,
            kind: score.kind,
            role: entry.role as string,
            earned: entry.earned,
            reason: entry.reason as string,
          })),
      ),
    );
    const faced = tasks.filter(({ reason }) => reason === "trapped" || reason === "avoided-trap");
    return {
      hotkey,
      eligible: eligibleMiners(this.#core).some((miner) => miner.hotkey === hotkey),
      interval: latest === undefined || latest.state === "settled" ? null : latest.n,
      intervals: known.flatMap(({ n, report }) => {
        const row = report.rows.find((one) => one.hotkey === hotkey);
        if (row === undefined) return [];
        const { score, share, weight, rank, beforeBurn } = row;
        const before = { shareBeforeBurn: beforeBurn.share, weightBeforeBurn: beforeBurn.weight };
        return [{ n, score, share, weight, ...before, rank, miners: report.rows.length }];
      }),
      traps: { faced: faced.length, avoided: faced.filter(({ reason }) => reason === "avoided-trap").length },
      open: store.assignments.open(hotkey, 0, this.#core.nowMs(), 10_000).length,
      tasks,
    };
  }

  #interval(n: number): IntervalReport {
    const known = this.#settled.get(n);
    if (known !== undefined) return known;
    const { store, hotkey: validator } = this.#core;
    const interval = store.intervals.get(n);
    const rules = ruleSetNamed(interval?.rules.preset ?? "paper", interval?.rules.settings);
    const board = new Scoreboard(rules);
    const scores = store.tasks.ofInterval(n).map((task) => {
      const record = taskRecord(store, task, { validator });
      board.addTask(record);
      return scoreTask(record, rules);
    });
    const unburned = sharesOf(board.rows(), rules.name === "dojo-1.8.3" ? { ...rules, burnShare: 0 } : rules);
    const rows = board.rows().map((row, place, all) => ({
      ...row,
      beforeBurn: unburned[place] ?? row,
      // Equal scores share a rank.
      rank: 1 + all.findIndex((other) => other.score === row.score),
    }));
    const report = { rows, scores };
    this.#settled.set(n, report);
    return report;
  }
}
