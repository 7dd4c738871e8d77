import type { ReactNode } from "react";
import { as, Line, plain, type Span } from "./line.tsx";
import { Nothing, Panel } from "./panel.tsx";
import { shown } from "./shown.ts";
import type { Theme } from "./theme.ts";
import { wrapCells } from "./wrap.ts";

/** Something that was said, with its time. */
export interface LogLine {
  /** Counts up over the life of the screen. */
  readonly id: number;
  readonly atMs: number;
  readonly level: "info" | "warn";
  readonly text: string;
}

/** Time, a sign, and the blanks between. */
const BESIDE = 11;
/** A stranger may write a lot; the rest of it is in the log file. */
const MOST_ROWS = 4;

/** The newest lines of a log, the newest last; long ones go on in the next row. */
export function LogPanel(props: {
  readonly lines: readonly LogLine[];
  /** Lines to go back from the newest. */
  readonly back?: number | undefined;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { lines, back = 0, theme, rows, columns } = props;
  const room = rows - 1;
  const upTo = lines.slice(0, lines.length - back);
  const drawn = upTo.slice(-room).flatMap((line) => rowsOf(line, columns, theme));
  const notes = back === 0 ? [] : [`${back} newer below`];
  return (
    <Panel title="LOG" notes={notes} rows={rows} columns={columns} theme={theme}>
      {drawn.length === 0 ? <Nothing text="Nothing was said yet." columns={columns} theme={theme} /> : null}
      {drawn.slice(-room).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place.
        <Line key={index} spans={spans} columns={columns} theme={theme} />
      ))}
    </Panel>
  );
}

function rowsOf(line: LogLine, columns: number, theme: Theme): readonly (readonly Span[])[] {
  const time = new Date(line.atMs).toISOString().slice(11, 19);
  const isWarning = line.level === "warn";
  const text = shown(line.text, theme);
  const all = wrapCells(text, Math.max(10, columns - BESIDE));
  const kept = all.slice(0, MOST_ROWS);
  return kept.map((part, index) => {
    const isCut = index === MOST_ROWS - 1 && all.length > MOST_ROWS;
    const words = isCut ? `${part} ${theme.signs.cut}` : part;
    if (index > 0) return [plain(" ".repeat(BESIDE)), plain(words)];
    const sign = isWarning ? as("warn", theme.signs.warn) : plain(" ");
    return [as("quiet", time), plain(" "), sign, plain(" "), plain(words)];
  });
}
