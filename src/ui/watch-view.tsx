import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, truncate } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import { KEYS, keyLine } from "./keys.ts";
import { LogPanel } from "./log-panel.tsx";
import { MetagraphPanel } from "./metagraph-panel.tsx";
import { Panel } from "./panel.tsx";
import { RatingPanel } from "./rating-panel.tsx";
import { TaskPanel } from "./task-panel.tsx";
import type { Theme } from "./theme.ts";
import { PAGES, type WatchState } from "./watch-state.ts";

export interface WatchViewProps {
  readonly state: WatchState;
  readonly theme: Theme;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
}

const WATCH_KEYS = ["quit", "help", "tab", "pages", "scroll"] as const;
/** From here on two columns are better than one. */
const WIDE_COLUMNS = 150;
/** A chain whose last block is older than this is shown as silent before its client calls it stale. */
const SILENT_AFTER_MS = 36_000;

/** Draws what `watch` knows: chain, validator, then the page that was chosen. Plain props in, no hooks. */
export function WatchView(props: WatchViewProps): ReactNode {
  const { state, theme, columns, rows } = props;
  // Header, validator line, rule, keys.
  const free = Math.max(6, rows - 4);
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header {...props} />
      <ValidatorRow {...props} />
      <Text {...theme.palette.quiet}>{theme.signs.rule.repeat(columns)}</Text>
      {state.help ? <Help rows={free} theme={theme} /> : <Body {...props} rows={free} />}
      <Text {...theme.palette.quiet} wrap="truncate">
        {keyLine(WATCH_KEYS)}
      </Text>
    </Box>
  );
}

function Header({ state, theme, title, columns }: WatchViewProps): ReactNode {
  const { chain, nowMs } = state;
  const silentMs = nowMs - chain.blockAtMs;
  const isSilent = chain.staleSinceMs !== null || (chain.block > 0 && silentMs > SILENT_AFTER_MS);
  const tone = isSilent ? theme.palette.bad : chain.connected ? theme.palette.good : theme.palette.warn;
  const health = !chain.connected
    ? "no chain"
    : isSilent
      ? `no block for ${showDuration(chain.staleSinceMs === null ? silentMs : nowMs - chain.staleSinceMs)}`
      : `block ${chain.block}`;
  const epoch = chain.tempo === 0 ? "" : epochText(chain.epochBlock + chain.tempo - chain.block);
  const price = chain.tempo === 0 ? "" : `slot ${chain.burnTao.toFixed(3)} τ`;
  const { separator } = theme.signs;
  const left = [escapeControl(title), epoch, price].filter((part) => part !== "").join(` ${separator} `);
  const room = Math.max(0, columns - 14 - health.length);
  return (
    <Text wrap="truncate">
      <Text bold {...theme.palette.title}>
        COLOSSEUM
      </Text>{" "}
      {truncate(asciiTao(left, theme), room).padEnd(room)} <Text {...tone}>{theme.signs.dot}</Text> {health}
    </Text>
  );
}

const epochText = (blocks: number): string => (blocks <= 0 ? "epoch due" : `epoch in ${blocks}`);
/** The unit's sign is no ASCII. */
const asciiTao = (text: string, theme: Theme): string =>
  theme.signs.separator === "|" ? text.replaceAll("τ", "TAO") : text;

function ValidatorRow({ state, theme, columns }: WatchViewProps): ReactNode {
  const { validator, nowMs } = state;
  if (validator === null) return <Text {...theme.palette.quiet}>no validator is watched</Text>;
  const { separator } = theme.signs;
  const left =
    validator.stageEndsAtMs === null ? "" : `${showDuration(Math.max(0, validator.stageEndsAtMs - nowMs))} left`;
  const parts = [
    validator.interval === null ? "no interval yet" : `interval ${validator.interval}`,
    validator.round === null ? "" : `round ${validator.round}`,
    escapeControl(validator.stage),
    left,
    validator.checkedIn === null ? "" : `${validator.checkedIn} miners`,
    `${validator.settled} settled`,
  ].filter((part) => part !== "");
  const tone = validator.reachable ? theme.palette.good : theme.palette.bad;
  const text = validator.reachable ? parts.join(` ${separator} `) : "not reached";
  const where = truncate(escapeControl(validator.where), Math.max(10, columns - text.length - 4));
  return (
    <Text wrap="truncate">
      <Text {...tone}>{theme.signs.dot}</Text> {where} {text}
    </Text>
  );
}

function Body({ state, theme, columns, rows }: WatchViewProps): ReactNode {
  const names = new Map(state.neurons.map(({ uid, hotkey }) => [hotkey, `${uid} ${hotkey.slice(0, 8)}`]));
  const common = { theme, names };
  const tasks = (height: number, width: number): ReactNode => (
    <TaskPanel {...common} tasks={state.tasks} rows={height} columns={width} />
  );
  const board = (height: number, width: number, from = 0): ReactNode => (
    <RatingPanel {...common} board={state.board} battles={state.battles} from={from} rows={height} columns={width} />
  );
  const metagraph = (height: number, width: number, from = 0): ReactNode => (
    <MetagraphPanel
      theme={theme}
      neurons={state.neurons}
      maxUids={state.chain.maxUids}
      from={from}
      rows={height}
      columns={width}
    />
  );
  const log = (height: number, width: number): ReactNode => (
    <LogPanel lines={state.log} theme={theme} rows={height} columns={width} />
  );
  switch (state.page) {
    case "tasks":
      return tasks(rows, columns);
    case "leaderboard":
      return board(rows, columns, state.scroll);
    case "metagraph":
      return metagraph(rows, columns, state.scroll);
    case "log":
      return log(rows, columns);
    case "overview": {
      if (columns < WIDE_COLUMNS) {
        // The list that is watched for keeps what it needs first; the log never vanishes.
        const logRows = Math.max(3, Math.min(8, Math.floor(rows * 0.25)));
        const boardRows = Math.min(state.board.length + 2, Math.max(4, Math.floor(rows * 0.4)));
        const people = state.board.length === 0 ? metagraph(boardRows + 3, columns) : board(boardRows, columns);
        const taken = state.board.length === 0 ? boardRows + 3 : boardRows;
        return (
          <>
            {tasks(Math.max(3, rows - taken - logRows), columns)}
            {people}
            {log(logRows, columns)}
          </>
        );
      }
      const left = Math.floor((columns - 2) / 2);
      const upper = Math.floor(rows / 2);
      return (
        <Box flexDirection="row" gap={2} height={rows}>
          <Box flexDirection="column" width={left}>
            {tasks(upper, left)}
            {log(rows - upper, left)}
          </Box>
          <Box flexDirection="column" width={columns - 2 - left}>
            {board(upper, columns - 2 - left)}
            {metagraph(rows - upper, columns - 2 - left)}
          </Box>
        </Box>
      );
    }
    default: {
      const never: never = state.page;
      return never;
    }
  }
}

function Help({ rows, theme }: { readonly rows: number; readonly theme: Theme }): ReactNode {
  return (
    <Panel title="HELP" rows={rows} theme={theme}>
      {WATCH_KEYS.map((name) => (
        <Text key={name}>
          {KEYS[name].key.padEnd(6)} {KEYS[name].label}
        </Text>
      ))}
      <Text>{PAGES.map((page, index) => `${index + 1} ${page}`).join("  ")}</Text>
      <Text> </Text>
      <Text>Ratings come from votes in duels of settled intervals; grey ones have fewer than 30 battles.</Text>
      <Text>Whoever's intervals overlap shares a rank: the votes cannot tell them apart yet.</Text>
      <Text>In the metagraph V has a validator permit, prune counts from the bottom: 1 is next to lose its slot.</Text>
      <Text>A remote validator keeps its tasks to itself until an interval is settled.</Text>
    </Panel>
  );
}
