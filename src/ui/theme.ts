import { SPARK_ASCII, SPARK_UNICODE } from "../base/sparkline.ts";

/**
 * What a piece of a screen means. Words and numbers are in the terminal's own ink, told apart by weight (`title`,
 * `strong`, `quiet`, `badge`, `selected`); colour is for signs and bars only, which repeat what words or numbers say.
 * Why: of the sixteen colours none is readable as text in every terminal (docs/screens.md has the ratios).
 */
export type Meaning =
  | "badge"
  | "title"
  | "strong"
  | "quiet"
  | "selected"
  | "key"
  | "good"
  | "bad"
  | "warn"
  | "accent"
  | "bar";

/** Props of Ink's Text for one meaning. */
export interface Look {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export type Palette = Readonly<Record<Meaning, Look>>;

/** Signs that carry meaning too, so that no colour is ever needed to read a screen. One cell each. */
export interface Signs {
  /** A filled cell of a bar, and its eighths from thin to thick; empty where the terminal has none. */
  readonly full: string;
  readonly eighths: string;
  /** What is done of a way, and what is to do. */
  readonly done: string;
  readonly todo: string;
  readonly dot: string;
  readonly ring: string;
  readonly rule: string;
  readonly wall: string;
  readonly yes: string;
  readonly no: string;
  readonly warn: string;
  readonly here: string;
  readonly versus: string;
  readonly separator: string;
  readonly up: string;
  readonly down: string;
  /** The ends of an interval. */
  readonly from: string;
  readonly to: string;
  /** Where something was left out. */
  readonly cut: string;
  /** Heights of a sparkline, lowest first. */
  readonly spark: string;
}

export interface Theme {
  readonly unicode: boolean;
  readonly palette: Palette;
  readonly signs: Signs;
}

/** Only the sixteen named colours: the terminal's own palette decides, light or dark. */
const COLOURS = {
  good: { color: "green" },
  bad: { color: "redBright", bold: true },
  warn: { color: "yellow", bold: true },
  accent: { color: "magenta" },
  bar: { color: "cyan" },
} as const;
const NO_COLOURS = { good: {}, bad: { bold: true }, warn: { bold: true }, accent: {}, bar: {} } as const;
/** No colours, and not the bright black that some terminals show as their own ground. */
const WEIGHTS = {
  badge: { bold: true, inverse: true },
  title: { bold: true },
  strong: { bold: true },
  quiet: { dimColor: true },
  selected: { inverse: true },
  key: { inverse: true },
} as const;
const UNICODE: Signs = {
  full: "█",
  eighths: "▏▎▍▌▋▊▉",
  done: "━",
  todo: "─",
  dot: "●",
  ring: "○",
  rule: "─",
  wall: "│",
  yes: "✓",
  no: "✗",
  warn: "!",
  here: ">",
  versus: "×",
  separator: "·",
  up: "▲",
  down: "▼",
  from: "├",
  to: "┤",
  cut: "…",
  spark: SPARK_UNICODE,
};
const ASCII: Signs = {
  full: "#",
  eighths: "",
  done: "#",
  todo: ".",
  dot: "*",
  ring: "o",
  rule: "-",
  wall: "|",
  yes: "+",
  no: "x",
  warn: "!",
  here: ">",
  versus: "v",
  separator: "|",
  up: "+",
  down: "-",
  from: "[",
  to: "]",
  cut: "~",
  spark: SPARK_ASCII,
};

/** Whether the locale can show more than ASCII; POSIX rules: LC_ALL, then LC_CTYPE, then LANG. */
export function speaksUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return env["TERM"] !== "linux" && /utf-?8/i.test(locale);
}

/** The one visual language of every screen. */
export const themeFor = (options: { color: boolean; unicode: boolean }): Theme => ({
  unicode: options.unicode,
  palette: { ...WEIGHTS, ...(options.color ? COLOURS : NO_COLOURS) },
  signs: options.unicode ? UNICODE : ASCII,
});
