import { existsSync } from "node:fs";
import { Command } from "commander";
import { ColosseumError, messageOf, UsageError } from "../../../base/errors.ts";
import { type MechId, parseMechId, toMechId } from "../../../base/ids.ts";
import { formatTao } from "../../../base/units.ts";
import type { Board } from "../../../social/board.ts";
import type { ArenaStore } from "../../../store/arena-store.ts";
import type { LeaderboardEvent } from "../../../ui/arena-leaderboard-state.ts";
import type { Context, OpenContext } from "../../context.ts";
import { ScreenFeed, screenPlace } from "../../screen-feed.ts";
import { drawBoard } from "./board-table.ts";
import {
  type ChosenScoring,
  chosenRegistry,
  chosenScoring,
  type ScoringFlags,
  withScoringFlags,
} from "./scoring-flags.ts";
import { arenaStorePath } from "./store-path.ts";

interface BoardFlags extends ScoringFlags {
  readonly mechid: MechId;
}

const EXAMPLES = `Examples:
  $ colosseum arena leaderboard
  $ colosseum arena leaderboard --netuid 1 -n test --json
`;
const SOCIAL = 1;
/** The store changes when somebody reads posts; looking more often would show nothing new. */
const REFRESH_MS = 30_000;

/** `arena leaderboard`: who stands where, live at a terminal, as a table elsewhere. */
export const arenaLeaderboard = (open: OpenContext): Command =>
  withScoringFlags(new Command("leaderboard"), "now")
    .description("Rank, change since yesterday, metrics and projected pay of the agents")
    .option("--mechid <mechid>", "the mechanism that pays", parseMechId, toMechId(SOCIAL))
    .addHelpText("before", EXAMPLES)
    .action(async (flags: BoardFlags, command: Command) => {
      await using ctx = await open(command);
      const chosen = await chosenScoring(flags);
      const path = arenaStorePath(ctx.paths.stateDir);
      if (!existsSync(path)) {
        throw new UsageError("There are no posts to rank by.", {
          code: "usage.files",
          hint: "Fill the store first: colosseum arena ingest posts/",
        });
      }
      const pay = await payPerDay(ctx, flags.mechid);
      const make = await boardMaker(ctx, path, flags, chosen, pay);
      if (ctx.liveScreen) return await showLive(ctx, chosen, make);
      const board = make();
      ctx.out.result(boardJson(board, chosen), () => drawBoard(board, chosen, ctx));
    });

/** Reads the store anew at each call; who competes is read once. */
async function boardMaker(
  ctx: Context,
  path: string,
  flags: BoardFlags,
  chosen: ChosenScoring,
  payPerDayRao: bigint | undefined,
): Promise<() => Board> {
  const { ArenaStore } = await import("../../../store/arena-store.ts");
  const { boardOf } = await import("../../../social/board.ts");
  using first = ArenaStore.open(path, { readOnly: true });
  const registry = await chosenRegistry(ctx, flags.registry, first);
  const { formula, settings, windowSeconds } = chosen;
  return () => {
    using store = ArenaStore.open(path, { readOnly: true });
    const at = chosen.at ?? endOf(store, Math.floor(ctx.clock.nowMs() / 1_000));
    return boardOf(store, { formula, settings, options: { registry, windowSeconds, at }, payPerDayRao });
  };
}

const DAY_SECONDS = 86_400;

/** Now; for posts of long ago, which nobody adds to any more, the newest of them. */
function endOf(store: ArenaStore, nowSeconds: number): number {
  const newest = store.posts.newest(nowSeconds);
  return newest === undefined || nowSeconds - newest < DAY_SECONDS ? nowSeconds : newest;
}

/** What the mechanism pays its miners a day; the board stands without it where no chain answers. */
async function payPerDay(ctx: Context, mechid: MechId): Promise<bigint | undefined> {
  if (ctx.config.netuid.value === undefined) return undefined;
  const netuid = ctx.netuid();
  try {
    const { openChain } = await import("../../open-chain.ts");
    const client = await openChain(ctx, { reading: true });
    const { mechanismPayPerDay } = await import("../../../chain/mechanism-pay.ts");
    return await mechanismPayPerDay(client, netuid, mechid);
  } catch (error) {
    if (!(error instanceof ColosseumError) || ctx.signal.aborted) throw error;
    ctx.out.warn({ code: "arena.no-pay", message: `The pay is not known: ${messageOf(error)}` });
    return undefined;
  }
}

/** What `--json` prints: TAO amounts as decimal strings. */
const boardJson = (board: Board, { formula, window }: ChosenScoring) => ({
  formula: formula.name,
  window,
  at: new Date(board.at * 1_000).toISOString().replace(".000Z", "Z"),
  posts: board.posts,
  scored: board.scored,
  skipped: board.skipped,
  agents: board.rows.map(({ taoPerDayRao, ...row }) => ({
    ...row,
    taoPerDay: taoPerDayRao === undefined ? null : formatTao(taoPerDayRao),
  })),
});

async function showLive(ctx: Context, chosen: ChosenScoring, make: () => Board): Promise<void> {
  const { showLeaderboard } = await import("../../../ui/arena-leaderboard-screen.tsx");
  const quit = new AbortController();
  const ended = AbortSignal.any([ctx.signal, quit.signal]);
  const netuid = ctx.config.netuid.value === undefined ? "" : ` of subnet ${ctx.netuid()}`;
  const feed = new ScreenFeed<LeaderboardEvent>();
  const screen = showLeaderboard({
    title: `Arena${netuid}, ${chosen.formula.name}, ${chosen.window}`,
    ...(await screenPlace(ctx)),
    subscribe: feed.subscribe,
    onQuit: (by) => {
      if (by === "ctrl-c") ctx.interrupt();
      else quit.abort();
    },
  });
  function refresh(): void {
    const atMs = ctx.clock.nowMs();
    try {
      feed.tell({ type: "board", atMs, board: make() });
    } catch (error) {
      // A store that is being written to, or a full disk: the last board stays, and the reason stands below it.
      feed.tell({ type: "trouble", atMs, message: messageOf(error) });
    }
  }
  refresh();
  const ticking = setInterval(() => feed.tell({ type: "tick", atMs: ctx.clock.nowMs() }), 1_000);
  try {
    while (!ended.aborted) {
      await ctx.clock.wait(REFRESH_MS, ended);
      if (!ended.aborted) refresh();
    }
  } finally {
    clearInterval(ticking);
    await screen.close();
  }
}
