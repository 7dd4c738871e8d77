import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { shellWord } from "../../../base/shell-word.ts";
import type { DemoResult } from "../../../demo/arena.ts";
import type { DemoEvent } from "../../../demo/events.ts";
import { ruleSetNamed } from "../../../mechanism/rule-set.ts";
import type { ArenaEvent } from "../../../ui/arena-events.ts";
import type { Context } from "../../context.ts";
import { ScreenFeed, screenPlace } from "../../screen-feed.ts";
import { drawTable } from "../../table.ts";
import type { DemoFlags } from "./flags.ts";
import { demoFolder } from "./folder.ts";
import { plainLine } from "./plain-line.ts";
import { tellOfDemo } from "./running-demo.ts";
import { screenEvents } from "./screen-events.ts";

const ROUNDS_WITHOUT_SCREEN = 3;
/** Slow enough for a person to see votes come in. */
const THINK_MS = 2_500;

/** Runs the demo before whatever is there to watch it, and leaves its log. */
export async function demo(ctx: Context, flags: DemoFlags): Promise<void> {
  // A wrong name is said before a folder is made.
  ruleSetNamed(flags.preset);
  const dir = await demoFolder(ctx, flags.keep);
  const { runDemo } = await import("../../../demo/arena.ts");
  const quit = new AbortController();
  const names = new Map<string, string>();
  const show = ctx.liveScreen ? await liveScreen(ctx, flags, names, () => quit.abort()) : plainLines(ctx, names);
  let told: Promise<() => Promise<void>> | undefined;
  let result: DemoResult;
  try {
    result = await runDemo({
      miners: flags.miners,
      rounds: flags.rounds ?? (ctx.liveScreen ? undefined : ROUNDS_WITHOUT_SCREEN),
      seed: flags.seed,
      preset: flags.preset,
      thinkMs: ctx.liveScreen ? THINK_MS : 0,
      dir,
      clock: ctx.clock,
      signal: AbortSignal.any([ctx.signal, quit.signal]),
      onEvent: (event) => {
        if (event.type === "neuron") names.set(event.hotkey, event.name);
        if (event.type === "ready") {
          const { network, netuid, validator, wallets } = event;
          told = tellOfDemo(ctx, { network, netuid, validator, wallets });
        }
        show.on(event);
      },
    });
  } finally {
    await (await told)?.();
    await show.close();
  }
  await report(ctx, result, join(dir, "tasks.json"), names);
}

interface Show {
  on(event: DemoEvent): void;
  close(): Promise<void>;
}

const plainLines = (ctx: Context, names: ReadonlyMap<string, string>): Show => ({
  on: (event) => {
    const line = plainLine(event, names);
    if (line !== undefined) ctx.out.status(ctx.out.inScope(line));
  },
  close: () => Promise.resolve(),
});

async function liveScreen(
  ctx: Context,
  flags: DemoFlags,
  names: ReadonlyMap<string, string>,
  onQuit: () => void,
): Promise<Show> {
  const { showArena } = await import("../../../ui/arena-screen.tsx");
  const feed = new ScreenFeed<ArenaEvent>();
  const screen = showArena({
    title: `demo ${flags.preset}`,
    ...(await screenPlace(ctx)),
    subscribe: feed.subscribe,
    onQuit: (by) => {
      feed.tell({ type: "finished", atMs: ctx.clock.nowMs(), text: "Stopping: what is in work is finished…" });
      if (by === "ctrl-c") ctx.interrupt();
      else onQuit();
    },
  });
  const ticking = setInterval(() => feed.tell({ type: "tick", atMs: ctx.clock.nowMs() }), 1_000);
  return {
    on: (event) => {
      for (const fact of screenEvents(event, names)) feed.tell(fact);
    },
    close: async () => {
      clearInterval(ticking);
      await screen.close();
    },
  };
}

async function report(
  ctx: Context,
  result: DemoResult,
  tasksFile: string,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  await writeFile(`${tasksFile}.part`, `${JSON.stringify(result.log, undefined, 1)}\n`, { mode: 0o600 });
  await rename(`${tasksFile}.part`, tasksFile);
  const { rounds, log, weights, incentive, secondsToFirstWeights } = result;
  const data = {
    rounds,
    tasks: log.tasks.length,
    votes: log.tasks.reduce((sum, task) => sum + task.votes.length, 0),
    weights,
    incentive,
    tasksFile,
    secondsToFirstWeights: secondsToFirstWeights ?? null,
  };
  ctx.out.result(data, () => {
    const paid = new Map(incentive.map(({ uid, value }) => [uid, value]));
    const rows = [...weights]
      .sort((a, b) => b.value - a.value)
      .map(({ uid, hotkey, value }) => [
        String(uid),
        names.get(hotkey) ?? "",
        hotkey,
        String(value),
        paid.get(uid)?.toFixed(4) ?? "",
      ]);
    const columns = [
      { title: "UID", align: "right" },
      { title: "MINER" },
      { title: "HOTKEY", priority: 1 },
      { title: "WEIGHT", align: "right" },
      { title: "INCENTIVE", align: "right" },
    ] as const;
    return [
      `${data.rounds} ${data.rounds === 1 ? "round" : "rounds"}, ${data.tasks} tasks, ${data.votes} votes; ${weights.length === 0 ? "no weights were set." : "the last weights on the chain:"}`,
      ...(weights.length === 0 ? [] : [drawTable(columns, rows, ctx.out.columns)]),
      tasksFile,
    ].join("\n");
  });
  // A settlement replays bit for bit.
  ctx.out.next(`colosseum simulate ${shellWord(tasksFile)} --interval 0`);
}
