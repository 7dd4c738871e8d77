import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, truncate } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import type { ArenaState, LogLine, MinerLine, TaskLine } from "./arena-state.ts";
import { KEYS, keyLine } from "./keys.ts";
import { bar, Panel } from "./panel.tsx";
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
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header state={state} theme={theme} title={title} columns={columns} />
      <Text {...theme.palette.quiet}>{theme.signs.rule.repeat(columns)}</Text>
      {state.help ? (
        <Help rows={free} theme={theme} />
      ) : (
        <>
          <Tasks state={state} theme={theme} rows={taskRows} columns={columns} />
          <Leaderboard state={state} theme={theme} rows={boardRows} columns={columns} />
          <Panel title="LOG" rows={logRows} theme={theme}>
            {state.log.slice(-(logRows - 1)).map((line) => (
              <LogRow key={line.id} line={line} theme={theme} columns={columns} />
            ))}
          </Panel>
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

const STAGE_ORDER = { voting: 0, generating: 1, scored: 2, void: 3 } as const;

function Tasks({ state, theme, rows, columns }: Omit<ArenaViewProps, "title">): ReactNode {
  // What is going on comes first; of what is over, the newest.
  const order = state.tasks
    .map((task, index) => ({ task, index }))
    .sort((a, b) => STAGE_ORDER[a.task.stage] - STAGE_ORDER[b.task.stage] || b.index - a.index)
    .slice(0, rows - 1)
    .map(({ task }) => task);
  const names = new Map(state.miners.map((miner) => [miner.hotkey, miner.name]));
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
        ? `void: ${task.reason}`
        : `${bar(theme, task.invited === 0 ? 0 : task.votes / task.invited, width)} ${task.votes}/${task.invited} votes`;
  const tone = task.stage === "voting" ? theme.palette.accent : task.stage === "void" ? theme.palette.warn : {};
  return (
    <Text wrap="truncate" dimColor={task.stage === "scored"}>
      {task.id.slice(-10).padEnd(10)} {task.kind.padEnd(9)} <Text {...tone}>{task.stage.padEnd(10)}</Text>{" "}
      {truncate(who, 24).padEnd(24)} {progress}
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

function LogRow({
  line,
  theme,
  columns,
}: {
  readonly line: LogLine;
  readonly theme: Theme;
  readonly columns: number;
}): ReactNode {
  const time = new Date(line.atMs).toISOString().slice(11, 19);
  return (
    <Text wrap="truncate">
      <Text {...theme.palette.quiet}>{time}</Text>{" "}
      <Text {...(line.level === "warn" ? theme.palette.warn : {})}>
        {truncate(escapeControl(line.text), Math.max(10, columns - 9))}
      </Text>
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
