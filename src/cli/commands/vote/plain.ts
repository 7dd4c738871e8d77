import { createInterface } from "node:readline";
import { diffLines } from "../../../base/line-diff.ts";
import { escapeControl } from "../../../base/text.ts";
import { showDuration } from "../../../base/units.ts";
import type { Duel } from "../../../miner/booth.ts";
import { currentCard, type DuelCard, duelReducer, initialDuelState } from "../../../ui/duel-state.ts";
import type { Context } from "../../context.ts";
import { duelCard } from "./duel-card.ts";
import type { Quota } from "./quota.ts";
import type { VoteSession } from "./session.ts";
import { voteNews } from "./vote-news.ts";

const QUESTION = "1, 2, s skip, u undo, d difference, o browser, ? help, q leave: ";
const HELP = [
  "1 or 2: the better output. s: skip for now. u: undo the last vote, until its deadline.",
  "d: what differs between the two. o: addresses to try both in a browser. e: what your last votes earned.",
  "q: leave; votes under way are sent first.",
  "You do not know who made which output, and neither do we. The newest vote on a duel counts.",
];

/** The duel screen as questions and lines: for screen readers, scripts, and terminals that can do no more. */
export async function votePlainly(ctx: Context, session: VoteSession): Promise<void> {
  const { person, quota } = session;
  const say = (line: string): void => {
    ctx.io.stderr.write(`${line}\n`);
  };
  let state = initialDuelState(ctx.clock.nowMs(), person.reveal);
  const duels = new Map<string, Duel>();
  let wake: () => void = () => undefined;
  const take = (duel: Duel): void => {
    duels.set(duel.key, duel);
    state = duelReducer(state, { type: "duel", card: duelCard(duel, session.worth(duel)) });
    wake();
  };
  const unsubscribe = [
    session.booth.subscribe((event) => {
      if (event.type === "duel") take(event.duel);
    }),
    session.subscribe((event) => {
      const news = voteNews(event);
      if (event.type === "accepted") ctx.out.status(`The vote on ${event.id.slice(0, 10)} was accepted.`);
      else if (news?.type === "lost") say(`The vote on ${nameOf(news.key)} was lost: ${escapeControl(news.why)}`);
      else if (event.type === "no-validators") say(event.message);
      else if (event.type === "validator-offline" || event.type === "check-in-refused") trouble(event);
    }),
  ];
  let lastTrouble = "";
  const trouble = (event: { readonly code: string; readonly message: string }): void => {
    if (event.code === lastTrouble) return;
    lastTrouble = event.code;
    say(`${escapeControl(event.message)} Votes are kept and sent when it is back.`);
  };
  for (const duel of session.booth.duels()) take(duel);
  const lines = createInterface({ input: ctx.io.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const answers = lines[Symbol.asyncIterator]();
  const leave = (): void => lines.close();
  ctx.signal.addEventListener("abort", leave, { once: true });
  let shown: string | undefined;
  let asked = false;
  let askedToReveal = false;
  let held: string | undefined;
  let reading: Promise<IteratorResult<string>> | undefined;
  try {
    say("Waiting for duels…");
    for (;;) {
      state = duelReducer(state, { type: "tick", nowMs: ctx.clock.nowMs() });
      const card = currentCard(state);
      if (ctx.signal.aborted) break;
      if (quota.left() < 1) {
        say(`Your ${quota.perDay} votes of today are cast; more tomorrow (UTC).`);
        break;
      }
      if (card !== undefined && shown !== card.key) {
        for (const line of drawCard(card, state.queue.length, quota, ctx.clock.nowMs())) say(line);
        shown = card.key;
      }
      if (card !== undefined && !asked) ctx.io.stderr.write(QUESTION);
      asked = card !== undefined;
      if (held !== undefined && card === undefined) {
        await Promise.race([
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
          aborted(ctx.signal),
        ]);
        continue;
      }
      // A line that is being waited for stays so while duels come.
      reading ??= held === undefined ? answers.next() : Promise.resolve({ value: held, done: false });
      held = undefined;
      const line = await Promise.race([
        reading,
        new Promise<undefined>((resolve) => {
          wake = () => resolve(undefined);
        }),
      ]);
      if (line === undefined) {
        // A duel came: it is asked about now, or waits behind the one that is.
        continue;
      }
      reading = undefined;
      asked = false;
      const { value, done } = line;
      if (done === true) break;
      const word = String(value).trim().toLowerCase();
      if (word === "q") break;
      if (card === undefined && word !== "u" && word !== "?") {
        // What a script wrote ahead is for the next duel.
        if (!ctx.interactive) held = word;
        else say("No duel waits. New ones appear by themselves; q leaves.");
      } else if (card !== undefined && (word === "1" || word === "2")) {
        const choice = word === "1" ? "A" : "B";
        if (session.booth.vote(card.key, choice)) {
          quota.count(card.key);
          state = duelReducer(state, { type: "choose", choice });
          ctx.out.event(
            { type: "vote", at: new Date(ctx.clock.nowMs()).toISOString(), duel: card.key.split("/")[1] ?? "", choice },
            () => `You chose ${word}.`,
          );
          if (state.reveal === "asking" && !askedToReveal) {
            askedToReveal = true;
            say("Show what your votes earned, once it is known? Type y or n now, or later.");
          }
        } else {
          state = duelReducer(state, { type: "lost", key: card.key, why: "" });
          say("That duel is over.");
        }
      } else if (word === "s" || word === "u") {
        state = duelReducer(state, { type: word === "s" ? "skip" : "undo" });
        say(state.notice);
        shown = undefined;
      } else if (card !== undefined && word === "d")
        for (const { mark, text } of diffLines(card.a.map(plainText), card.b.map(plainText)))
          say(`${mark === " " ? "both" : mark === "-" ? "1 only" : "2 only"}: ${text}`);
      else if (card !== undefined && word === "o") {
        const duel = duels.get(card.key);
        for (const [index, url] of (duel === undefined
          ? []
          : (await session.preview()).show([duel.a, duel.b])
        ).entries())
          say(`Output ${index + 1}: ${url}`);
      } else if ((word === "y" || word === "n") && state.reveal === "asking") {
        state = duelReducer(state, { type: "reveal", yes: word === "y" });
        person.keepReveal(word === "y");
        say(word === "y" ? "e tells what your last votes earned." : state.notice);
      } else if (word === "e") {
        if (state.reveal === "yes") say((await session.earned()) ?? "Nothing is settled yet.");
        else say("Results are hidden until you have voted and said that you want to see them.");
      } else if (word === "?") for (const help of HELP) say(help);
      else say(`"${escapeControl(word).slice(0, 20)}" is none of the answers.`);
    }
  } finally {
    for (const stop of unsubscribe) stop();
    ctx.signal.removeEventListener("abort", leave);
    lines.close();
  }
}

const nameOf = (key: string): string => escapeControl(key.split("/")[1] ?? "").slice(0, 10);

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    return undefined;
  });

const plainText = (line: string): string => escapeControl(line);

function drawCard(card: DuelCard, waiting: number, quota: Quota, nowMs: number): string[] {
  const today = quota.perDay === undefined ? "" : `, ${quota.left()} left of today's ${quota.perDay} votes`;
  return [
    "",
    `Duel, ${showDuration(Math.max(0, card.expiresAtMs - nowMs))} left, ${waiting} waiting${today}.`,
    "The task:",
    ...escapeControl(card.prompt, { multiline: true })
      .split("\n")
      .map((line) => `  ${line}`),
    "Output 1:",
    ...card.a.map((line) => `  ${escapeControl(line)}`),
    "Output 2:",
    ...card.b.map((line) => `  ${escapeControl(line)}`),
  ];
}
