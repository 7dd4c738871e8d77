import { Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, truncate } from "../base/text.ts";
import type { TaskStage } from "./arena-events.ts";
import { bar, Panel } from "./panel.tsx";
import type { Theme } from "./theme.ts";

/** A task as a screen shows it. */
export interface TaskLine {
  readonly id: string;
  readonly kind: string;
  readonly stage: TaskStage;
  /** Hotkeys. */
  readonly generators: readonly string[];
  readonly completions: number;
  readonly votes: number;
  readonly invited: number;
  /** Why it is void; else empty. */
  readonly reason: string;
}

const STAGE_ORDER = { voting: 0, generating: 1, scored: 2, void: 3 } as const;

/** Tasks by stage: what is going on comes first; of what is over, the newest. */
export function TaskPanel(props: {
  readonly tasks: readonly TaskLine[];
  /** Hotkey → what people call it. */
  readonly names: ReadonlyMap<string, string>;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { tasks, names, theme, rows, columns } = props;
  const order = tasks
    .map((task, index) => ({ task, index }))
    .sort((a, b) => STAGE_ORDER[a.task.stage] - STAGE_ORDER[b.task.stage] || b.index - a.index)
    .slice(0, rows - 1)
    .map(({ task }) => task);
  return (
    <Panel title="TASKS" rows={rows} theme={theme}>
      {order.length === 0 ? <Text {...theme.palette.quiet}>none yet</Text> : null}
      {order.map((task) => (
        <TaskRow key={task.id} task={task} theme={theme} columns={columns} names={names} />
      ))}
    </Panel>
  );
}

function TaskRow(props: {
  readonly task: TaskLine;
  readonly theme: Theme;
  readonly columns: number;
  readonly names: ReadonlyMap<string, string>;
}): ReactNode {
  const { task, theme, columns, names } = props;
  const players = task.generators.map((hotkey) => escapeControl(names.get(hotkey) ?? truncate(hotkey, 10)));
  const who = (players.length === 1 ? [...players, "baseline"] : players).join(` ${theme.signs.versus} `);
  const width = Math.max(4, Math.min(16, columns - 68));
  const progress =
    task.stage === "generating"
      ? `${task.completions} submitted`
      : task.stage === "void"
        ? `void: ${escapeControl(task.reason)}`
        : `${bar(theme, task.invited === 0 ? 0 : task.votes / task.invited, width)} ${task.votes}/${task.invited} votes`;
  const tone = task.stage === "voting" ? theme.palette.accent : task.stage === "void" ? theme.palette.warn : {};
  return (
    <Text wrap="truncate" dimColor={task.stage === "scored"}>
      {escapeControl(task.id).slice(-10).padEnd(10)} {escapeControl(task.kind).padEnd(9)}{" "}
      <Text {...tone}>{task.stage.padEnd(10)}</Text> {truncate(who, 24).padEnd(24)} {progress}
    </Text>
  );
}
