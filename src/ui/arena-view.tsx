import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, truncate } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import type { ArenaState, MinerLine } from "./arena-state.ts";
import { KEYS, keyLine } from "./keys.ts";
import { LogPanel } from "./log-panel.tsx";
import { bar, Panel } from "./panel.tsx";
import { TaskPanel } from "./task-panel.tsx";
import type { Theme } from "./theme.ts";

export interface ArenaViewProps {
  readonly state: ArenaState;
  readonly theme: Theme;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
}

const ARENA_KEYS = ["quit", "help"] as const;

/** A chain whose last block is older than this is called stale on the screen. */
const STALE_AFTER_MS = 36_000;

/** Draws the whole arena: header, tasks by stage, leaderboard, log tail, keys. Plain props in, no hooks. */
export function ArenaView({ state, theme, title, columns, rows }: ArenaViewProps): ReactNode {
  // Everything shares rows − 3 (header, rule, keys); the leaderboard gets what it needs first, the log never vanishes.
  const free = Math.max(6, rows - 3);
  const boardRows = Math.min(state.miners.length + 2, Math.max(4, Math.floor(free * 0.45)));
  const logRows = Math.max(3, Math.min(7, Math.floor(free * 0.28)));
  const taskRows = Math.max(3, free - boardRows - logRows);
  const names = new Map(state.miners.map((miner) => [miner.hotkey, miner.name]));
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header state={state} theme={theme} title={title} columns={columns} />
      <Text {...theme.palette.quiet}>{theme.signs.rule.repeat(columns)}</Text>
      {state.help ? (
        <Help rows={free} theme={theme} />
      ) : (
        <>
          <TaskPanel tasks={state.tasks} names={names} theme={theme} rows={taskRows} columns={columns} />
          <Leaderboard state={state} theme={theme} rows={boardRows} columns={columns} />
          <LogPanel lines={state.log} theme={theme} rows={logRows} columns={columns} />
        </>
      )}
      <Text {...theme.palette.quiet}>
        {state.finished === "" ? keyLine(ARENA_KEYS) : `${state.finished}  ${keyLine(["quit"])}`}
      </Text>
    </Box>
  );
}

function Header({ state, theme, title, columns }: Omit<ArenaViewProps, "rows">): ReactNode {
  const stale = state.block > 0 && state.nowMs - state.blockAtMs > STALE_AFTER_MS;
  const chain = stale ? `no block for ${showDuration(state.nowMs - state.blockAtMs)}` : `block ${state.block}`;
  const { separator } = theme.signs;
  const age = showDuration(state.nowMs - state.startedAtMs);
  const left = `${truncate(title, Math.max(8, columns - 62))}  round ${state.round} ${separator} settled ${state.settled} ${separator} ${age}`;
  return (
    <Text wrap="truncate">
      <Text bold {...theme.palette.title}>
        COLOSSEUM
      </Text>{" "}
      {left.padEnd(Math.max(0, columns - 14 - chain.length))}{" "}
      <Text {...(stale ? theme.palette.bad : theme.palette.good)}>{theme.signs.dot}</Text> {chain}
    </Text>
  );
}

function Leaderboard({ state, theme, rows, columns }: Omit<ArenaViewProps, "title">): ReactNode {
  const best = Math.max(...state.miners.map((miner) => miner.score), 0);
  const width = Math.max(6, Math.min(30, columns - 60));
  const heading = `LEADERBOARD${" ".repeat(13)}${" ".repeat(width)}    score  weight  incentive`;
  return (
    <Panel title={truncate(heading, columns)} rows={rows} theme={theme}>
      {state.miners.slice(0, rows - 1).map((miner, index) => (
        <MinerRow key={miner.uid} miner={miner} rank={index + 1} best={best} width={width} theme={theme} />
      ))}
    </Panel>
  );
}

function MinerRow(props: {
  readonly miner: MinerLine;
  readonly rank: number;
  readonly best: number;
  readonly width: number;
  readonly theme: Theme;
}): ReactNode {
  const { miner, rank, best, width, theme } = props;
  const tone = miner.score < 0 ? theme.palette.bad : miner.score > 0 ? theme.palette.good : theme.palette.quiet;
  const label = truncate(`${escapeControl(miner.name)} ${escapeControl(miner.brain)}`, 20).padEnd(20);
  return (
    <Text wrap="truncate">
      {String(rank).padStart(2)} {label} <Text {...tone}>{bar(theme, best > 0 ? miner.score / best : 0, width)}</Text>{" "}
      {miner.score.toFixed(3).padStart(8)}
      {String(miner.weight).padStart(8)}
      {miner.incentive.toFixed(4).padStart(11)}
    </Text>
  );
}

function Help({ rows, theme }: { readonly rows: number; readonly theme: Theme }): ReactNode {
  return (
    <Panel title="HELP" rows={rows} theme={theme}>
      {ARENA_KEYS.map((name) => (
        <Text key={name}>
          {KEYS[name].key.padEnd(6)} {KEYS[name].label}
        </Text>
      ))}
      <Text> </Text>
      <Text>synthetic: one miner against the validator's baseline; voters who find the better one earn.</Text>
      <Text>duel: two miners against each other; every voter earns, the votes pay the two.</Text>
      <Text>trap: one output is known to be worse; whoever votes for it pays.</Text>
      <Text>
        score is the open interval's, weight what the last settlement set, incentive what the last epoch paid.
      </Text>
    </Panel>
  );
}
