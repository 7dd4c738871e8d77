import type { Step } from "./keys.ts";
import type { BlockLine, EventLine, ExtrinsicLine, LocalnetEvent } from "./localnet-events.ts";
import { scrolled } from "./presses.ts";
import type { NeuronLine } from "./watch-events.ts";

/** A line of a list that grows at its end; ids count up over the life of the screen. */
export type Numbered<T> = T & { readonly id: number };

export interface LocalnetState {
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly blockAtMs: number;
  /** Newest last, as the other lists. */
  readonly blocks: readonly BlockLine[];
  readonly extrinsics: readonly Numbered<ExtrinsicLine>[];
  readonly events: readonly Numbered<EventLine>[];
  readonly netuids: readonly number[];
  readonly netuid: number | undefined;
  readonly maxUids: number;
  readonly neurons: readonly NeuronLine[];
  /** What the screen last had to say. */
  readonly note: string;
  /** First row of the neurons. */
  readonly scroll: number;
  readonly help: boolean;
}

/** What the keys do. */
export type LocalnetKey =
  | { readonly type: "toggle-help" }
  | { readonly type: "scroll"; readonly by: Step; readonly room: number };

/** Enough for the tallest terminal; older lines leave, so that a screen open for weeks stays small. */
const KEPT = 200;

export const initialLocalnetState = (nowMs: number): LocalnetState => ({
  startedAtMs: nowMs,
  nowMs,
  blockAtMs: nowMs,
  blocks: [],
  extrinsics: [],
  events: [],
  netuids: [],
  netuid: undefined,
  maxUids: 0,
  neurons: [],
  note: "",
  scroll: 0,
  help: false,
});

function appended<T>(list: readonly Numbered<T>[], added: readonly T[]): readonly Numbered<T>[] {
  if (added.length === 0) return list;
  const next = (list.at(-1)?.id ?? 0) + 1;
  return [...list, ...added.map((line, index) => ({ ...line, id: next + index }))].slice(-KEPT);
}

/** One event's effect on the screen. Pure; the clock arrives as events. */
export function localnetReducer(state: LocalnetState, event: LocalnetEvent | LocalnetKey): LocalnetState {
  switch (event.type) {
    case "tick":
      return { ...state, nowMs: Math.max(state.nowMs, event.atMs) };
    case "block":
      return {
        ...state,
        nowMs: Math.max(state.nowMs, event.atMs),
        blockAtMs: event.atMs,
        blocks: [...state.blocks, event.block].slice(-KEPT),
        extrinsics: appended(state.extrinsics, event.extrinsics),
        events: appended(state.events, event.events),
        note: "",
      };
    case "replaced": {
      const { number } = event.block;
      const stays = ({ block }: { readonly block: number }): boolean => block <= number;
      return {
        ...state,
        blockAtMs: event.atMs,
        blocks: [...state.blocks.filter((block) => block.number < number), event.block],
        extrinsics: state.extrinsics.filter(stays),
        events: state.events.filter(stays),
        note: `Back at block ${number}.`,
      };
    }
    case "neurons": {
      const { netuids, netuid, maxUids, neurons } = event;
      const scroll = netuid === state.netuid ? state.scroll : 0;
      return { ...state, netuids, netuid, maxUids, neurons, scroll };
    }
    case "note":
      return { ...state, note: event.text };
    case "scroll":
      return { ...state, scroll: scrolled(state.scroll, event.by, state.neurons.length, event.room) };
    case "toggle-help":
      return { ...state, help: !state.help };
    default: {
      const never: never = event;
      return never;
    }
  }
}
