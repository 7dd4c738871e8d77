import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Beacon, SecondMechanism, Signer } from "../base/ports.ts";
import type { TaskLog } from "../mechanism/task-log.ts";
import { lockFile } from "../store/lock.ts";
import type { SettlementRecord } from "../store/settlements.ts";
import { ValidatorStore } from "../store/validator-store.ts";
import { Core } from "./core.ts";
import { beginWatch } from "./doppelganger.ts";
import { roundDueMs, runDuties } from "./engine.ts";
import { ValidatorEvents, type ValidatorListener } from "./events.ts";
import { exportLog } from "./export.ts";
import { Membership } from "./membership.ts";
import type { AnchorBoard, SubnetView, TaskSource, WeightsDoor } from "./ports.ts";
import { startServer } from "./server.ts";
import type { ValidatorSettings } from "./settings.ts";

/** What a validator needs of the world; `validator start` and `demo` put it together. */
export interface ValidatorDeps {
  readonly signer: Signer;
  readonly clock: Clock;
  readonly subnet: SubnetView;
  readonly beacon: Beacon;
  readonly weights: WeightsDoor;
  readonly anchors: AnchorBoard;
  readonly tasks: TaskSource;
  /** The folder of its state, one per network, netuid and hotkey. */
  readonly stateDir: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** 32 bytes for the first start of a store; chance without it. A demo derives them from its seed. */
  readonly lastSeed?: Uint8Array;
  /** How many intervals the seeds of a new store serve; fewer take less time to make. Default 65536. */
  readonly seeds?: number;
  /** Another mechanism of the subnet that lives and ends with this process. */
  readonly second?: SecondMechanism;
  /** Called with each event from the very first on. */
  readonly onEvent?: ValidatorListener;
}

export interface RunningValidator {
  /** http://HOST:PORT as it listens. */
  readonly url: string;
  readonly store: ValidatorStore;
  /** Calls back at every event until unsubscribed. */
  subscribe(listener: ValidatorListener): () => void;
  /** Resolves with the settlement of an interval once its weights are set, held or superseded. */
  settled(interval: number): Promise<SettlementRecord>;
  /** Resolves once this run has settled as many intervals as it was told to; never where it goes on for ever. */
  readonly enough: Promise<void>;
  /** The task log: settled intervals, or `open` ones too. */
  export(options?: { readonly interval?: number; readonly open?: boolean }): TaskLog;
  /** How often each refusal was given. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Finishes the step in work, answers who waits, closes the store. May be called twice. */
  stop(): Promise<void>;
  /** Settles when the duties have ended; rejects if they could not go on. */
  readonly done: Promise<void>;
}

export const STORE_FILE = "validator.sqlite";
/** Beside the store: held as long as a validator runs. */
export const LOCK_FILE = "validator.lock";

/**
 * Starts a validator: lock, store, server, duties. Whatever was under way when the last process ended goes on.
 *
 * @throws ColosseumError `store.locked`, `store.newer`, … and `validator.port-in-use`.
 */
export async function startValidator(deps: ValidatorDeps, settings: ValidatorSettings): Promise<RunningValidator> {
  await using stack = new AsyncDisposableStack();
  stack.use(lockFile(join(deps.stateDir, LOCK_FILE), "A validator with this hotkey"));
  const store = stack.use(new ValidatorStore(join(deps.stateDir, STORE_FILE)));
  const events = new ValidatorEvents(() => deps.clock.nowMs());
  if (deps.onEvent !== undefined) events.subscribe(deps.onEvent);
  const membership = new Membership(deps.subnet, deps.signer.address, deps.clock, events);
  const wanted = settings.stopAfterIntervals;
  const stopAfter = wanted === null ? null : firstUnfinished(store) + wanted;
  const core = new Core(
    {
      settings: { ...settings, stopAfterIntervals: stopAfter },
      store,
      events,
      clock: deps.clock,
      signer: deps.signer,
      membership,
      beacon: deps.beacon,
      door: deps.weights,
      anchors: deps.anchors,
      source: deps.tasks,
    },
    deps.lastSeed ?? randomBytes(32),
    deps.seeds,
  );
  tellResumed(core);
  if (await membership.refresh()) {
    refuseOtherChain(core, deps.stateDir);
    beginWatch(core);
  }
  const server = await startServer(core, deps.listen);
  stack.defer(() => server.close());

  const ending = new AbortController();
  const done = runDuties(core, ending.signal);
  // Whoever waits for `done` hears of it; nobody waiting must not end the process.
  done.catch(() => undefined);
  const { second } = deps;
  const beside = second?.run(ending.signal, (fact) =>
    events.emit({ type: "mechanism", mechid: second.mechid, ...fact }),
  );
  const resources = stack.move();
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    ending.abort();
    core.wake();
    try {
      // Both use what is let go of next, so neither is left behind when the other fails.
      await Promise.allSettled([done, beside]);
      await done;
    } finally {
      await resources.disposeAsync();
      events.emit({ type: "stopped" });
    }
  };
  return {
    url: server.url,
    store,
    refusals: server.refusals,
    subscribe: (listener) => events.subscribe(listener),
    settled: (interval) => settledOf(core, interval),
    enough: stopAfter === null ? new Promise(() => undefined) : settledOf(core, stopAfter - 1).then(() => undefined),
    export: (options = {}) =>
      exportLog(store, {
        ...options,
        netuid: settings.netuid,
        validator: core.hotkey,
        seedOf: (n) => core.seedHex(n),
        anchor: core.anchor(),
        publish: settings.publish,
      }),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    done,
  };
}

/** The interval that a run begins with: what an earlier one left under way is part of this one. */
function firstUnfinished(store: ValidatorStore): number {
  const [pending] = store.settlements.unfinished();
  const latest = store.intervals.latest();
  if (pending !== undefined) return pending.interval;
  if (latest === undefined) return 0;
  return latest.state === "settled" ? latest.n + 1 : latest.n;
}

/** What a development chain may lose when it is killed, and more: a real chain never goes back behind what is stored. */
const BLOCKS_BACK = 300;

/** On a chain that was begun anew a validator would wait for the old one's height, for hours and without a word. */
function refuseOtherChain({ store, membership }: Core, stateDir: string): void {
  const known = Math.max(store.intervals.latest()?.beaconHeight ?? 0, store.rounds.latest()?.block ?? 0);
  const block = membership.snapshot?.block ?? known;
  if (block + BLOCKS_BACK >= known) return;
  throw new ColosseumError(
    `What this validator has stored goes up to block ${known}, but the chain is at block ${block}: it is another chain, or one that was begun anew.`,
    {
      code: "validator.other-chain",
      exitCode: ExitCode.io,
      hint: `Go on with the old chain (localnet --state FILE keeps one), or begin anew: move ${stateDir} away.`,
      details: { known, block, stateDir },
    },
  );
}

/** A start that finds something under way says where it goes on. */
function tellResumed({ store, settings, events }: Core): void {
  const interval = store.intervals.latest();
  if (interval === undefined) return;
  const round = store.rounds.active();
  const endsAtMs = round === undefined ? null : roundDueMs(settings, round);
  const endsAt = endsAtMs === null ? null : new Date(endsAtMs).toISOString();
  const told =
    round === undefined
      ? null
      : { n: round.n, state: round.state, tasks: store.tasks.ofRound(round.interval, round.n).length, endsAt };
  events.emit({ type: "resumed", interval: interval.n, state: interval.state, round: told });
}

function settledOf(core: Core, interval: number): Promise<SettlementRecord> {
  const look = (): SettlementRecord | undefined => {
    const settlement = core.store.settlements.get(interval);
    return settlement === undefined || settlement.state === "prepared" || settlement.state === "submitted"
      ? undefined
      : settlement;
  };
  const now = look();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve) => {
    const unsubscribe = core.events.subscribe(({ type }) => {
      const settlement = type === "weights-set" || type === "weights-held" ? look() : undefined;
      if (settlement === undefined) return;
      unsubscribe();
      resolve(settlement);
    });
  });
}
