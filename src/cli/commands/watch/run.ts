import { resolve } from "node:path";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import type { WatchEvent } from "../../../ui/watch-events.ts";
import type { Context } from "../../context.ts";
import { ScreenFeed, screenPlace } from "../../screen-feed.ts";
import { ChainSource } from "./chain-source.ts";
import type { WatchFlags } from "./flags.ts";
import { jsonFacts, neuronJson, taoText } from "./json-facts.ts";
import { watchLine } from "./plain-line.ts";
import type { Deliver, Source } from "./source.ts";

/** Runs every source before whatever is there to watch: a screen, a log reader, a script. */
export async function watch(ctx: Context, flags: WatchFlags): Promise<void> {
  const netuid = ctx.netuid();
  const { parseNetwork } = await import("../../../chain/networks.ts");
  // A wrong name is said at once, not by a screen that waits for it.
  parseNetwork(ctx.config.network.value ?? "local");
  const early: WatchEvent[] = [];
  const sources: Source[] = [new ChainSource(ctx, netuid)];
  const validator = await validatorSource(ctx, flags, (event) => early.push(event));
  if (validator !== undefined) sources.push(validator);
  if (flags.logFile !== undefined) {
    const { LogSource } = await import("./log-source.ts");
    sources.push(new LogSource(ctx, resolve(ctx.io.cwd, flags.logFile)));
  }
  if (flags.once === true) return once(ctx, sources, early);
  const quit = new AbortController();
  const signal = AbortSignal.any([ctx.signal, quit.signal]);
  const show = ctx.liveScreen ? await liveScreen(ctx, `netuid ${netuid}`, () => quit.abort()) : plainLines(ctx);
  try {
    for (const event of early) show.on(event);
    await Promise.all(sources.map((source) => source.follow(show.on, signal)));
  } finally {
    await show.close();
  }
}

/** Why there is no validator of one's own here. */
const ABSENT: ReadonlySet<string> = new Set(["store.missing", "wallet.not-found", "wallet.hotkey-not-found"]);

/** The validator that is watched: the one that was named, or the one whose store is here. */
async function validatorSource(ctx: Context, flags: WatchFlags, deliver: Deliver): Promise<Source | undefined> {
  if (flags.validator !== undefined) {
    const { RemoteSource } = await import("./remote-source.ts");
    return new RemoteSource(ctx, flags.validator);
  }
  const { openStoreToRead } = await import("../validator/state-dir.ts");
  try {
    const { store, hotkey, isRunning } = await openStoreToRead(ctx);
    const { StoreSource } = await import("./store-source.ts");
    return new StoreSource(ctx, store, hotkey, isRunning);
  } catch (error) {
    // Without a validator of one's own the chain is still worth watching; a broken store is not passed over.
    const isAbsent = error instanceof ColosseumError && ABSENT.has(error.code);
    if (!isAbsent) throw error;
    const text = "No validator's store of this hotkey is here; watch another one with --validator URL.";
    deliver({ type: "note", atMs: ctx.clock.nowMs(), level: "info", text });
    return undefined;
  }
}

interface Show {
  readonly on: Deliver;
  close(): Promise<void>;
}

/** Lines on stdout: JSON Lines of every fact with `--json`, else what a person wants to know. */
function plainLines(ctx: Context): Show {
  let said: string | undefined;
  return {
    on: (event) => {
      const { atMs, type } = event;
      let line = watchLine(event);
      if (type === "validator") {
        // Some of what changes about a validator is only for the screen.
        const words = line?.slice(line.indexOf(" "));
        if (words === said) line = undefined;
        said = words;
      }
      if (ctx.flags.json || line !== undefined) {
        ctx.out.event({ type, at: new Date(atMs).toISOString(), ...jsonFacts(event) }, () => line ?? "");
      }
    },
    close: () => Promise.resolve(),
  };
}

async function liveScreen(ctx: Context, title: string, onQuit: () => void): Promise<Show> {
  const { showWatch } = await import("../../../ui/watch-screen.tsx");
  const feed = new ScreenFeed<WatchEvent>();
  const screen = showWatch({
    title,
    ...(await screenPlace(ctx)),
    subscribe: feed.subscribe,
    onQuit: (by) => {
      if (by === "ctrl-c") ctx.interrupt();
      else onQuit();
    },
  });
  const ticking = setInterval(() => feed.tell({ type: "tick", atMs: ctx.clock.nowMs() }), 1_000);
  return {
    on: feed.tell,
    close: async () => {
      clearInterval(ticking);
      await screen.close();
    },
  };
}

/** One look of every source, drawn as the screen's first page or as one JSON object. */
async function once(ctx: Context, sources: readonly Source[], early: readonly WatchEvent[]): Promise<void> {
  const { initialWatchState, watchReducer } = await import("../../../ui/watch-state.ts");
  const events = [...early];
  await Promise.all(sources.map((source) => source.look((event) => events.push(event))));
  const state = events.reduce(watchReducer, initialWatchState(ctx.clock.nowMs()));
  const { chain, validator, tasks, board, battles, neurons } = state;
  // A store can be read whether its validator runs or not.
  const hasValidator = validator !== null && (validator.reachable || validator.where === "store");
  if (!chain.connected && !hasValidator) throw nothingReached(events);
  for (const event of events) {
    if (event.type === "note" && event.level === "warn") ctx.out.warn({ code: "watch.trouble", message: event.text });
  }
  const { drawTable } = await import("../../table.ts");
  const { drawWatch } = await import("./draw.ts");
  const seen = {
    chain: { ...chain, burnTao: taoText(chain.burnTao) },
    validator,
    tasks,
    battles,
    leaderboard: board,
    neurons: neurons.map(neuronJson),
  };
  ctx.out.result(seen, () => drawWatch(state, drawTable, ctx.out.columns));
}

function nothingReached(events: readonly WatchEvent[]): ColosseumError {
  const why = events.flatMap((event) => (event.type === "note" && event.level === "warn" ? [event.text] : []));
  return new ColosseumError(`Neither a chain nor a validator can be watched: ${why.join(" ")}`, {
    code: "watch.nothing-reached",
    exitCode: ExitCode.network,
    hint: "Name the network with -n, and a validator with --validator URL; a chain of your own: colosseum localnet",
  });
}
