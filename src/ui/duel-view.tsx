import type { ReactNode } from "react";
import { cellWidth, cutCells, fitCells } from "../base/cells.ts";
import { showDuration } from "../base/units.ts";
import { currentCard, type DuelCard, type DuelState, duelLines } from "./duel-state.ts";
import { Frame } from "./frame.tsx";
import { HelpPanel } from "./help-panel.tsx";
import { as, Line, plain, type Span } from "./line.tsx";
import { Nothing, Panel } from "./panel.tsx";
import { shown } from "./shown.ts";
import type { Theme } from "./theme.ts";
import { wrapCells } from "./wrap.ts";

export interface DuelViewProps {
  readonly state: DuelState;
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
}

const DUEL_KEYS = ["quit", "help", "choose", "skip", "undo", "view", "open", "scroll"] as const;
const TITLES = {
  pages: "OUTPUT 1",
  first: "SOURCE OF 1",
  second: "SOURCE OF 2",
  diff: "FROM 1 (-) TO 2 (+)",
  prompt: "TASK",
} as const;
const WORDS = [
  ["", "You do not know who made which output, and neither do we."],
  [
    "",
    "A vote can be changed until the deadline; the newest counts. Votes under way are sent before the screen leaves.",
  ],
] as const;
/** The beginning of the task is always on the screen; all of it where the pages leave room. */
const PROMPT_ROWS = 4;
/** What has to be said is said whole, in so many lines at most. */
const NOTICE_ROWS = 3;
/** Header and key bar, and the title of the middle. */
const FRAME_ROWS = 3;
/** Lines longer than this are hard to read. */
const READABLE = 120;

interface Layout {
  readonly prompt: readonly string[];
  readonly notice: readonly string[];
  /** The rows of the middle, below its title. */
  readonly middle: readonly (readonly Span[])[];
  /** How many of them there is room for. */
  readonly room: number;
}

/** What goes where on a screen of this size. */
function layOut(state: DuelState, columns: number, rows: number, theme: Theme): Layout {
  const card = currentCard(state);
  const asking = "Show what your votes earned, once it is known? y n";
  const said = state.reveal === "asking" ? asking : state.notice;
  // The sign before it takes two cells.
  const notice = wrapCells(shown(said, theme), columns - 2).slice(0, NOTICE_ROWS);
  const middle = card === undefined ? [] : middleOf(card, state.mode, columns, theme);
  const free = rows - FRAME_ROWS - notice.length;
  const promptRows = state.mode === "pages" ? Math.max(PROMPT_ROWS, free - middle.length) : PROMPT_ROWS;
  const prompt = card === undefined || state.help ? [] : beginning(card, promptRows, columns, theme);
  return { prompt, notice, middle, room: Math.max(1, free - prompt.length) };
}

/** How far the middle can be scrolled, in rows: beyond it there is nothing to see. */
export function scrollLimit(state: DuelState, columns: number, rows: number, theme: Theme): number {
  const { middle, room } = layOut(state, columns, rows, theme);
  return Math.max(0, middle.length - room);
}

/** The duel screen: the task, both outputs side by side, and what was said last. Plain props in, no hooks. */
export function DuelView(props: DuelViewProps): ReactNode {
  const { state, theme, columns, rows } = props;
  const card = currentCard(state);
  const left = card === undefined ? "" : `${showDuration(Math.max(0, card.expiresAtMs - state.nowMs))} left`;
  const facts = [
    left,
    `${state.queue.length} waiting`,
    `${state.cast.length} voted`,
    state.votesLeft === undefined ? "" : `${state.votesLeft} left of today's`,
    state.reveal === "yes" ? state.earned : "",
  ];
  return (
    <Frame theme={theme} columns={columns} rows={rows} title="duels" facts={facts} keys={DUEL_KEYS}>
      {() => <Body {...props} />}
    </Frame>
  );
}

function Body({ state, theme, columns, rows }: DuelViewProps): ReactNode {
  const { prompt, notice, middle, room } = layOut(state, columns, rows, theme);
  const panel = { theme, columns, rows: room + 1 };
  return (
    <>
      {prompt.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the task is its place.
        <Line key={index} spans={[plain(line)]} columns={columns} theme={theme} />
      ))}
      {state.help ? (
        <HelpPanel keys={DUEL_KEYS} words={WORDS} {...panel} />
      ) : currentCard(state) === undefined ? (
        <Panel title="DUELS" {...panel}>
          <Nothing text="No duel waits. New ones appear by themselves." columns={columns} theme={theme} />
        </Panel>
      ) : (
        <Middle lines={middle} state={state} {...panel} />
      )}
      {notice.map((line, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of what was said is its place.
          key={index}
          spans={line === "" ? [] : [as("accent", index === 0 ? theme.signs.here : " "), as("strong", ` ${line}`)]}
          columns={columns}
          theme={theme}
        />
      ))}
    </>
  );
}

/** The first lines of the task; a mark where there are more, which the view of the whole task shows. */
function beginning({ prompt }: DuelCard, rows: number, columns: number, theme: Theme): readonly string[] {
  const width = Math.min(columns, READABLE);
  const lines = linesOf(prompt, width, theme);
  if (lines.length <= rows) return lines;
  const more = ` ${theme.signs.cut} (v)`;
  const last = lines[rows - 1] ?? "";
  const room = width - cellWidth(more);
  const kept = cellWidth(last) <= room ? last : cutCells(last, room, "").replace(/ +\S*$/, "");
  return [...lines.slice(0, rows - 1), `${kept}${more}`];
}

/** A text of several lines as rows of the screen. */
const linesOf = (text: string, width: number, theme: Theme): string[] =>
  text.split("\n").flatMap((line) => wrapCells(shown(line, theme), width));

function Middle(props: {
  readonly lines: readonly (readonly Span[])[];
  readonly state: DuelState;
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
}): ReactNode {
  const { lines, state, theme, columns, rows } = props;
  const room = rows - 1;
  const start = Math.min(state.scroll, Math.max(0, lines.length - room));
  const below = lines.length - start - room;
  const isPages = state.mode === "pages";
  const blank = Array.from({ length: isPages ? Math.max(0, room - lines.length) : 0 }, () =>
    besideSpans("", "", columns, theme),
  );
  return (
    <Panel
      title={TITLES[state.mode]}
      notes={[start > 0 ? `${start} more above` : "", below > 0 ? `${below} more below` : ""]}
      heads={isPages ? [{ at: halfOf(columns) + 3, text: "OUTPUT 2", as: "title" }] : []}
      rows={rows}
      columns={columns}
      theme={theme}
    >
      {[...lines, ...blank].slice(start, start + room).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place.
        <Line key={index} spans={spans} columns={columns} theme={theme} />
      ))}
    </Panel>
  );
}

const halfOf = (columns: number): number => Math.floor((columns - 3) / 2);

/** What a page becomes at one width; kept, as the same page is drawn every second. */
const wrapped = new WeakMap<readonly string[], { width: number; theme: Theme; rows: readonly string[] }>();

function rowsOf(lines: readonly string[], width: number, theme: Theme): readonly string[] {
  const known = wrapped.get(lines);
  if (known?.width === width && known.theme === theme) return known.rows;
  const rows = lines.flatMap((line) => linesOf(line, width, theme));
  wrapped.set(lines, { width, theme, rows });
  return rows;
}

/** Two texts on one row, with a wall between them. */
const besideSpans = (left: string, right: string, columns: number, theme: Theme): readonly Span[] => [
  plain(`${fitCells(left, halfOf(columns))} `),
  as("quiet", theme.signs.wall),
  plain(` ${right}`),
];

/** Rows of what the mode shows. */
function middleOf(
  card: DuelCard,
  mode: DuelState["mode"],
  columns: number,
  theme: Theme,
): readonly (readonly Span[])[] {
  if (mode !== "pages") return textLines(card, mode, columns, theme);
  const width = halfOf(columns);
  const [left, right] = [rowsOf(card.a, width, theme), rowsOf(card.b, width, theme)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) =>
    besideSpans(left[row] ?? "", right[row] ?? "", columns, theme),
  );
}

/** One text over the whole width. */
function textLines(
  card: DuelCard,
  mode: Exclude<DuelState["mode"], "pages">,
  columns: number,
  theme: Theme,
): readonly (readonly Span[])[] {
  if (mode !== "diff") return rowsOf(duelLines(card, mode), columns, theme).map((row) => [plain(row)]);
  return duelLines(card, mode).flatMap((line) => {
    const mark = line.slice(0, 1);
    const sign: Span = mark === "-" ? as("bad", mark) : mark === "+" ? as("good", mark) : plain(" ");
    return linesOf(line.slice(2), columns - 2, theme).map((row, index): readonly Span[] => [
      index === 0 ? sign : plain(" "),
      plain(" "),
      mark === " " ? plain(row) : as("strong", row),
    ]);
  });
}
