import type { Interval, Task, TaskLog, TaskLogHeader } from "../mechanism/task-log.ts";
import { TASK_LOG_FORMAT } from "../mechanism/task-log.ts";
import type { IntervalRecord } from "../store/intervals.ts";
import type { RoundRecord } from "../store/rounds.ts";
import type { ValidatorStore } from "../store/validator-store.ts";
import { taskRecord } from "./task-record.ts";

export interface ExportOptions {
  readonly netuid: number;
  /** Hotkey. */
  readonly validator: string;
  /** Reveals the seed of a settled interval; absent where the store is all there is and its seeds stay secret. */
  readonly seedOf: (n: number) => string;
  /** The end of the seeds' hash chain, 0x hex. */
  readonly anchor: string | undefined;
  /** One interval only. */
  readonly interval?: number;
  /** The interval that is not settled yet too, without its seed. */
  readonly open?: boolean;
  readonly publish: "hashes" | "files";
}

const instant = (ms: number): string => new Date(ms).toISOString();

/** The intervals that an export has, in order. */
export function exportedIntervals(store: ValidatorStore, options: ExportOptions): IntervalRecord[] {
  return store.intervals
    .list()
    .filter(({ state, n }) => state === "settled" || (options.open === true && n >= 0))
    .filter(({ n }) => options.interval === undefined || n === options.interval);
}

/** Everything of the log but its tasks. */
export function logHeader(store: ValidatorStore, options: ExportOptions): TaskLogHeader {
  const intervals = exportedIntervals(store, options);
  const rules = intervals.at(-1)?.rules ?? store.intervals.latest()?.rules;
  return {
    format: TASK_LOG_FORMAT,
    preset: rules?.preset ?? "paper",
    settings: rules === undefined ? {} : { ...rules.settings, firstKinds: rules.draws.firstKinds },
    netuid: options.netuid,
    validator: options.validator,
    ...(options.anchor === undefined ? {} : { anchor: options.anchor }),
    intervals: intervals.map((interval) => intervalRecord(store, interval, options)),
  };
}

/** The tasks of the exported intervals, in the order in which they were drawn. */
export function* logTasks(store: ValidatorStore, options: ExportOptions): Generator<Task> {
  for (const interval of exportedIntervals(store, options)) {
    const proofIndex = new Map(store.answers.requestsOf(interval.n).map((request, place) => [request, place]));
    const active = store.rounds.active();
    const plannedEndMs = active === undefined ? undefined : (active.votingEndsAtMs ?? active.generateUntilMs);
    for (const task of store.tasks.ofInterval(interval.n)) {
      yield taskRecord(store, task, {
        validator: options.validator,
        proofIndex,
        files: options.publish === "files",
        ...(plannedEndMs === undefined ? {} : { plannedEndMs }),
      });
    }
  }
}

/** The whole log in memory; for an interval, a test, a demo. */
export const exportLog = (store: ValidatorStore, options: ExportOptions): TaskLog => ({
  ...logHeader(store, options),
  tasks: [...logTasks(store, options)],
});

function intervalRecord(store: ValidatorStore, interval: IntervalRecord, options: ExportOptions): Interval {
  const requests = store.answers.requestsOf(interval.n);
  const proofIndex = new Map(requests.map((request, place) => [request, place]));
  const settled = interval.state === "settled";
  return {
    n: interval.n,
    openedAt: instant(interval.openedAtMs),
    ...(interval.closedAtMs === null ? {} : { closedAt: instant(interval.closedAtMs) }),
    preset: interval.rules.preset,
    settings: interval.rules.settings,
    draws: interval.rules.draws,
    commitment: interval.commitment,
    ...(settled ? { seed: options.seedOf(interval.n) } : {}),
    beaconHeight: interval.beaconHeight,
    ...(interval.beacon === null ? {} : { beacon: interval.beacon }),
    ...(interval.scores === null ? {} : { scores: interval.scores }),
    rounds: store.rounds.of(interval.n).map((round) => roundRecord(store, round, proofIndex)),
    proofs: requests.map((request) => proofRecord(store, request, options)),
  };
}

function roundRecord(store: ValidatorStore, round: RoundRecord, proofIndex: ReadonlyMap<number, number>): object {
  return {
    n: round.n,
    openedAt: instant(round.openedAtMs),
    block: round.block,
    firstKindsUsed: round.firstKindsUsed,
    eligible: store.rounds.eligible(round.interval, round.n).map(({ request, ...miner }) => {
      const proof = request === null ? undefined : proofIndex.get(request);
      return { ...miner, ...(proof === undefined ? {} : { proof }) };
    }),
  };
}

/** A signed request as anybody can check it. The body of a completion holds its files: left out where only hashes show. */
function proofRecord(store: ValidatorStore, id: number, options: ExportOptions): object {
  const request = store.answers.request(id);
  const target = request?.payload.split("\n")[3] ?? "";
  const hidden = options.publish === "hashes" && target.endsWith("/completion");
  return {
    payload: request?.payload ?? "",
    signature: request?.signature ?? "",
    ...(hidden ? {} : { body: request?.body ?? "" }),
  };
}
