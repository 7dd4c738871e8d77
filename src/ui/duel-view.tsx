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
const PROMPT_ROWS = 4;
const HELP = [
  "1, 2     choose the better output",
  "s        skip for now          u   undo the last vote, until its deadline",
  "v        another view: side by side, sources, difference, task",
  "o        open both in your browser, closed off from everything else",
  "up/down  scroll                q   leave; votes under way are sent first",
  "",
  "You do not know who made which output, and neither do we. A vote can be",
  "changed until the deadline; the newest counts.",
];

/** The first four lines; a mark where there are more, which the view of the whole task shows. */
function beginning(lines: readonly string[], width: number): string[] {
  if (lines.length <= PROMPT_ROWS) return [...lines];
  const shown = lines.slice(0, PROMPT_ROWS);
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

/** The duel screen: exactly `rows` lines, none wider than `columns`. */
export function DuelView({ state, theme, columns, rows }: DuelViewProps): ReactNode {
  const card = currentCard(state);
  const left = card === undefined ? "" : `${showDuration(Math.max(0, card.expiresAtMs - state.nowMs))} left`;
  const waiting = `${state.queue.length} waiting, ${state.cast.length} voted`;
  const today = state.votesLeft === undefined ? "" : `${state.votesLeft} left of today's`;
  const earned = state.reveal === "yes" ? state.earned : "";
  const head = [left, waiting, today, earned].filter((part) => part !== "").join(` ${theme.signs.separator} `);
  const promptLines = card === undefined ? [] : beginning(wrapped(card.prompt, columns), columns);
  const body = Math.max(3, rows - 5 - promptLines.length);
  return (
    <Box flexDirection="column" height={rows} width={columns} overflow="hidden">
      <Text wrap="truncate">
        <Text bold {...theme.palette.title}>
          Duel
        </Text>
        {`  ${head}`}
      </Text>
      {numbered(promptLines).map(({ row, text }) => (
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
          <Middle card={card} state={state} theme={theme} columns={columns} rows={body} />
        )}
      </Box>
      <Text wrap="truncate" {...theme.palette.accent}>
        {state.reveal === "asking" ? "Show what your votes earned, once it is known? y n" : state.notice || " "}
      </Text>
      <Text wrap="truncate" {...theme.palette.quiet}>
        {`1 2 choose  ${keyLine(["skip", "undo", "view", "open", "help", "quit"])}`}
      </Text>
    </Box>
  );
}

function Middle({ card, state, theme, columns, rows }: DuelViewProps & { readonly card: DuelCard }): ReactNode {
  const title = <Text {...theme.palette.quiet}>{TITLES[state.mode]}</Text>;
  const from = (lines: readonly string[]): number => Math.min(state.scroll, Math.max(0, lines.length - (rows - 1)));
  if (state.mode !== "pages") {
    const lines = state.mode === "prompt" ? wrapped(card.prompt, columns) : duelLines(card, state.mode);
    const start = from(lines);
    return (
      <>
        {title}
        {numbered(lines.slice(start, start + rows - 1), start).map(({ row, text }) => (
          <Text key={row} wrap="truncate" {...(state.mode === "diff" ? tone(text, theme) : {})}>
            {text}
          </Text>
        ))}
      </>
    );
  }
  const width = Math.floor((columns - 3) / 2);
  const columnsOf = (lines: readonly string[]): string[] => lines.flatMap((line) => wrapped(line, width));
  const [left, right] = [columnsOf(card.a), columnsOf(card.b)];
  const start = Math.min(state.scroll, Math.max(0, Math.max(left.length, right.length) - (rows - 1)));
  const cell = (text: string): string => text + " ".repeat(Math.max(0, width - [...text].length));
  const both = Array.from(
    { length: rows - 1 },
    (_, index) => `${cell(left[start + index] ?? "")} ${theme.signs.separator} ${right[start + index] ?? ""}`,
  );
  return (
    <>
      <Text bold wrap="truncate">{`${cell("1")} ${theme.signs.separator} 2`}</Text>
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
