import type { ReactNode } from "react";
import type { Theme } from "../../../src/ui/theme.ts";

/** A screen in one state, to be drawn at any size in any theme: what tests hold and `npm run screens` pictures. */
export interface Scene {
  /** `demo`, `watch`, `leaderboard`, `localnet` or `vote`. */
  readonly screen: string;
  readonly state: string;
  draw(theme: Theme, columns: number, rows: number): ReactNode;
}

/** Everything that somebody could write to break a line: escapes, wide, combining, right-to-left and invisible ones. */
export const HOSTILE = {
  escape: "\u001b[2J\u001b[7m\u0007x",
  cjk: "闘技場の審判員たちの長い名前です競技場",
  emoji: "👩‍👩‍👧‍👦🏴‍☠️🇳🇿👍🏽✨",
  rtl: "مرحبا بالعالم שלום",
  bidi: "safe\u202Egnp.exe\u2066",
  invisible: "ad\u200bm\u200ein\u00ad",
  zalgo: "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306a\u0316\u0317\u0318\u0319\u031ag\u0300\u0301",
  long: "averyveryverylongname".repeat(12),
  tab: "a\tb\r\nc",
} as const;

/** A hotkey as long as real ones. */
export const hotkey = (n: number): string =>
  `5${String.fromCharCode(65 + (n % 26))}${"x1bYq9ZtKpQ7".repeat(4).slice(0, 44)}${String(n % 100).padStart(2, "0")}`;

/** The same number for the same arguments, in [0, 1): pictures do not change from run to run. */
export const noise = (...of: readonly number[]): number => {
  const x = Math.sin(of.reduce((sum, n, index) => sum + n * (12.9898 + index * 65.135), 1)) * 43_758.5453;
  return x - Math.floor(x);
};
