import type { Key } from "ink";
import { KEYS, MOVES, type Step } from "./keys.ts";

/** What a key means on every screen. */
export type Press =
  | { readonly type: "quit"; readonly by: "key" | "ctrl-c" }
  | { readonly type: "help" }
  | { readonly type: "next" }
  | { readonly type: "step"; readonly by: Step }
  /** A key of this screen alone. */
  | { readonly type: "own"; readonly key: string };

/**
 * The presses in one input: keys pressed fast, or pasted, arrive together.
 *
 * @param page - Rows that a page key moves by.
 */
export function pressesOf(input: string, key: Partial<Key>, page: number): readonly Press[] {
  if (key.ctrl === true) return input === "c" ? [{ type: "quit", by: "ctrl-c" }] : [];
  if (key.tab === true) return [{ type: "next" }];
  if (key.escape === true || key.meta === true) return [];
  if (key.downArrow === true) return [{ type: "step", by: 1 }];
  if (key.upArrow === true) return [{ type: "step", by: -1 }];
  if (key.pageDown === true) return [{ type: "step", by: page }];
  if (key.pageUp === true) return [{ type: "step", by: -page }];
  if (key.home === true) return [{ type: "step", by: "start" }];
  if (key.end === true) return [{ type: "step", by: "end" }];
  return Array.from(input, (pressed): Press => {
    switch (pressed) {
      case KEYS.quit.key:
        return { type: "quit", by: "key" };
      case KEYS.help.key:
        return { type: "help" };
      case "\t":
        return { type: "next" };
      default: {
        const by = MOVES[pressed];
        return by === undefined ? { type: "own", key: pressed } : { type: "step", by };
      }
    }
  });
}

/** A place in a list of `length` after a step; never outside it. */
export function stepped(at: number, by: Step, length: number): number {
  const last = Math.max(0, length - 1);
  if (by === "start") return 0;
  if (by === "end") return last;
  return Math.min(last, Math.max(0, at + by));
}

/** The first row shown of a list of `length` after a step, where `room` rows are shown: the last page is full. */
export const scrolled = (from: number, by: Step, length: number, room: number): number =>
  stepped(from, by, Math.max(0, length - room) + 1);
