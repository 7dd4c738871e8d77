import { escapeControl, shortAddress } from "../../../base/text.ts";
import type { WatchState } from "../../../ui/watch-state.ts";
import type { Column } from "../../table.ts";

type DrawTable = (columns: readonly Column[], rows: readonly (readonly string[])[], width: number) => string;

/** One look at everything, as tables. */
export function drawWatch(state: WatchState, drawTable: DrawTable, width: number): string {
  const { chain, validator, tasks, board, neurons } = state;
  const parts: string[] = [
    chain.connected
      ? `Block ${chain.block} at ${chain.endpoint}; the last epoch ran at block ${chain.epochBlock}, every ${chain.tempo} blocks.`
      : `No chain at ${chain.endpoint}.`,
  ];
  if (validator !== null) {
    const { where, reachable, interval, stage, settled } = validator;
    parts.push(
      reachable
        ? `Validator (${where}): ${interval === null ? "no interval yet" : `interval ${interval}${stage === "" ? "" : `, ${escapeControl(stage)}`}`}, ${settled} settled.`
        : `Validator (${where}) is not ${where === "store" ? `running; ${settled} settled` : "reached"}.`,
    );
  }
  if (tasks.length > 0) {
    const rows = tasks.map((task) => [
      task.id,
      task.kind,
      task.stage,
      `${task.completions}`,
      `${task.votes}/${task.invited}`,
      task.reason,
    ]);
    const columns: Column[] = [
      { title: "TASK" },
      { title: "KIND" },
      { title: "STAGE" },
      { title: "OUTPUTS", align: "right" },
      { title: "VOTES", align: "right" },
      { title: "VOID", priority: 1 },
    ];
    parts.push("", drawTable(columns, rows, width));
  }
  if (board.length > 0) {
    const rows = board.map(({ hotkey, rank, rating, score, battles }) => [
      rank === null ? "" : `${rank}`,
      shortAddress(hotkey),
      rating === null ? "" : rating.mean.toFixed(0),
      rating === null ? "" : `${rating.low.toFixed(0)} … ${rating.high.toFixed(0)}`,
      `${battles}`,
      score === null ? "" : score.toFixed(4),
    ]);
    const columns: Column[] = [
      { title: "RANK", align: "right" },
      { title: "PLAYER" },
      { title: "RATING", align: "right" },
      { title: "95 % INTERVAL", align: "right" },
      { title: "BATTLES", align: "right", priority: 1 },
      { title: "SCORE", align: "right" },
    ];
    parts.push("", drawTable(columns, rows, width));
  }
  if (neurons.length > 0) {
    const rows = neurons.map((neuron) => [
      `${neuron.uid}`,
      shortAddress(neuron.hotkey),
      neuron.permit ? "yes" : "",
      neuron.stakeTao.toFixed(3),
      neuron.incentive.toFixed(4),
      neuron.dividends.toFixed(4),
      neuron.pruneRank === null ? "never" : `${neuron.pruneRank}`,
    ]);
    const columns: Column[] = [
      { title: "UID", align: "right" },
      { title: "HOTKEY" },
      { title: "PERMIT", priority: 2 },
      { title: "STAKE", align: "right" },
      { title: "INCENTIVE", align: "right" },
      { title: "DIVIDENDS", align: "right", priority: 1 },
      { title: "PRUNE", align: "right" },
    ];
    parts.push("", drawTable(columns, rows, width));
  }
  return parts.join("\n");
}
