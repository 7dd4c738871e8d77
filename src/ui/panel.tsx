import { Box } from "ink";
import type { ReactNode } from "react";
import { cellWidth, cutCells } from "../base/cells.ts";
import { as, Line, plain, type Span } from "./line.tsx";
import { shown } from "./shown.ts";
import type { Meaning, Theme } from "./theme.ts";
import { wrapCells } from "./wrap.ts";

/** Blank cells between panels that stand side by side. */
export const GUTTER = 4;

/** A title in a rule, and exactly `rows` lines with it, cut where the panel ends: a screen never scrolls by itself. */
export function Panel(props: {
  readonly title: string;
  /** How many, which of them, since when: as many as there is room for, the first of them in any case. */
  readonly notes?: readonly string[];
  /** Column heads: where each begins, and its text. */
  readonly heads?: readonly { readonly at: number; readonly text: string; readonly as?: Meaning }[];
  readonly rows: number;
  readonly columns: number;
  readonly theme: Theme;
  readonly children: ReactNode;
}): ReactNode {
  const { rows, columns, theme, children } = props;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {/* What has too little room is cut at its end: nothing shrinks, and the title stays. */}
      <Box flexShrink={0}>
        <Line spans={headLine(props)} columns={columns} theme={theme} />
      </Box>
      <Box flexDirection="column" flexShrink={0}>
        {children}
      </Box>
    </Box>
  );
}

/** `TASKS ─ 5 voting ──────── VOTES ──`: title, note, heads that neither of them covers, and a rule through the rest. */
function headLine(props: Omit<Parameters<typeof Panel>[0], "rows" | "children">): readonly Span[] {
  const { title, heads = [], columns, theme } = props;
  const notes = (props.notes ?? []).filter((note) => note !== "");
  const { rule } = theme.signs;
  const spans: Span[] = [as("title", title)];
  let at = cellWidth(shown(title, theme));
  const first = heads.find((head) => head.text !== "" && head.at > at + 2)?.at ?? columns;
  for (const [index, note] of notes.entries()) {
    // The first one may cover heads, up to half of the line; the others may not.
    const room = (index === 0 ? Math.max(first, Math.floor(columns / 2)) : first) - at - 3;
    const text = `${index === 0 ? " " : ", "}${shown(note, theme)}`;
    if (cellWidth(text) > room && (index > 0 || room < 6)) break;
    const said = cutCells(text, room, theme.signs.cut);
    spans.push(plain(said));
    at += cellWidth(said);
  }
  for (const { at: begins, text, as: meaning = "quiet" } of heads) {
    const blanks = begins - at;
    if (text === "" || blanks < 1 || begins + text.length > columns) continue;
    spans.push(as("quiet", filled(blanks, rule)), as(meaning, text));
    at = begins + text.length;
  }
  const rest = columns - at;
  if (rest > 1) spans.push(as("quiet", ` ${rule.repeat(rest - 1)}`));
  return spans;
}

/** Blanks, or where there are many a rule with a blank before and behind. */
const filled = (cells: number, rule: string): string => (cells < 4 ? " ".repeat(cells) : ` ${rule.repeat(cells - 2)} `);

/** Words where a list has nothing to show, in as many rows as they need. */
export function Nothing(props: { readonly text: string; readonly columns: number; readonly theme: Theme }): ReactNode {
  const { text, columns, theme } = props;
  return wrapCells(text, columns).map((line) => (
    <Line key={line} spans={[plain(line)]} columns={columns} theme={theme} />
  ));
}

/** The rows of a list that a panel has room for, as `31-48/220`; empty where all are shown. */
export function rangeText(from: number, room: number, length: number): string {
  return length <= room ? "" : `${from + 1}-${Math.min(length, from + room)}/${length}`;
}
