import { SPARK_ASCII, SPARK_UNICODE } from "../base/sparkline.ts";

export type Meaning = "title" | "good" | "bad" | "warn" | "accent" | "quiet";

/** Props of Ink's Text for each meaning; empty where there is to be no colour. */
export type Palette = Readonly<Record<Meaning, { readonly color?: string }>>;

/** Signs that carry meaning too, so that no colour is ever needed to read a screen. */
export interface Signs {
  readonly full: string;
  readonly empty: string;
  readonly dot: string;
  readonly rule: string;
  readonly done: string;
  readonly fail: string;
  readonly versus: string;
  readonly separator: string;
  /** Heights of a sparkline, lowest first. */
  readonly spark: string;
  readonly up: string;
  readonly down: string;
  /** The ends of an interval. */
  readonly from: string;
  readonly to: string;
}

export interface Theme {
  readonly palette: Palette;
  readonly signs: Signs;
}

/** Only the sixteen named colours: the terminal's own palette decides, light or dark. */
const COLOURS: Palette = {
  title: { color: "cyan" },
  good: { color: "green" },
  bad: { color: "red" },
  warn: { color: "yellow" },
  accent: { color: "magenta" },
  quiet: { color: "gray" },
};
const NO_COLOURS: Palette = { title: {}, good: {}, bad: {}, warn: {}, accent: {}, quiet: {} };
const UNICODE: Signs = {
  full: "█",
  empty: "░",
  dot: "●",
  rule: "─",
  done: "✓",
  fail: "✗",
  versus: "×",
  separator: "·",
  spark: SPARK_UNICODE,
  up: "▲",
  down: "▼",
  from: "├",
  to: "┤",
};
const ASCII: Signs = {
  full: "#",
  empty: ".",
  dot: "*",
  rule: "-",
  done: "+",
  fail: "x",
  versus: "v",
  separator: "|",
  spark: SPARK_ASCII,
  up: "+",
  down: "-",
  from: "[",
  to: "]",
};

/** Whether the locale can show more than ASCII; POSIX rules: LC_ALL, then LC_CTYPE, then LANG. */
export function speaksUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return env["TERM"] !== "linux" && /utf-?8/i.test(locale);
}

/** The one visual language of every screen. */
export const themeFor = (options: { color: boolean; unicode: boolean }): Theme => ({
  palette: options.color ? COLOURS : NO_COLOURS,
  signs: options.unicode ? UNICODE : ASCII,
});
