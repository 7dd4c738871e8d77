import { Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, truncate } from "../base/text.ts";
import { Panel } from "./panel.tsx";
import type { Theme } from "./theme.ts";

/** Something that was said, with its time. */
export interface LogLine {
  /** Counts up over the life of the screen. */
  readonly id: number;
  readonly atMs: number;
  readonly level: "info" | "warn";
  readonly text: string;
}

/** The newest lines of a log, the newest last. */
export function LogPanel(props: {
  readonly lines: readonly LogLine[];
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { lines, theme, rows, columns } = props;
  return (
    <Panel title="LOG" rows={rows} theme={theme}>
      {lines.slice(-(rows - 1)).map((line) => (
        <LogRow key={line.id} line={line} theme={theme} columns={columns} />
      ))}
    </Panel>
  );
}

function LogRow({
  line,
  theme,
  columns,
}: {
  readonly line: LogLine;
  readonly theme: Theme;
  readonly columns: number;
}): ReactNode {
  const time = new Date(line.atMs).toISOString().slice(11, 19);
  return (
    <Text wrap="truncate">
      <Text {...theme.palette.quiet}>{time}</Text>{" "}
      <Text {...(line.level === "warn" ? theme.palette.warn : {})}>
        {truncate(escapeControl(line.text), Math.max(10, columns - 9))}
      </Text>
    </Text>
  );
}
