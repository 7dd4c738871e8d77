import type { ReactNode } from "react";
import type { TaskStage } from "./arena-events.ts";
import { progressBar } from "./bars.ts";
import { as, plain, type Span } from "./line.tsx";
import { type Column, TablePanel } from "./table-panel.tsx";
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

const STAGES = ["voting", "generating", "scored", "void"] as const;

/** Tasks by stage: what is going on comes first; of what is over, the newest. */
export function TaskPanel(props: {
  readonly tasks: readonly TaskLine[];
  /** Hotkey → what people call it. */
  readonly names: ReadonlyMap<string, string>;
  /** First row shown. */
  readonly from?: number | undefined;
  /** Said where there is none. */
  readonly empty: string;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { tasks, names, from, empty, theme, rows, columns } = props;
  const order = tasks
    .map((task, index) => ({ task, index }))
    .sort((a, b) => STAGES.indexOf(a.task.stage) - STAGES.indexOf(b.task.stage) || b.index - a.index)
    .map(({ task }) => task);
  const counts = STAGES.flatMap((stage) => {
    const count = tasks.filter((task) => task.stage === stage).length;
    return count === 0 ? [] : [`${count} ${stage}`];
  });
  return (
    <TablePanel
      title="TASKS"
      notes={counts}
      columns={taskColumns(names, theme)}
      items={order}
      from={from}
      look={({ stage }) => (stage === "scored" ? "quiet" : undefined)}
      empty={empty}
      rows={rows}
      width={columns}
      theme={theme}
    />
  );
}

function taskColumns(names: ReadonlyMap<string, string>, theme: Theme): readonly Column<TaskLine>[] {
  const { versus } = theme.signs;
  return [
    { title: "", width: 7, drop: 1, of: ({ id }) => (id.length > 7 ? id.slice(-7) : id) },
    { title: "", width: 12, of: (task) => stageSpans(task, theme) },
    { title: "", width: 9, drop: 2, of: ({ kind }) => kind },
    {
      title: "",
      width: 14,
      good: 25,
      most: 52,
      of: ({ generators }) => {
        const players = generators.map((hotkey) => names.get(hotkey) ?? hotkey.slice(0, 10));
        return (players.length === 1 ? [...players, "baseline"] : players).join(` ${versus} `);
      },
    },
    { title: "VOTES", width: 10, most: 40, of: (task, width) => progressSpans(task, width, theme) },
  ];
}

function stageSpans({ stage }: TaskLine, { signs }: Theme): readonly Span[] {
  switch (stage) {
    case "voting":
      return [as("accent", signs.dot), plain(" voting")];
    case "generating":
      return [as("quiet", signs.ring), plain(" generating")];
    case "scored":
      return [as("good", signs.yes), plain(" scored")];
    case "void":
      return [as("warn", signs.warn), plain(" void")];
  }
}

function progressSpans(task: TaskLine, width: number, theme: Theme): readonly Span[] {
  if (task.stage === "void") return [plain(task.reason)];
  if (task.stage === "generating")
    return [plain(`${task.completions} ${task.completions === 1 ? "output" : "outputs"}`)];
  const counted = `${task.votes}/${task.invited}`;
  const bar = width - 8;
  if (bar < 6) return [plain(counted)];
  const fraction = task.invited === 0 ? 0 : task.votes / task.invited;
  return [...progressBar(fraction, bar, theme), plain(` ${counted.padStart(7)}`)];
}
