import { diffLines } from "../base/line-diff.ts";
import { escapeControl } from "../base/text.ts";
import type { Step } from "./keys.ts";
import { stepped } from "./presses.ts";

/** A duel as the screen needs it: lines to read, times. Texts are raw; the reducer makes them safe. */
export interface DuelCard {
  readonly key: string;
  readonly prompt: string;
  /** The pages as lines to read. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** The pages' sources as lines. */
  readonly sourceA: readonly string[];
  readonly sourceB: readonly string[];
  readonly expiresAtMs: number;
  /** What it may earn in comparison to others; the higher comes first. Equal ones come by deadline. */
  readonly worth: number;
}

export type DuelChoice = "A" | "B";
export type DuelMode = "pages" | "first" | "second" | "diff" | "prompt";
const MODES: readonly DuelMode[] = ["pages", "first", "second", "diff", "prompt"];

/** Facts from outside, and keys. */
export type DuelEvent =
  | { readonly type: "duel"; readonly card: DuelCard }
  | { readonly type: "accepted"; readonly key: string }
  | { readonly type: "lost"; readonly key: string; readonly why: string }
  | { readonly type: "earned"; readonly text: string }
  | { readonly type: "votes-left"; readonly count: number }
  | { readonly type: "notice"; readonly text: string }
  | { readonly type: "tick"; readonly nowMs: number }
  | { readonly type: "choose"; readonly choice: DuelChoice }
  | { readonly type: "skip" }
  | { readonly type: "undo" }
  | { readonly type: "view" }
  /** `most`: how far there is anything to see, which the size of the screen decides. */
  | { readonly type: "scroll"; readonly by: Step; readonly most: number }
  | { readonly type: "reveal"; readonly yes: boolean }
  | { readonly type: "toggle-help" };

export interface Cast {
  readonly card: DuelCard;
  readonly choice: DuelChoice;
  readonly accepted: boolean;
}

export interface DuelState {
  readonly nowMs: number;
  /** The first is on the screen. */
  readonly queue: readonly DuelCard[];
  /** Since when the first is on the screen. */
  readonly shownSinceMs: number;
  /** Votes of this session, the newest last. */
  readonly cast: readonly Cast[];
  readonly mode: DuelMode;
  readonly scroll: number;
  readonly notice: string;
  /** What earlier votes earned; shown only to those who want to know. */
  readonly earned: string;
  readonly reveal: "unasked" | "asking" | "yes" | "no";
  /** Of the day's own limit; undefined without one. */
  readonly votesLeft: number | undefined;
  readonly help: boolean;
}

/** @param reveal - What was answered in an earlier session; undefined if it was never asked. */
export const initialDuelState = (nowMs: number, reveal?: boolean): DuelState => ({
  nowMs,
  queue: [],
  shownSinceMs: nowMs,
  cast: [],
  mode: "pages",
  scroll: 0,
  notice: "Waiting for duels…",
  earned: "",
  reveal: reveal === undefined ? "unasked" : reveal ? "yes" : "no",
  votesLeft: undefined,
  help: false,
});

const SENDING = "it is being sent.";
const safe = (lines: readonly string[]): string[] => lines.map((line) => escapeControl(line.replace(/\t/g, "  ")));

/** The card whose duel is open on the screen. */
export const currentCard = (state: DuelState): DuelCard | undefined => state.queue[0];

/** The next state. Pure: time comes in as events. */
export function duelReducer(state: DuelState, event: DuelEvent): DuelState {
  const next = step(state, event);
  return next.queue[0]?.key === state.queue[0]?.key ? next : { ...next, shownSinceMs: next.nowMs };
}

function step(state: DuelState, event: DuelEvent): DuelState {
  const [card, ...rest] = state.queue;
  switch (event.type) {
    case "duel":
      return addCard(state, event.card);
    case "accepted":
      return {
        ...state,
        cast: state.cast.map((vote) => (vote.card.key === event.key ? { ...vote, accepted: true } : vote)),
        // What the person is just being told about something else stays.
        notice: state.notice.endsWith(SENDING) ? "Your vote was accepted." : state.notice,
      };
    case "lost":
      return {
        ...state,
        queue: state.queue.filter(({ key }) => key !== event.key),
        cast: state.cast.filter((vote) => vote.card.key !== event.key),
        notice: escapeControl(event.why),
      };
    case "earned":
      return { ...state, earned: escapeControl(event.text) };
    case "votes-left":
      return { ...state, votesLeft: event.count };
    case "notice":
      return { ...state, notice: escapeControl(event.text) };
    case "tick": {
      const queue = state.queue.filter(({ expiresAtMs }) => expiresAtMs > event.nowMs);
      const gone = state.queue.length - queue.length;
      const notice = gone === 0 ? state.notice : `${gone} duel${gone === 1 ? " is" : "s are"} over.`;
      const turned = queue[0] === state.queue[0] ? {} : fresh;
      return { ...state, ...turned, nowMs: event.nowMs, queue, notice };
    }
    case "choose": {
      if (card === undefined) return state;
      const cast = [
        ...state.cast.filter((vote) => vote.card.key !== card.key),
        { card, choice: event.choice, accepted: false },
      ];
      const reveal = state.reveal === "unasked" ? "asking" : state.reveal;
      return {
        ...state,
        ...fresh,
        queue: rest,
        cast,
        reveal,
        notice: `You chose ${event.choice === "A" ? "1" : "2"}; ${SENDING}`,
      };
    }
    case "skip":
      if (card === undefined) return state;
      return {
        ...state,
        ...fresh,
        queue: [...rest, card],
        notice: rest.length === 0 ? "This is the only one." : "Skipped; it comes back at the end.",
      };
    case "undo": {
      const last = state.cast.at(-1);
      if (last === undefined) return { ...state, notice: "There is nothing to undo." };
      if (last.card.expiresAtMs <= state.nowMs) return { ...state, notice: "That duel is over; its vote stands." };
      return {
        ...state,
        ...fresh,
        queue: [last.card, ...state.queue],
        cast: state.cast.slice(0, -1),
        notice: `You had chosen ${last.choice === "A" ? "1" : "2"}; that stands until you choose again.`,
      };
    }
    case "view": {
      const mode = MODES[(MODES.indexOf(state.mode) + 1) % MODES.length] ?? "pages";
      return { ...state, mode, scroll: 0 };
    }
    case "scroll":
      return { ...state, scroll: stepped(state.scroll, event.by, event.most + 1) };
    case "reveal":
      return {
        ...state,
        reveal: event.yes ? "yes" : "no",
        notice: event.yes ? "You will see what your votes earned." : "Results stay hidden.",
      };
    case "toggle-help":
      return { ...state, help: !state.help };
  }
}

/** Nobody has read a duel that stands there for less than this. */
const UNREAD_MS = 3_000;
const fresh = { scroll: 0, mode: "pages" as const };

function addCard(state: DuelState, card: DuelCard): DuelState {
  if (state.queue.some(({ key }) => key === card.key) || state.cast.some((vote) => vote.card.key === card.key))
    return state;
  const shown: DuelCard = {
    ...card,
    prompt: escapeControl(card.prompt, { multiline: true }),
    a: safe(card.a),
    b: safe(card.b),
    sourceA: safe(card.sourceA),
    sourceB: safe(card.sourceB),
  };
  const [first, ...waiting] = state.queue;
  if (first === undefined) return { ...state, ...fresh, queue: [shown], notice: "" };
  const order = (a: DuelCard, b: DuelCard): number => b.worth - a.worth || a.expiresAtMs - b.expiresAtMs;
  // The one on the screen stays, unless one that is worth more comes before it can have been read.
  if (shown.worth > first.worth && state.nowMs - state.shownSinceMs < UNREAD_MS)
    return { ...state, ...fresh, queue: [...state.queue, shown].sort(order) };
  return { ...state, queue: [first, ...[...waiting, shown].sort(order)] };
}

/** The lines of the middle of the screen, by mode; two columns only for `pages`. */
export function duelLines(card: DuelCard, mode: DuelMode): readonly string[] {
  switch (mode) {
    case "first":
      return card.sourceA;
    case "second":
      return card.sourceB;
    case "diff":
      return diffLines(card.a, card.b).map(({ mark, text }) => `${mark} ${text}`);
    case "prompt":
      return card.prompt.split("\n");
    case "pages":
      return [];
  }
}
