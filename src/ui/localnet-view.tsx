import { Box } from "ink";
import type { ReactNode } from "react";
import { showDuration } from "../base/units.ts";
import { FRAME_ROWS, Frame, type Status } from "./frame.tsx";
import { as, plain } from "./line.tsx";
import type { BlockLine, EventLine, ExtrinsicLine } from "./localnet-events.ts";
import type { LocalnetState } from "./localnet-state.ts";
import { MetagraphPanel } from "./metagraph-panel.tsx";
import { GUTTER } from "./panel.tsx";
import { type Column, TablePanel } from "./table-panel.tsx";
import type { Theme } from "./theme.ts";

export interface LocalnetViewProps {
  readonly state: LocalnetState;
  readonly theme: Theme;
  /** Where the chain is and how its blocks come. */
  readonly title: string;
  /** Who has money, shown until there is a subnet and on the help page, with the phrase of their keys. */
  readonly accounts: readonly { readonly name: string; readonly address: string }[];
  readonly phrase: string;
  readonly columns: number;
  readonly rows: number;
}

const LOCALNET_KEYS = ["quit", "help", "mine", "subnet", "scroll"] as const;
/** From here on two columns are better than one. */
const WIDE_COLUMNS = 150;

/** Draws the embedded chain: blocks, extrinsics, events, a subnet's neurons. Plain props in, no hooks. */
export function LocalnetView(props: LocalnetViewProps): ReactNode {
  const { state, theme, title, columns, rows, accounts, phrase } = props;
  const words: (readonly [string, string])[] = [
    ["accounts", "//NAME of this published phrase; Alice may use sudo."],
    ["", phrase],
    ...accounts.map(({ name, address }) => ["", `${name.padEnd(12)} ${address}`] as const),
  ];
  return (
    <Frame
      theme={theme}
      columns={columns}
      rows={rows}
      title={title}
      facts={[]}
      status={headStatus(state)}
      keys={LOCALNET_KEYS}
      help={{ isOpen: state.help, words }}
      note={state.note}
    >
      {(free) => <Body {...props} rows={free} />}
    </Frame>
  );
}

function headStatus({ blocks, nowMs, blockAtMs }: LocalnetState): Status {
  const head = blocks.at(-1);
  if (head === undefined) return { as: "warn", text: "no block yet" };
  const ageMs = nowMs - blockAtMs;
  return { as: "good", text: `block ${head.number}${ageMs < 1_000 ? "" : `, ${showDuration(ageMs)} old`}` };
}

/** Rows of the neurons, their title included; of the accounts, a larger `share`, as long as there is no subnet. */
const neuronRowsOf = (count: number, columns: number, rows: number, share = 0.35): number =>
  columns >= WIDE_COLUMNS ? rows - Math.floor(rows / 2) : Math.max(2, Math.min(count + 1, Math.floor(rows * share)));

/** How many neurons are in sight on a screen of this size. */
export const scrollRoom = (state: LocalnetState, columns: number, rows: number): number =>
  neuronRowsOf(state.neurons.length, columns, rows - FRAME_ROWS) - 1;

function Body(props: LocalnetViewProps): ReactNode {
  const { state, theme, columns, rows, accounts } = props;
  const { netuid, netuids } = state;
  const neuronRows =
    netuid === undefined
      ? neuronRowsOf(accounts.length, columns, rows, 0.5)
      : neuronRowsOf(state.neurons.length, columns, rows);
  const neurons = (height: number, width: number): ReactNode =>
    netuid === undefined ? (
      <TablePanel
        title="ACCOUNTS"
        columns={ACCOUNT_COLUMNS}
        items={accounts.slice(0, Math.max(1, height - 1))}
        empty="None."
        rows={height}
        width={width}
        theme={theme}
      />
    ) : (
      <MetagraphPanel
        title={netuids.length > 1 ? `SUBNET ${netuid} of ${netuids.join(", ")}` : `SUBNET ${netuid}`}
        neurons={state.neurons}
        maxUids={state.maxUids}
        from={state.scroll}
        theme={theme}
        rows={height}
        columns={width}
      />
    );
  const blocks = (height: number, width: number): ReactNode => (
    <TablePanel
      title="BLOCKS"
      columns={blockColumns(theme)}
      items={newest(state.blocks, height)}
      look={({ extrinsics }) => (extrinsics === 0 ? "quiet" : undefined)}
      empty="None yet."
      rows={height}
      width={width}
      theme={theme}
    />
  );
  const extrinsics = (height: number, width: number): ReactNode => (
    <TablePanel
      title="EXTRINSICS"
      columns={extrinsicColumns(theme, width)}
      items={newest(state.extrinsics, height)}
      empty="None yet: whoever signs one at this address is seen here."
      rows={height}
      width={width}
      theme={theme}
    />
  );
  const events = (height: number, width: number): ReactNode => (
    <TablePanel
      title="EVENTS"
      columns={eventColumns(width)}
      items={newest(state.events, height)}
      empty={netuid === undefined ? NO_SUBNET : "None yet."}
      rows={height}
      width={width}
      theme={theme}
    />
  );
  if (columns >= WIDE_COLUMNS) {
    const left = Math.floor((columns - GUTTER) * 0.45);
    const right = columns - GUTTER - left;
    const upper = Math.floor(rows / 2);
    return (
      <Box flexDirection="row" gap={GUTTER} height={rows}>
        <Box flexDirection="column" width={left}>
          {blocks(upper, left)}
          {neurons(neuronRows, left)}
        </Box>
        <Box flexDirection="column" width={right}>
          {extrinsics(upper, right)}
          {events(rows - upper, right)}
        </Box>
      </Box>
    );
  }
  // What a screen of 80 by 24 has room for: three blocks, then the lists in turn.
  const blockRows = rows >= 18 ? 4 : 2;
  const eventRows = Math.max(2, Math.floor((rows - blockRows - neuronRows) * 0.45));
  return (
    <>
      {blocks(blockRows, columns)}
      {extrinsics(rows - blockRows - neuronRows - eventRows, columns)}
      {events(eventRows, columns)}
      {neurons(neuronRows, columns)}
    </>
  );
}

const NO_SUBNET = "None yet. For a subnet: colosseum subnet create, or localnet scaffold FILE.";

/** The newest of a list, newest first, that fit below a title. */
const newest = <T,>(list: readonly T[], rows: number): readonly T[] => list.slice(-Math.max(1, rows - 1)).reverse();

const ACCOUNT_COLUMNS: readonly Column<{ readonly name: string; readonly address: string }>[] = [
  { title: "", width: 12, of: ({ name }) => name },
  { title: "", width: 15, most: 48, of: ({ address }) => address },
];

const blockColumns = ({ signs }: Theme): readonly Column<BlockLine>[] => [
  { title: "", width: 9, of: ({ number }) => `#${number}` },
  { title: "HASH", width: 14, most: 66, of: ({ hash }, width) => hash.slice(0, width) },
  { title: "EXTRINSICS", width: 10, align: "right", of: ({ extrinsics }) => String(extrinsics) },
  { title: "EVENTS", width: 6, align: "right", drop: 2, of: ({ events }) => String(events) },
  {
    title: "FAILED",
    width: 8,
    align: "right",
    drop: 3,
    of: ({ failed }) => (failed === 0 ? "" : [as("bad", signs.no), plain(` ${failed}`)]),
  },
];

const extrinsicColumns = ({ signs }: Theme, room: number): readonly Column<ExtrinsicLine>[] => [
  { title: "", width: 1, of: ({ error }) => (error === null ? [as("good", signs.yes)] : [as("bad", signs.no)]) },
  { title: "", width: 6, of: ({ block }) => `#${block}` },
  { title: "", width: 11, of: ({ signer }) => signer },
  {
    title: "",
    width: 15,
    most: room,
    // Why it failed matters more than with what.
    of: ({ call, error }) => (error === null ? call : `${error}: ${call}`),
  },
];

const eventColumns = (room: number): readonly Column<EventLine>[] => [
  { title: "", width: 6, of: ({ block }) => `#${block}` },
  { title: "", width: 25, most: room, of: ({ text }) => text },
];
