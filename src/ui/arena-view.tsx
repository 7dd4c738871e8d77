import { Box } from "ink";
import type { ReactNode } from "react";
import { showDuration } from "../base/units.ts";
import type { ArenaState, MinerLine } from "./arena-state.ts";
import { lengthBar } from "./bars.ts";
import { FRAME_ROWS, Frame, type Status } from "./frame.tsx";
import { as, plain } from "./line.tsx";
import { LogPanel } from "./log-panel.tsx";
import { GUTTER } from "./panel.tsx";
import { type Column, TablePanel } from "./table-panel.tsx";
import { TaskPanel } from "./task-panel.tsx";
import type { Theme } from "./theme.ts";

export interface ArenaViewProps {
  readonly state: ArenaState;
  readonly theme: Theme;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
}

const ARENA_KEYS = ["quit", "help", "scroll"] as const;
const WORDS = [
  ["synthetic", "one miner against the validator's baseline; voters who find the better one earn."],
  ["duel", "two miners against each other; every voter earns, the votes pay the two."],
  ["trap", "one output is known to be worse; whoever votes for it pays."],
  ["BRAIN", "how good the miner's pages are / how often it looks at what it judges, 0 to 1."],
  ["score", "of the interval that is open."],
  ["weight", "what the last settlement set on the chain."],
  ["incentive", "what the last epoch paid, as a share of 1."],
] as const;
/** A chain whose last block is older than this is called stale on the screen. */
const STALE_AFTER_MS = 36_000;
/** From here on two columns are better than one. */
const WIDE_COLUMNS = 130;

/** Draws the whole arena: tasks by stage, leaderboard, log tail. Plain props in, no hooks. */
export function ArenaView(props: ArenaViewProps): ReactNode {
  const { state, theme, title, columns, rows } = props;
  const facts = [
    state.round === 0 ? "starting" : `round ${state.round}`,
    `${state.settled} settled`,
    showDuration(state.nowMs - state.startedAtMs),
  ];
  return (
    <Frame
      theme={theme}
      columns={columns}
      rows={rows}
      title={title}
      facts={facts}
      status={chainStatus(state)}
      keys={ARENA_KEYS}
      help={{ isOpen: state.help, words: WORDS }}
      note={state.finished}
    >
      {(free) => <Body {...props} rows={free} />}
    </Frame>
  );
}

function chainStatus({ block, nowMs, blockAtMs }: ArenaState): Status {
  if (block === 0) return { as: "warn", text: "no block yet" };
  const silentMs = nowMs - blockAtMs;
  if (silentMs > STALE_AFTER_MS) return { as: "bad", text: `no block for ${showDuration(silentMs)}` };
  return { as: "good", text: `block ${block}` };
}

/** Rows of the leaderboard, its title included. */
const boardRowsOf = ({ miners }: ArenaState, columns: number, rows: number): number =>
  columns >= WIDE_COLUMNS
    ? Math.max(3, Math.min(miners.length + 2, Math.floor(rows * 0.65)))
    : Math.max(3, Math.min(miners.length + 1, Math.floor(rows * 0.45)));

/** How many miners are in sight on a screen of this size. */
export const scrollRoom = (state: ArenaState, columns: number, rows: number): number =>
  boardRowsOf(state, columns, rows - FRAME_ROWS) - 1;

function Body({ state, theme, columns, rows }: ArenaViewProps): ReactNode {
  const names = new Map(state.miners.map((miner) => [miner.hotkey, miner.name]));
  const tasks = (height: number, width: number): ReactNode => (
    <TaskPanel
      tasks={state.tasks}
      names={names}
      empty="None yet: the first round opens when everybody is registered."
      theme={theme}
      rows={height}
      columns={width}
    />
  );
  const board = (height: number, width: number): ReactNode => (
    <Leaderboard state={state} theme={theme} rows={height} columns={width} />
  );
  const log = (height: number, width: number): ReactNode => (
    <LogPanel lines={state.log} theme={theme} rows={height} columns={width} />
  );
  if (columns >= WIDE_COLUMNS) {
    const left = Math.floor((columns - GUTTER) * 0.52);
    const right = columns - GUTTER - left;
    const upper = boardRowsOf(state, columns, rows);
    return (
      <Box flexDirection="row" gap={GUTTER} height={rows}>
        {tasks(rows, left)}
        <Box flexDirection="column" width={right}>
          {board(upper, right)}
          {log(rows - upper, right)}
        </Box>
      </Box>
    );
  }
  // The leaderboard gets what it needs first; the log never vanishes.
  const boardRows = boardRowsOf(state, columns, rows);
  const logRows = Math.max(3, Math.min(8, Math.floor(rows * 0.25)));
  return (
    <>
      {tasks(Math.max(2, rows - boardRows - logRows), columns)}
      {board(boardRows, columns)}
      {log(logRows, columns)}
    </>
  );
}

function Leaderboard({ state, theme, rows, columns }: Omit<ArenaViewProps, "title">): ReactNode {
  const best = Math.max(...state.miners.map((miner) => miner.score), 0);
  const ranked = state.miners.map((miner, index) => ({ ...miner, rank: index + 1 }));
  return (
    <TablePanel
      title="LEADERBOARD"
      count={state.miners.length === 0 ? "" : `${state.miners.length} miners`}
      columns={minerColumns(best, theme)}
      items={ranked}
      from={state.scroll}
      empty="Nobody is registered yet."
      rows={rows}
      width={columns}
      theme={theme}
    />
  );
}

type Ranked = MinerLine & { readonly rank: number };

const minerColumns = (best: number, theme: Theme): readonly Column<Ranked>[] => [
  { title: "", width: 3, align: "right", of: ({ rank }) => String(rank) },
  { title: "", width: 9, most: 24, of: ({ name }) => name },
  { title: "BRAIN", width: 12, most: 24, drop: 2, of: ({ brain }) => [as("quiet", brain)] },
  {
    title: "",
    width: 8,
    most: 40,
    drop: 3,
    of: ({ score }, width) => (best > 0 && score > 0 ? lengthBar(score / best, width, theme) : ""),
  },
  {
    title: "SCORE",
    width: 8,
    align: "right",
    of: ({ score }) =>
      // What rounds to nothing is nothing: no sign before a zero.
      score <= -0.0005
        ? [as("bad", theme.signs.down), plain(score.toFixed(3).padStart(7))]
        : Math.abs(score).toFixed(3),
  },
  { title: "WEIGHT", width: 6, align: "right", of: ({ weight }) => String(weight) },
  { title: "INCENTIVE", width: 9, align: "right", drop: 1, of: ({ incentive }) => incentive.toFixed(4) },
];
