import type { Duel } from "../../../miner/booth.ts";
import type { DuelEvent } from "../../../ui/duel-state.ts";
import type { Context } from "../../context.ts";
import { screenPlace } from "../../screen-feed.ts";
import { duelCard } from "./duel-card.ts";
import { openInBrowser } from "./open-browser.ts";
import type { VoteSession } from "./session.ts";
import { voteNews } from "./vote-news.ts";

const TICK_MS = 1_000;
const EARNED_EVERY_TICKS = 30;

/** The duel screen: runs until the person leaves. */
export async function voteLive(ctx: Context, session: VoteSession): Promise<void> {
  const { showDuels } = await import("../../../ui/duel-screen.tsx");
  const { person, quota } = session;
  const listeners = new Set<(event: DuelEvent) => void>();
  const tell = (event: DuelEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const tellLeft = (): void => {
    if (quota.perDay !== undefined) tell({ type: "votes-left", count: quota.left() });
  };
  const duels = new Map<string, Duel>();
  const left = new AbortController();
  const take = (duel: Duel): void => {
    duels.set(duel.key, duel);
    tell({ type: "duel", card: duelCard(duel, session.worth(duel)) });
  };
  const unsubscribe = [
    session.booth.subscribe((event) => {
      if (event.type === "duel") take(event.duel);
    }),
    session.subscribe((event) => {
      const news = voteNews(event);
      if (news !== undefined) tell(news);
    }),
  ];
  const screen = showDuels({
    ...(await screenPlace(ctx)),
    reveal: person.reveal,
    subscribe: (on) => {
      listeners.add(on);
      for (const duel of session.booth.duels()) take(duel);
      tellLeft();
      return () => listeners.delete(on);
    },
    onVote: (key, choice) => {
      if (!quota.allows(key))
        return { why: `Your ${quota.perDay} votes of today are cast; more tomorrow (UTC).`, over: false };
      if (!session.booth.vote(key, choice)) return { why: "That duel is over.", over: true };
      quota.count(key);
      tellLeft();
      return undefined;
    },
    onOpen: (key) => {
      const duel = duels.get(key);
      if (duel !== undefined) void openBoth(ctx, session, duel, tell);
    },
    onReveal: (yes) => person.keepReveal(yes),
    onQuit: (by) => (by === "ctrl-c" ? ctx.interrupt() : left.abort()),
  });
  const over = AbortSignal.any([ctx.signal, left.signal]);
  for (let ticks = 0; !over.aborted; ticks++) {
    tell({ type: "tick", nowMs: ctx.clock.nowMs() });
    if (person.reveal === true && ticks % EARNED_EVERY_TICKS === 0)
      void session.earned().then((text) => text === undefined || tell({ type: "earned", text }));
    await ctx.clock.wait(TICK_MS, over);
  }
  await screen.close();
  for (const stop of unsubscribe) stop();
}

async function openBoth(
  ctx: Context,
  session: VoteSession,
  duel: Duel,
  tell: (event: DuelEvent) => void,
): Promise<void> {
  const urls = (await session.preview()).show([duel.a, duel.b]);
  const opened = await Promise.all(urls.map((url) => openInBrowser(url, process.platform, ctx.io.env)));
  tell({ type: "notice", text: opened.every(Boolean) ? "Both are open in your browser." : `Open: ${urls.join("  ")}` });
}
