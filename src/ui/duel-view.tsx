import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { truncate } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import { currentCard, type DuelCard, type DuelState, duelLines } from "./duel-state.ts";
import { keyLine } from "./keys.ts";
import type { Theme } from "./theme.ts";

export interface DuelViewProps {
  readonly state: DuelState;
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
}

const TITLES = {
  pages: "1 and 2 side by side",
  first: "source of 1",
  second: "source of 2",
  diff: "from 1 (-) to 2 (+)",
  prompt: "the whole task",
} as const;
/** The beginning of the task is always on the screen; all of it where the pages leave room. */
const PROMPT_ROWS = 4;
/** What has to be said is said whole, in so many lines at most. */
const NOTICE_ROWS = 3;
/** Head, rule and keys. */
const FRAME_ROWS = 3;
const HELP = [
  "1, 2     choose the better output",
  "s        skip for now          u   undo the last vote, until its deadline",
  "v        another view: side by side, sources, difference, task",
  "o        open both in your browser, closed off from everything else",
  "up/down  scroll (or pages)     q   leave; votes under way are sent first",
  "",
  "You do not know who made which output, and neither do we. A vote can be",
  "changed until the deadline; the newest counts.",
];

/** The first lines; a mark where there are more, which the view of the whole task shows. */
function beginning(lines: readonly string[], rows: number, width: number): string[] {
  if (lines.length <= rows) return [...lines];
  const shown = lines.slice(0, rows);
  return [...shown.slice(0, -1), `${(shown.at(-1) ?? "").slice(0, width - 6)} … (v)`];
}

/** Lines with their place, which is what they are on a screen that scrolls. */
const numbered = (lines: readonly string[], from = 0): { row: number; text: string }[] =>
  lines.map((text, index) => ({ row: from + index, text: text === "" ? " " : text }));

/** Wraps at spaces; no line is longer than the width. */
function wrapped(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      const next = line === "" ? word : `${line} ${word}`;
      if ([...next].length <= width) line = next;
      else {
        if (line !== "") lines.push(line);
        line = truncate(word, width);
      }
    }
    return [...lines, line];
  });
}

interface Layout {
  readonly prompt: readonly string[];
  readonly notice: readonly string[];
  /** The lines of the middle, under its title; two columns beside each other for `pages`. */
  readonly middle: readonly (readonly string[])[];
  /** Rows of the middle, with its title. */
  readonly body: number;
}

/** What goes where on a screen of this size. */
function layOut(state: DuelState, columns: number, rows: number): Layout {
  const card = currentCard(state);
  const asking = "Show what your votes earned, once it is known? y n";
  const said = state.reveal === "asking" ? asking : state.notice || " ";
  const notice = wrapped(said, columns).slice(0, NOTICE_ROWS);
  const middle = card === undefined ? [] : middleOf(card, state.mode, columns);
  const free = rows - FRAME_ROWS - notice.length;
  const wanted = middle.reduce((most, lines) => Math.max(most, lines.length), 0) + 1;
  const promptRows = state.mode === "pages" ? Math.max(PROMPT_ROWS, free - wanted) : PROMPT_ROWS;
  const prompt = card === undefined ? [] : beginning(wrapped(card.prompt, columns), promptRows, columns);
  return { prompt, notice, middle, body: Math.max(3, free - prompt.length) };
}

function middleOf(card: DuelCard, mode: DuelState["mode"], columns: number): readonly (readonly string[])[] {
  if (mode === "prompt") return [wrapped(card.prompt, columns)];
  if (mode !== "pages") return [duelLines(card, mode)];
  const width = columnWidth(columns);
  return [card.a, card.b].map((lines) => lines.flatMap((line) => wrapped(line, width)));
}
const columnWidth = (columns: number): number => Math.floor((columns - 3) / 2);

/** How far the middle can be scrolled, in lines: beyond it there is nothing to see. */
export function scrollLimit(state: DuelState, columns: number, rows: number): number {
  const { middle, body } = layOut(state, columns, rows);
  return Math.max(0, ...middle.map((lines) => lines.length - (body - 1)));
}

/** The duel screen: exactly `rows` lines, none wider than `columns`. */
export function DuelView({ state, theme, columns, rows }: DuelViewProps): ReactNode {
  const card = currentCard(state);
  const layout = layOut(state, columns, rows);
  const { body } = layout;
  const left = card === undefined ? "" : `${showDuration(Math.max(0, card.expiresAtMs - state.nowMs))} left`;
  const waiting = `${state.queue.length} waiting, ${state.cast.length} voted`;
  const today = state.votesLeft === undefined ? "" : `${state.votesLeft} left of today's`;
  const earned = state.reveal === "yes" ? state.earned : "";
  const head = [left, waiting, today, earned].filter((part) => part !== "").join(` ${theme.signs.separator} `);
  return (
    <Box flexDirection="column" height={rows} width={columns} overflow="hidden">
      <Text wrap="truncate">
        <Text bold {...theme.palette.title}>
          Duel
        </Text>
        {`  ${head}`}
      </Text>
      {numbered(layout.prompt).map(({ row, text }) => (
        <Text key={row} wrap="truncate">
          {text}
        </Text>
      ))}
      <Text wrap="truncate" {...theme.palette.quiet}>
        {theme.signs.rule.repeat(columns)}
      </Text>
      <Box flexDirection="column" height={body} overflow="hidden">
        {state.help ? (
          numbered(HELP).map(({ row, text }) => (
            <Text key={row} wrap="truncate">
              {text}
            </Text>
          ))
        ) : card === undefined ? (
          <Text>No duel waits. New ones appear by themselves.</Text>
        ) : (
          <Middle layout={layout} state={state} theme={theme} columns={columns} />
        )}
      </Box>
      {numbered(layout.notice).map(({ row, text }) => (
        <Text key={row} wrap="truncate" {...theme.palette.accent}>
          {text}
        </Text>
      ))}
      <Text wrap="truncate" {...theme.palette.quiet}>
        {`1 2 choose  ${keyLine(["skip", "undo", "view", "open", "help", "quit"])}`}
      </Text>
    </Box>
  );
}

interface MiddleProps {
  readonly layout: Layout;
  readonly state: DuelState;
  readonly theme: Theme;
  readonly columns: number;
}

function Middle({ layout, state, theme, columns }: MiddleProps): ReactNode {
  const { middle, body } = layout;
  const shown = body - 1;
  const most = middle.reduce((longest, lines) => Math.max(longest, lines.length), 0);
  const start = Math.min(state.scroll, Math.max(0, most - shown));
  const below = Math.max(0, most - start - shown);
  const more = [...(start > 0 ? [`${start} above`] : []), ...(below > 0 ? [`${below} below`] : [])];
  const place = more.length === 0 ? "" : `  (lines: ${more.join(", ")})`;
  if (state.mode !== "pages") {
    return (
      <>
        <Text wrap="truncate" {...theme.palette.quiet}>{`${TITLES[state.mode]}${place}`}</Text>
        {numbered((middle[0] ?? []).slice(start, start + shown), start).map(({ row, text }) => (
          <Text key={row} wrap="truncate" {...(state.mode === "diff" ? tone(text, theme) : {})}>
            {text}
          </Text>
        ))}
      </>
    );
  }
  const [left = [], right = []] = middle;
  const width = columnWidth(columns);
  const cell = (text: string): string => text + " ".repeat(Math.max(0, width - [...text].length));
  const both = Array.from(
    { length: shown },
    (_, index) => `${cell(left[start + index] ?? "")} ${theme.signs.separator} ${right[start + index] ?? ""}`,
  );
  return (
    <>
      <Text bold wrap="truncate">{`${cell("1")} ${theme.signs.separator} 2${place}`}</Text>
      {numbered(both).map(({ row, text }) => (
        <Text key={row} wrap="truncate">
          {text}
        </Text>
      ))}
    </>
  );
}

const tone = (line: string, theme: Theme) =>
  line.startsWith("-") ? theme.palette.bad : line.startsWith("+") ? theme.palette.good : {};
