import { exactSum } from "../../../base/exact-sum.ts";
import { escapeControl } from "../../../base/text.ts";
import type { ExplainedTask } from "../../../simulate/explained-task.ts";
import { type Column, drawTable } from "../../table.ts";
import { showScore } from "./standings-table.ts";

const COLUMNS: readonly Column[] = [
  { title: "TASK", min: 10 },
  { title: "KIND" },
  { title: "ROLE" },
  { title: "EARNED", align: "right" },
  { title: "REASON" },
];

/** Each task of one hotkey, what it earned there, and why. */
export function drawExplained(hotkey: string, tasks: readonly ExplainedTask[], width: number): string {
  const rows = tasks.map(({ id, kind, role, earned, reason }) => [id, kind, role, showScore(earned), reason]);
  const total = showScore(exactSum(tasks.map(({ earned }) => earned)));
  return `${escapeControl(hotkey)} earned ${total}\n\n${drawTable(COLUMNS, rows, width)}`;
}
