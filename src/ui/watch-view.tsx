import { Box } from "ink";
import type { ReactNode } from "react";
import { cellWidth } from "../base/cells.ts";
import { showDuration } from "../base/units.ts";
import { FRAME_ROWS, Frame, type Status } from "./frame.tsx";
import { HelpPanel } from "./help-panel.tsx";
import { as, Line, plain } from "./line.tsx";
import { LogPanel } from "./log-panel.tsx";
import { MetagraphPanel } from "./metagraph-panel.tsx";
import { GUTTER } from "./panel.tsx";
import { RatingPanel } from "./rating-panel.tsx";
import { shown } from "./shown.ts";
import { TaskPanel } from "./task-panel.tsx";
import type { Theme } from "./theme.ts";
import type { Page, WatchState } from "./watch-state.ts";

export interface WatchViewProps {
  readonly state: WatchState;
  readonly theme: Theme;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
}

const WATCH_KEYS = ["quit", "help", "pages", "tab", "scroll"] as const;
/** Where there is no list to go through. */
const OVERVIEW_KEYS = ["quit", "help", "pages", "tab"] as const;
const WORDS = [
  ["RATING", "from votes in duels of settled intervals, with its 95 % interval; ? has fewer than 30 battles yet."],
  ["rank", "whoever's intervals overlap shares one: the votes cannot tell them apart yet."],
  ["INCENT, DIVID", "incentive and dividends, each as a share of 1."],
  ["V", "has a validator's permit."],
  ["PRUNE", "place from the bottom; next is the next to lose its slot."],
  ["slot", "what registering costs now, in TAO."],
  ["", "A remote validator keeps its tasks to itself until an interval is settled."],
] as const;
/** From here on two columns are better than one. */
const WIDE_COLUMNS = 150;
/** A chain whose last block is older than this is shown as silent before its client calls it stale. */
const SILENT_AFTER_MS = 36_000;

/** How many rows of the page's list are in sight: all but the frame, the validator's row and the title. */
export const scrollRoom = (rows: number): number => rows - FRAME_ROWS - 2;

/** Draws what `watch` knows: chain, validator, then the page that was chosen. Plain props in, no hooks. */
export function WatchView(props: WatchViewProps): ReactNode {
  const { state, theme, title, columns, rows } = props;
  const { chain } = state;
  const facts =
    chain.tempo === 0
      ? []
      : [epochText(chain.epochBlock + chain.tempo - chain.block), `slot ${chain.burnTao.toFixed(3)} TAO`];
  return (
    <Frame
      theme={theme}
      columns={columns}
      rows={rows}
      title={chain.name === "" ? title : `${title} ${chain.name}`}
      facts={facts}
      status={chainStatus(state)}
      keys={state.page === "overview" ? OVERVIEW_KEYS : WATCH_KEYS}
    >
      {(free) => (
        <>
          <ValidatorRow {...props} />
          {state.help ? (
            <HelpPanel keys={WATCH_KEYS} words={WORDS} theme={theme} rows={free - 1} columns={columns} />
          ) : (
            <Body {...props} rows={free - 1} />
          )}
        </>
      )}
    </Frame>
  );
}

function chainStatus({ chain, nowMs }: WatchState): Status {
  const lostMs = chain.lostAtMs === undefined ? 0 : nowMs - chain.lostAtMs;
  if (!chain.connected) {
    if (chain.lostAtMs === undefined) return { as: "warn", text: "connecting" };
    return { as: "bad", text: lostMs < 1_000 ? "no chain" : `no chain for ${showDuration(lostMs)}` };
  }
  if (chain.block === 0) return { as: "warn", text: "no block yet" };
  const silentMs = nowMs - (chain.staleSinceMs ?? chain.blockAtMs);
  if (chain.staleSinceMs !== null || silentMs > SILENT_AFTER_MS)
    return { as: "bad", text: `no block for ${showDuration(silentMs)}` };
  return { as: "good", text: `block ${chain.block}` };
}

const epochText = (blocks: number): string =>
  blocks <= 0 ? "epoch due" : `epoch in ${blocks} ${blocks === 1 ? "block" : "blocks"}`;

function ValidatorRow({ state, theme, columns }: WatchViewProps): ReactNode {
  const { validator, nowMs } = state;
  if (validator === null) {
    const text = "No validator is watched: name one with --validator URL.";
    return <Line spans={[as("quiet", theme.signs.ring), plain(` ${text}`)]} columns={columns} theme={theme} />;
  }
  const leftMs = validator.stageEndsAtMs === null ? 0 : validator.stageEndsAtMs - nowMs;
  const parts = [
    validator.reachable ? "" : validator.where === "store" ? "not running" : "not reached",
    validator.interval === null ? "no interval yet" : `interval ${validator.interval}`,
    validator.round === null ? "" : `round ${validator.round}`,
    validator.stage,
    validator.reachable && leftMs > 0 ? `${showDuration(leftMs)} left` : "",
    validator.checkedIn === null ? "" : `${validator.checkedIn} miners`,
    `${validator.settled} settled`,
    // Where it is comes last: it is what one knows already.
    validator.where,
  ].filter((part) => part !== "");
  const separator = ` ${theme.signs.separator} `;
  const sign = validator.reachable ? as("good", theme.signs.dot) : as("bad", theme.signs.dot);
  let text = "";
  for (const part of parts) {
    const next = text === "" ? part : `${text}${separator}${part}`;
    if (cellWidth(shown(next, theme)) > columns - 12 && text !== "") break;
    text = next;
  }
  return <Line spans={[sign, plain(` validator  ${text}`)]} columns={columns} theme={theme} />;
}

function Body({ state, theme, columns, rows }: WatchViewProps): ReactNode {
  const names = new Map(state.neurons.map(({ uid, hotkey }) => [hotkey, `${uid} ${hotkey.slice(0, 8)}`]));
  const panels: Readonly<
    Record<Exclude<Page, "overview">, (height: number, width: number, from?: number) => ReactNode>
  > = {
    tasks: (height, width, from) => (
      <TaskPanel
        tasks={state.tasks}
        names={names}
        from={from}
        empty={state.validator === null ? "None: tasks are known to a validator." : "None yet."}
        theme={theme}
        rows={height}
        columns={width}
      />
    ),
    leaderboard: (height, width, from) => (
      <RatingPanel
        board={state.board}
        battles={state.battles}
        from={from}
        names={names}
        theme={theme}
        rows={height}
        columns={width}
      />
    ),
    metagraph: (height, width, from) => (
      <MetagraphPanel
        neurons={state.neurons}
        maxUids={state.chain.maxUids}
        from={from}
        theme={theme}
        rows={height}
        columns={width}
      />
    ),
    log: (height, width, back) => (
      <LogPanel lines={state.log} back={back} theme={theme} rows={height} columns={width} />
    ),
  };
  const { tasks, leaderboard, metagraph, log } = panels;
  if (state.page !== "overview") return panels[state.page](rows, columns, state.scroll);
  const hasArena = state.tasks.length > 0 || state.board.length > 0;
  if (columns < WIDE_COLUMNS || !hasArena) {
    // The list that is watched for keeps what it needs first; the log never vanishes.
    const logRows = Math.max(3, Math.min(8, Math.floor(rows * 0.25)));
    if (!hasArena) {
      return (
        <>
          {metagraph(rows - logRows, columns)}
          {log(logRows, columns)}
        </>
      );
    }
    const boardRows = Math.max(2, Math.min(state.board.length + 1, Math.floor(rows * 0.4)));
    return (
      <>
        {tasks(Math.max(2, rows - boardRows - logRows), columns)}
        {leaderboard(boardRows, columns)}
        {log(logRows, columns)}
      </>
    );
  }
  const left = Math.floor((columns - GUTTER) / 2);
  const right = columns - GUTTER - left;
  const upper = Math.floor(rows / 2);
  return (
    <Box flexDirection="row" gap={GUTTER} height={rows}>
      <Box flexDirection="column" width={left}>
        {tasks(upper, left)}
        {log(rows - upper, left)}
      </Box>
      <Box flexDirection="column" width={right}>
        {leaderboard(upper, right)}
        {metagraph(rows - upper, right)}
      </Box>
    </Box>
  );
}
