import type { Duel } from "../../../miner/booth.ts";
import type { DuelEvent } from "../../../ui/duel-state.ts";
import type { Context } from "../../context.ts";
import { duelCard } from "./duel-card.ts";
import { openInBrowser } from "./open-browser.ts";
import type { VoteSession } from "./session.ts";

const TICK_MS = 1_000;
const EARNED_EVERY_TICKS = 30;

/** The duel screen: runs until the person leaves. */
export async function voteLive(ctx: Context, session: VoteSession, limit: number): Promise<{ votes: number }> {
  const { showDuels } = await import("../../../ui/duel-screen.tsx");
  const { speaksUnicode } = await import("../../../ui/theme.ts");
  const listeners = new Set<(event: DuelEvent) => void>();
  const tell = (event: DuelEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const duels = new Map<string, Duel>();
  const voted = new Set<string>();
  const left = new AbortController();
  const take = (duel: Duel): void => {
    duels.set(duel.key, duel);
    tell({ type: "duel", card: duelCard(duel) });
  };
  const unsubscribe = [
    session.booth.subscribe((event) => {
      if (event.type === "duel") take(event.duel);
    }),
    session.subscribe((event) => {
      if (event.type === "accepted") tell({ type: "accepted", key: `${event.validator}/${event.id}` });
      if (event.type === "answer-refused")
        tell({ type: "lost", key: `${event.validator}/${event.id}`, why: event.message });
      if (event.type === "validator-offline") tell({ type: "notice", text: event.message });
      if (event.type === "checked-in") tell({ type: "notice", text: "Checked in; duels appear by themselves." });
    }),
  ];
  let reveal = false;
  const screen = showDuels({
    nowMs: ctx.clock.nowMs(),
    color: ctx.flags.color,
    unicode: speaksUnicode(ctx.io.env),
    stdin: ctx.io.stdin,
    stdout: ctx.io.stdout,
    subscribe: (on) => {
      listeners.add(on);
      for (const duel of session.booth.duels()) take(duel);
      return () => listeners.delete(on);
    },
    onVote: (key, choice) => {
      if (voted.size >= limit && !voted.has(key)) return "Today's --budget of votes is reached.";
      if (!session.booth.vote(key, choice)) return "That duel is over.";
      voted.add(key);
      return undefined;
    },
    onOpen: (key) => {
      const duel = duels.get(key);
      if (duel !== undefined) void openBoth(ctx, session, duel, tell);
    },
    onReveal: (yes) => {
      reveal = yes;
    },
    onQuit: () => left.abort(),
  });
  const over = AbortSignal.any([ctx.signal, left.signal]);
  for (let ticks = 0; !over.aborted; ticks++) {
    tell({ type: "tick", nowMs: ctx.clock.nowMs() });
    if (reveal && ticks % EARNED_EVERY_TICKS === 0)
      void session.earned().then((text) => text === undefined || tell({ type: "earned", text }));
    await ctx.clock.wait(TICK_MS, over);
  }
  await screen.close();
  for (const stop of unsubscribe) stop();
  return { votes: voted.size };
}

async function openBoth(
  ctx: Context,
  session: VoteSession,
  duel: Duel,
  tell: (event: DuelEvent) => void,
): Promise<void> {
  const urls = await session.preview(duel);
  const opened = await Promise.all(urls.map((url) => openInBrowser(url, process.platform, ctx.io.env)));
  tell({ type: "notice", text: opened.every(Boolean) ? "Both are open in your browser." : `Open: ${urls.join("  ")}` });
}
