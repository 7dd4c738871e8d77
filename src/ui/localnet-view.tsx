import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, truncate } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import { KEYS, keyLine } from "./keys.ts";
import type { BlockLine, EventLine, ExtrinsicLine } from "./localnet-events.ts";
import type { LocalnetState, Numbered } from "./localnet-state.ts";
import { MetagraphPanel } from "./metagraph-panel.tsx";
import { Panel } from "./panel.tsx";
import type { Theme } from "./theme.ts";

export interface LocalnetViewProps {
  readonly state: LocalnetState;
  readonly theme: Theme;
  /** Where the chain is and how its blocks come. */
  readonly title: string;
  /** For the help page: who has money, and by which phrase. */
  readonly accounts: readonly { readonly name: string; readonly address: string }[];
  readonly phrase: string;
  readonly columns: number;
  readonly rows: number;
}

const LOCALNET_KEYS = ["quit", "help", "mine", "subnet"] as const;
/** From here on two columns are better than one. */
const WIDE_COLUMNS = 120;

/** Draws the embedded chain: blocks, extrinsics, events, a subnet's neurons. Plain props in, no hooks. */
export function LocalnetView(props: LocalnetViewProps): ReactNode {
  const { state, theme, columns, rows } = props;
  const free = Math.max(8, rows - 3);
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header {...props} />
      <Text {...theme.palette.quiet}>{theme.signs.rule.repeat(columns)}</Text>
      {state.help ? <Help {...props} rows={free} /> : <Body {...props} rows={free} />}
      <Text {...theme.palette.quiet} wrap="truncate">
        {state.note === "" ? keyLine(LOCALNET_KEYS) : `${state.note}  ${keyLine(["quit", "help"])}`}
      </Text>
    </Box>
  );
}

function Header({ state, theme, title, columns }: LocalnetViewProps): ReactNode {
  const head = state.blocks.at(-1);
  const sinceMs = state.nowMs - state.blockAtMs;
  const age = head === undefined ? "no block yet" : `${showDuration(sinceMs)} old`;
  const right = `block ${head?.number ?? 0} ${theme.signs.separator} ${age}`;
  const room = Math.max(0, columns - 14 - right.length);
  return (
    <Text wrap="truncate">
      <Text bold {...theme.palette.title}>
        COLOSSEUM
      </Text>{" "}
      {truncate(title, room).padEnd(room)} <Text {...theme.palette.good}>{theme.signs.dot}</Text> {right}
    </Text>
  );
}

function Body(props: LocalnetViewProps): ReactNode {
  const { state, theme, columns, rows } = props;
  const neurons = (height: number, width: number): ReactNode =>
    state.netuid === undefined ? (
      <Panel title="NEURONS" rows={height} theme={theme}>
        <Text {...theme.palette.quiet}>no subnet yet</Text>
      </Panel>
    ) : (
      <Box flexDirection="column" height={height} width={width} overflow="hidden">
        <Text bold wrap="truncate" {...theme.palette.title}>
          {subnetsText(state.netuids, state.netuid)}
        </Text>
        <MetagraphPanel
          theme={theme}
          neurons={state.neurons}
          maxUids={state.maxUids}
          from={0}
          rows={height - 1}
          columns={width}
        />
      </Box>
    );
  if (columns >= WIDE_COLUMNS) {
    const left = Math.floor((columns - 2) * 0.45);
    const right = columns - 2 - left;
    const upper = Math.floor(rows / 2);
    return (
      <Box flexDirection="row" gap={2} height={rows}>
        <Box flexDirection="column" width={left}>
          <Blocks {...props} rows={upper} />
          {neurons(rows - upper, left)}
        </Box>
        <Box flexDirection="column" width={right}>
          <Extrinsics {...props} rows={upper} columns={right} />
          <Events {...props} rows={rows - upper} columns={right} />
        </Box>
      </Box>
    );
  }
  // What a screen of 80 by 24 has room for: three blocks, then the lists in turn.
  const blockRows = rows >= 18 ? 4 : 2;
  const neuronRows = Math.max(3, Math.min(state.neurons.length + 3, Math.floor(rows * 0.35)));
  const eventRows = Math.max(2, Math.floor((rows - blockRows - neuronRows) * 0.45));
  return (
    <>
      <Blocks {...props} rows={blockRows} />
      <Extrinsics {...props} rows={rows - blockRows - neuronRows - eventRows} />
      <Events {...props} rows={eventRows} />
      {neurons(neuronRows, columns)}
    </>
  );
}

const subnetsText = (netuids: readonly number[], chosen: number): string =>
  `SUBNET ${chosen}${netuids.length > 1 ? ` of ${netuids.join(", ")}` : ""}`;

function Blocks({ state, theme, rows }: LocalnetViewProps): ReactNode {
  return (
    <Panel title="BLOCKS" rows={rows} theme={theme}>
      {newest(state.blocks, rows).map((block) => (
        <BlockRow key={`${block.number} ${block.hash}`} block={block} theme={theme} />
      ))}
    </Panel>
  );
}

function BlockRow({ block, theme }: { readonly block: BlockLine; readonly theme: Theme }): ReactNode {
  const count = `${block.extrinsics} ${block.extrinsics === 1 ? "extrinsic" : "extrinsics"}`;
  return (
    <Text wrap="truncate" dimColor={block.extrinsics === 0}>
      <Text {...theme.palette.accent}>{`#${block.number}`.padEnd(9)}</Text> {block.hash.slice(0, 14)} {count.padEnd(13)}{" "}
      {String(block.events).padStart(4)} events
      {block.failed === 0 ? "" : <Text {...theme.palette.bad}> {block.failed} failed</Text>}
    </Text>
  );
}

function Extrinsics({ state, theme, rows, columns }: LocalnetViewProps): ReactNode {
  const lines = newest(state.extrinsics, rows);
  return (
    <Panel title="EXTRINSICS" rows={rows} theme={theme}>
      {lines.length === 0 ? <Text {...theme.palette.quiet}>none yet</Text> : null}
      {lines.map((line) => (
        <ExtrinsicRow key={line.id} line={line} theme={theme} columns={columns} />
      ))}
    </Panel>
  );
}

function ExtrinsicRow(props: {
  readonly line: Numbered<ExtrinsicLine>;
  readonly theme: Theme;
  readonly columns: number;
}): ReactNode {
  const { line, theme, columns } = props;
  const { done, fail } = theme.signs;
  const room = Math.max(10, columns - 24 - (line.error?.length ?? 0));
  return (
    <Text wrap="truncate">
      <Text {...(line.error === null ? theme.palette.good : theme.palette.bad)}>
        {line.error === null ? done : fail}
      </Text>{" "}
      <Text {...theme.palette.quiet}>{`#${line.block}`.padEnd(7)}</Text>{" "}
      {truncate(escapeControl(line.signer), 12).padEnd(12)} {truncate(escapeControl(line.call), room)}
      {line.error === null ? "" : <Text {...theme.palette.bad}> {escapeControl(line.error)}</Text>}
    </Text>
  );
}

function Events({ state, theme, rows, columns }: LocalnetViewProps): ReactNode {
  const lines = newest(state.events, rows);
  return (
    <Panel title="EVENTS" rows={rows} theme={theme}>
      {lines.length === 0 ? <Text {...theme.palette.quiet}>none yet</Text> : null}
      {lines.map((line) => (
        <EventRow key={line.id} line={line} theme={theme} columns={columns} />
      ))}
    </Panel>
  );
}

function EventRow(props: {
  readonly line: Numbered<EventLine>;
  readonly theme: Theme;
  readonly columns: number;
}): ReactNode {
  const { line, theme, columns } = props;
  return (
    <Text wrap="truncate">
      <Text {...theme.palette.quiet}>{`#${line.block}`.padEnd(7)}</Text>{" "}
      {truncate(escapeControl(line.text), Math.max(10, columns - 9))}
    </Text>
  );
}

/** The newest of a list, newest first, that fit below a title. */
const newest = <T,>(list: readonly T[], rows: number): readonly T[] => list.slice(-Math.max(1, rows - 1)).reverse();

function Help({ theme, rows, accounts, phrase }: LocalnetViewProps): ReactNode {
  return (
    <Panel title="HELP" rows={rows} theme={theme}>
      {LOCALNET_KEYS.map((name) => (
        <Text key={name}>
          {KEYS[name].key.padEnd(6)} {KEYS[name].label}
        </Text>
      ))}
      <Text> </Text>
      <Text wrap="truncate">{"The accounts are //NAME of a published phrase; Alice may use sudo:"}</Text>
      <Text wrap="truncate">{phrase}</Text>
      {accounts.slice(0, Math.max(0, rows - 8)).map(({ name, address }) => (
        <Text key={address} wrap="truncate">
          {name.padEnd(12)} {address}
        </Text>
      ))}
    </Panel>
  );
}
