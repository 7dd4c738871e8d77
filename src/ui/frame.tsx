import { Box } from "ink";
import type { ReactNode } from "react";
import { cellWidth, cutCells } from "../base/cells.ts";
import { HelpPanel, type HelpWords } from "./help-panel.tsx";
import { KEYS, type KeyName } from "./keys.ts";
import { as, Line, plain, type Span, spansWidth } from "./line.tsx";
import { shown } from "./shown.ts";
import type { Meaning, Theme } from "./theme.ts";
import { wrapCells } from "./wrap.ts";

/** Below this nothing of use can be shown. */
export const LEAST = { columns: 40, rows: 10 } as const;
/** Header and key bar. */
export const FRAME_ROWS = 2;
const MOST_NOTE_ROWS = 3;

/** How the chain, or whatever a screen shows, is: a sign in its colour, and words. */
export interface Status {
  readonly as: Meaning;
  readonly text: string;
}

export interface FrameProps {
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
  /** What is shown. */
  readonly title: string;
  /** What is true of all of it; the last ones are left out where there is no room. */
  readonly facts: readonly string[];
  readonly status?: Status | undefined;
  /** The first ones stay where there is no room for all. */
  readonly keys: readonly KeyName[];
  /** What just happened, or is happening; empty if nothing. */
  readonly note?: string | undefined;
  /** The page of keys and of what these words mean, drawn instead of the rest while it is open. */
  readonly help?: { readonly isOpen: boolean; readonly words: HelpWords } | undefined;
  /** Draws what is between header and keys. */
  readonly children: (rows: number) => ReactNode;
}

/** What every screen has around it: one line above, the keys below; or, in too small a terminal, a sentence. */
export function Frame(props: FrameProps): ReactNode {
  const { theme, columns, rows, keys, help, children, note = "" } = props;
  if (columns < LEAST.columns || rows < LEAST.rows) return <TooSmall {...props} />;
  // What has to be said is said whole: beside the keys, or above them in rows of its own.
  const said =
    note === "" || fitsBeside(props) ? [] : wrapCells(shown(note, theme), columns - 2).slice(0, MOST_NOTE_ROWS);
  const free = rows - FRAME_ROWS - said.length;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header {...props} />
      <Box flexDirection="column" width={columns} height={free} overflow="hidden">
        {help?.isOpen === true ? (
          <HelpPanel keys={keys} words={help.words} theme={theme} rows={free} columns={columns} />
        ) : (
          children(free)
        )}
      </Box>
      {said.map((line, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of the note is its place.
          key={index}
          spans={[as("warn", index === 0 ? theme.signs.warn : " "), as("strong", ` ${line}`)]}
          columns={columns}
          theme={theme}
        />
      ))}
      <Line spans={keyBar(props, said.length === 0)} columns={columns} theme={theme} />
    </Box>
  );
}

function TooSmall({ theme, columns, rows }: FrameProps): ReactNode {
  const { columns: wide, rows: high } = LEAST;
  const text = `This terminal is too small: ${columns} by ${rows}, where ${wide} by ${high} are needed. Make it larger, or press q to leave.`;
  const lines = wrapCells(text, Math.max(1, columns)).slice(0, Math.max(1, rows));
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {lines.map((line) => (
        <Line key={line} spans={[plain(line)]} columns={columns} theme={theme} />
      ))}
    </Box>
  );
}

function Header({ theme, columns, title, facts, status }: FrameProps): ReactNode {
  const { separator, dot } = theme.signs;
  const right: readonly Span[] =
    status === undefined ? [] : [plain(" "), as(status.as, dot), as("strong", ` ${status.text} `)];
  const name = as("badge", " COLOSSEUM ");
  const room = columns - spansWidth([name, ...right], theme) - 1;
  const titled = shown(title, theme);
  // A title that takes most of the line is cut before the facts go; a blank stays before the status.
  const wanted = Math.min(cellWidth(titled), Math.max(12, Math.floor(room * 0.7)));
  let left = room - wanted - 1;
  const said: Span[] = [];
  for (const fact of facts.filter((one) => one !== "")) {
    const text = `${said.length === 0 ? "  " : ` ${separator} `}${fact}`;
    left -= cellWidth(shown(text, theme));
    if (left < 0) break;
    said.push(plain(text));
  }
  const titleRoom = Math.min(room - 1, wanted + Math.max(0, left));
  const spans = [name, plain(" "), as("title", cutCells(titled, titleRoom, theme.signs.cut)), ...said];
  const gap = " ".repeat(Math.max(0, columns - spansWidth([...spans, ...right], theme)));
  return <Line spans={[...spans, plain(gap), ...right]} columns={columns} theme={theme} />;
}

const offered = ({ keys }: FrameProps): readonly (readonly Span[])[] =>
  keys.map((name) => [as("key", ` ${KEYS[name].key} `), plain(` ${KEYS[name].label}  `)]);

/** The note's sign, a blank, and the blanks behind it. */
const BESIDE_NOTE = 4;

/** Whether the note has room on the line of the keys, of which the first two stay. */
function fitsBeside(props: FrameProps): boolean {
  const { theme, columns, note = "" } = props;
  const needed = spansWidth(offered(props).slice(0, 2).flat(), theme) - 2;
  return cellWidth(shown(note, theme)) + BESIDE_NOTE + needed <= columns;
}

/** The note, if it belongs here, then as many keys as fit; the first two always. */
function keyBar(props: FrameProps, withNote: boolean): readonly Span[] {
  const { theme, columns, note = "" } = props;
  const spans: Span[] =
    note === "" || !withNote ? [] : [as("warn", `${theme.signs.warn} `), as("strong", note), plain("  ")];
  let left = columns - spansWidth(spans, theme);
  for (const [index, offer] of offered(props).entries()) {
    left -= spansWidth(offer, theme);
    // Its own last two blanks may be missing.
    if (left < -2 && index >= 2) break;
    spans.push(...offer);
  }
  const last = spans.at(-1);
  return last === undefined ? [] : [...spans.slice(0, -1), { ...last, text: last.text.trimEnd() }];
}
