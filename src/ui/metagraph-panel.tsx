import type { ReactNode } from "react";
import { addressText } from "./address.ts";
import { as, plain, type Span } from "./line.tsx";
import { type Column, orDash, TablePanel } from "./table-panel.tsx";
import type { Theme } from "./theme.ts";
import type { NeuronLine } from "./watch-events.ts";

/** All neurons: what they hold, what they earn, and who is next to lose the slot. */
export function MetagraphPanel(props: {
  readonly title?: string | undefined;
  readonly neurons: readonly NeuronLine[];
  /** 0 where it was not read yet. */
  readonly maxUids: number;
  /** First row shown. */
  readonly from?: number | undefined;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { title = "METAGRAPH", neurons, maxUids, from, theme, rows, columns } = props;
  return (
    <TablePanel
      title={title}
      count={maxUids === 0 ? "" : `${neurons.length}/${maxUids}`}
      columns={neuronColumns(theme)}
      items={neurons}
      from={from}
      empty={maxUids === 0 ? "Not read yet." : "Nobody is registered yet."}
      rows={rows}
      width={columns}
      theme={theme}
    />
  );
}

const fraction = (value: number): readonly Span[] => orDash(value === 0 ? undefined : value.toFixed(4));

const neuronColumns = (theme: Theme): readonly Column<NeuronLine>[] => [
  { title: "", width: 3, align: "right", of: ({ uid }) => String(uid) },
  { title: "", width: 12, most: 48, of: ({ hotkey }, width) => addressText(hotkey, width, theme) },
  // A validator's permit.
  { title: "", width: 1, of: ({ permit }) => (permit ? [as("accent", "V")] : "") },
  {
    title: "STAKE",
    width: 9,
    align: "right",
    of: ({ stakeTao }) => stakeTao.toFixed(stakeTao < 1_000 ? 3 : 0),
  },
  { title: "INCENT", width: 6, align: "right", of: ({ incentive }) => fraction(incentive) },
  { title: "DIVID", width: 6, align: "right", drop: 3, of: ({ dividends }) => fraction(dividends) },
  {
    title: "EMISSION",
    width: 8,
    align: "right",
    drop: 2,
    of: ({ emissionTao }) => orDash(emissionTao === 0 ? undefined : emissionTao.toFixed(3)),
  },
  {
    title: "IMMUNE",
    width: 6,
    align: "right",
    drop: 4,
    of: ({ immunityBlocksLeft }) => (immunityBlocksLeft > 0 ? `${immunityBlocksLeft}` : ""),
  },
  { title: "PRUNE", width: 7, align: "right", drop: 1, of: (neuron) => pruneSpans(neuron, theme) },
  { title: "ENDPOINT", width: 12, most: 36, drop: 5, of: ({ endpoint }) => endpoint ?? "" },
];

/** Who is next to lose its slot, and no longer immune, is warned of. */
function pruneSpans({ pruneRank, immunityBlocksLeft }: NeuronLine, { signs }: Theme): readonly Span[] {
  if (pruneRank === null) return [as("quiet", "never")];
  const isNext = pruneRank === 1 && immunityBlocksLeft === 0;
  return isNext ? [as("warn", signs.warn), plain(" next")] : [plain(`${pruneRank}`)];
}
