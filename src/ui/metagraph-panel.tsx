import { Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, shortAddress, truncate } from "../base/text.ts";
import { Panel } from "./panel.tsx";
import type { Theme } from "./theme.ts";
import type { NeuronLine } from "./watch-events.ts";

/** Columns that a narrow terminal leaves out last to first. */
const COLUMNS: readonly { readonly title: string; readonly width: number; readonly of: (n: NeuronLine) => string }[] = [
  { title: "stake", width: 11, of: ({ stakeTao }) => stakeTao.toFixed(stakeTao < 1_000 ? 3 : 0) },
  { title: "incentive", width: 9, of: ({ incentive }) => incentive.toFixed(4) },
  { title: "dividends", width: 9, of: ({ dividends }) => dividends.toFixed(4) },
  { title: "emission", width: 9, of: ({ emissionTao }) => emissionTao.toFixed(3) },
  {
    title: "immune",
    width: 6,
    of: ({ immunityBlocksLeft }) => (immunityBlocksLeft > 0 ? `${immunityBlocksLeft}` : ""),
  },
  { title: "prune", width: 5, of: ({ pruneRank }) => (pruneRank === null ? "never" : `${pruneRank}`) },
  { title: "endpoint", width: 24, of: ({ endpoint }) => truncate(escapeControl(endpoint ?? ""), 24) },
];
const NAME = 14;

/** All neurons: what they hold, what they earn, and who is next to lose the slot. */
export function MetagraphPanel(props: {
  readonly neurons: readonly NeuronLine[];
  readonly maxUids: number;
  /** First row shown. */
  readonly from: number;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { neurons, maxUids, from, theme, rows, columns } = props;
  let room = columns - 5 - NAME - 2;
  const shown = COLUMNS.filter(({ width }) => {
    room -= width + 1;
    return room >= 0;
  });
  const title = `METAGRAPH ${neurons.length}/${maxUids}`.padEnd(5 + NAME + 2);
  const heading = shown.map((column) => column.title.padStart(column.width)).join(" ");
  return (
    <Panel title={truncate(`${title} ${heading}`, columns)} rows={rows} theme={theme}>
      {neurons.length === 0 ? (
        <Text {...theme.palette.quiet}>{maxUids === 0 ? "not read yet" : "nobody yet"}</Text>
      ) : null}
      {neurons.slice(from, from + rows - 1).map((neuron) => (
        <Text key={neuron.uid} wrap="truncate" {...toneOf(neuron, theme)}>
          {String(neuron.uid).padStart(4)} {shortAddress(neuron.hotkey).padEnd(NAME)} {neuron.permit ? "V" : " "}{" "}
          {shown.map(({ of, width }) => of(neuron).padStart(width)).join(" ")}
        </Text>
      ))}
    </Panel>
  );
}

const toneOf = (neuron: NeuronLine, { palette }: Theme) => {
  if (neuron.pruneRank === 1 && neuron.immunityBlocksLeft === 0) return palette.warn;
  return neuron.permit ? palette.accent : {};
};
