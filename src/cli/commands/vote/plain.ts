import { createInterface } from "node:readline";
import { diffLines } from "../../../base/line-diff.ts";
import { escapeControl } from "../../../base/text.ts";
import { showDuration } from "../../../base/units.ts";
import type { Duel } from "../../../miner/booth.ts";
import { currentCard, type DuelCard, duelReducer, initialDuelState } from "../../../ui/duel-state.ts";
import type { Context } from "../../context.ts";
import { duelCard } from "./duel-card.ts";
import type { VoteSession } from "./session.ts";

const QUESTION = "1, 2, s skip, u undo, d difference, o browser, ? help, q leave: ";
const HELP = [
  "1 or 2: the better output. s: skip for now. u: undo the last vote, until its deadline.",
  "d: what differs between the two. o: addresses to try both in a browser. q: leave; votes under way are sent first.",
  "You do not know who made which output, and neither do we. The newest vote on a duel counts.",
];

/** The duel screen as questions and lines: for screen readers, scripts, and terminals that can do no more. */
export async function votePlainly(ctx: Context, session: VoteSession, limit: number): Promise<{ votes: number }> {
  const say = (line: string): void => {
    ctx.io.stderr.write(`${line}\n`);
  };
  let state = initialDuelState(ctx.clock.nowMs());
  const duels = new Map<string, Duel>();
  let wake: () => void = () => undefined;
  const take = (duel: Duel): void => {
    duels.set(duel.key, duel);
    state = duelReducer(state, { type: "duel", card: duelCard(duel) });
    wake();
  };
  const unsubscribe = [
    session.booth.subscribe((event) => {
      if (event.type === "duel") take(event.duel);
    }),
    session.subscribe((event) => {
      if (event.type === "accepted") ctx.out.status(`The vote on ${event.id.slice(0, 10)} was accepted.`);
      if (event.type === "answer-refused")
        say(`The vote on ${escapeControl(event.id).slice(0, 10)} was refused: ${escapeControl(event.message)}`);
    }),
  ];
  for (const duel of session.booth.duels()) take(duel);
  const lines = createInterface({ input: ctx.io.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const answers = lines[Symbol.asyncIterator]();
  const leave = (): void => lines.close();
  ctx.signal.addEventListener("abort", leave, { once: true });
  let votes = 0;
  let shown: string | undefined;
  let asked = false;
  let held: string | undefined;
  let reading: Promise<IteratorResult<string>> | undefined;
  try {
    say("Waiting for duels…");
    for (;;) {
      state = duelReducer(state, { type: "tick", nowMs: ctx.clock.nowMs() });
      const card = currentCard(state);
      if (ctx.signal.aborted || votes >= limit) break;
      if (card !== undefined && shown !== card.key) {
        for (const line of drawCard(card, state.queue.length, ctx.clock.nowMs())) say(line);
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
          votes++;
          state = duelReducer(state, { type: "choose", choice });
          ctx.out.event(
            { type: "vote", at: new Date(ctx.clock.nowMs()).toISOString(), duel: card.key.split("/")[1] ?? "", choice },
            () => `You chose ${word}.`,
          );
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
        for (const [index, url] of (duel === undefined ? [] : await session.preview(duel)).entries())
          say(`Output ${index + 1}: ${url}`);
      } else if (word === "?") for (const help of HELP) say(help);
      else say(`"${escapeControl(word).slice(0, 20)}" is none of the answers.`);
    }
  } finally {
    for (const stop of unsubscribe) stop();
    ctx.signal.removeEventListener("abort", leave);
    lines.close();
  }
  return { votes };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    return undefined;
  });

const plainText = (line: string): string => escapeControl(line);

function drawCard(card: DuelCard, waiting: number, nowMs: number): string[] {
  return [
    "",
    `Duel, ${showDuration(Math.max(0, card.expiresAtMs - nowMs))} left, ${waiting} waiting.`,
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
