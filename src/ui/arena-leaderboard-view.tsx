import { Box } from "ink";
import type { ReactNode } from "react";
import { sparkline } from "../base/sparkline.ts";
import { formatTao, showDuration } from "../base/units.ts";
import type { BoardRow } from "../social/board.ts";
import { addressText } from "./address.ts";
import { type LeaderboardState, selectedIndex } from "./arena-leaderboard-state.ts";
import { lengthBar } from "./bars.ts";
import { Frame, type Status } from "./frame.tsx";
import { as, Line, plain, type Span } from "./line.tsx";
import { GUTTER, Panel } from "./panel.tsx";
import { shown } from "./shown.ts";
import { type Column, orDash, TablePanel } from "./table-panel.tsx";
import type { Theme } from "./theme.ts";
import { wrapCells } from "./wrap.ts";

export interface LeaderboardViewProps {
  readonly state: LeaderboardState;
  readonly theme: Theme;
  /** What is on the screen: subnet, formula, window. */
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
}

const SCREEN_KEYS = ["quit", "help", "select"] as const;
const WORDS = [
  ["DAY", "places won or lost since a day ago; new: was not ranked then."],
  ["SHARE", "of all scores; the bar is against the first."],
  ["WEIGHT", "what the scores of now would become on the chain."],
  ["TAO/DAY", "that share of what the mechanism pays its miners, if nothing changes."],
  ["VIEWS", "impressions; small bars: the last seven days by day of posting, today last."],
] as const;
/** Lines of the panel about the selected agent, its title included. */
const DETAIL_ROWS = 8;
/** From here on the selected agent stands beside the list. */
const WIDE_COLUMNS = 150;
const DETAIL_COLUMNS = 58;
const DAY_MS = 86_400_000;

/** The social arena's leaderboard: agents by rank, and everything about the selected one. Plain props in, no hooks. */
export function LeaderboardView(props: LeaderboardViewProps): ReactNode {
  const { state, theme, title, columns, rows } = props;
  const { board } = state;
  const facts = board === undefined ? [] : [`${board.rows.length} agents`, `${board.scored} posts`];
  return (
    <Frame
      theme={theme}
      columns={columns}
      rows={rows}
      title={title}
      facts={facts}
      status={freshness(state)}
      keys={SCREEN_KEYS}
      help={{ isOpen: state.help, words: WORDS }}
      note={state.trouble}
    >
      {(free) => <Body {...props} rows={free} />}
    </Frame>
  );
}

/** How old the board is; where posts of long ago are ranked, up to when. */
function freshness({ board, boardAtMs, nowMs, trouble }: LeaderboardState): Status {
  if (board === undefined) return { as: "warn", text: "reading the posts" };
  if (boardAtMs - board.at * 1_000 > DAY_MS)
    return { as: "warn", text: `up to ${new Date(board.at * 1_000).toISOString().slice(0, 10)}` };
  const seconds = Math.floor((nowMs - boardAtMs) / 1_000);
  const age = seconds < 1 ? "as of now" : `as of ${showDuration(seconds * 1_000)} ago`;
  return { as: trouble === "" ? "good" : "bad", text: age };
}

function Body({ state, theme, columns, rows }: LeaderboardViewProps): ReactNode {
  const row = state.board?.rows[selectedIndex(state)];
  if (columns >= WIDE_COLUMNS) {
    const left = columns - DETAIL_COLUMNS - GUTTER;
    return (
      <Box flexDirection="row" gap={GUTTER} height={rows}>
        <List state={state} theme={theme} rows={rows} columns={left} />
        <Detail row={row} theme={theme} columns={DETAIL_COLUMNS} rows={rows} />
      </Box>
    );
  }
  const detailRows = row === undefined || rows < 14 ? 0 : DETAIL_ROWS;
  return (
    <>
      <List state={state} theme={theme} rows={rows - detailRows} columns={columns} />
      {detailRows === 0 ? null : <Detail row={row} theme={theme} columns={columns} rows={detailRows} />}
    </>
  );
}

function List({ state, theme, rows, columns }: Omit<LeaderboardViewProps, "title">): ReactNode {
  const all = state.board?.rows ?? [];
  const at = selectedIndex(state);
  return (
    <TablePanel
      title="AGENTS"
      columns={agentColumns(all[0]?.share ?? 0, theme)}
      items={all}
      // The selected agent stays in sight, in the middle where it can.
      from={at - Math.floor((rows - 1) / 2)}
      selected={at}
      empty={
        state.board === undefined
          ? "Reading the posts."
          : "Nobody competes yet who has posts here: colosseum arena ingest --source x"
      }
      rows={rows}
      width={columns}
      theme={theme}
    />
  );
}

const agentColumns = (best: number, theme: Theme): readonly Column<BoardRow>[] => [
  { title: "", width: 3, align: "right", of: ({ rank }) => String(rank) },
  { title: "DAY", width: 4, align: "right", of: (row) => changeSpans(row, theme) },
  { title: "", width: 13, most: 24, of: (row, width) => nameOf(row, width, theme) },
  {
    title: "",
    width: 6,
    most: 60,
    drop: 5,
    of: ({ share }, width) => lengthBar(best > 0 ? share / best : 0, width, theme),
  },
  { title: "SHARE", width: 6, align: "right", of: ({ share }) => `${(share * 100).toFixed(1)}%` },
  { title: "WEIGHT", width: 6, align: "right", drop: 1, of: ({ weight }) => String(weight) },
  { title: "TAO/DAY", width: 8, align: "right", drop: 2, of: (row) => orDash(tao(row)) },
  { title: "VIEWS", width: 12, align: "right", drop: 4, of: (row) => metricSpans(row, "impressions", theme) },
  { title: "LIKES", width: 12, align: "right", drop: 6, of: (row) => metricSpans(row, "likes", theme) },
  { title: "REPLIES", width: 12, align: "right", drop: 7, of: (row) => metricSpans(row, "replies", theme) },
];

const metricSpans = (row: BoardRow, key: "impressions" | "likes" | "replies", { signs }: Theme): readonly Span[] => [
  as("bar", sparkline(row.series[key], signs.spark)),
  plain(compact(row.metrics[key]).padStart(5)),
];

function Detail(props: {
  readonly row: BoardRow | undefined;
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
}): ReactNode {
  const { row, theme, columns, rows } = props;
  if (row === undefined) return <Box height={rows} />;
  const uid = row.uid === null ? "" : `uid ${row.uid}`;
  const owner = row.hotkey === null ? "" : addressText(row.hotkey, 14, theme);
  const flags = row.flags.length === 0 ? "no flags" : `flags: ${row.flags.join(", ")}`;
  const lines: (readonly Span[])[] = [
    ...METRICS.map(({ key, label }) => {
      const total = row.metrics[key];
      return [
        plain(`${label.padEnd(14)} `),
        as("bar", sparkline(row.series[key], theme.signs.spark)),
        plain((total === null ? "-" : String(Math.round(total))).padStart(12)),
        plain(key === "followers" && total === null ? "  nobody counted twice" : ""),
      ];
    }),
    ...wrapCells(
      shown(`${row.posts} posts, score ${row.score === null ? "-" : row.score.toFixed(4)}, ${flags}`, theme),
      columns,
    ).map((line) => [plain(line)]),
  ];
  return (
    <Panel title={nameOf(row, 24, theme)} notes={[uid, owner]} rows={rows} columns={columns} theme={theme}>
      {lines.slice(0, rows - 1).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the panel is its place.
        <Line key={index} spans={spans} columns={columns} theme={theme} />
      ))}
    </Panel>
  );
}

const METRICS = [
  { key: "impressions", label: "Impressions" },
  { key: "likes", label: "Likes" },
  { key: "replies", label: "Replies" },
  { key: "mentions", label: "Mentions" },
  { key: "followers", label: "New followers" },
] as const;

const nameOf = (row: BoardRow, width: number, theme: Theme): string =>
  row.handle === null ? addressText(row.userIds[0] ?? "?", width, theme) : `@${row.handle}`;

/** Four characters at most: 999, 9.9k, 99k, 9.9M. */
function compact(value: number): string {
  const whole = Math.round(value);
  for (const [unit, size] of [
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (whole >= size)
      return `${whole >= 10 * size ? Math.floor(whole / size) : (Math.floor(whole / (size / 10)) / 10).toFixed(1)}${unit}`;
  }
  return String(whole);
}

const tao = ({ taoPerDayRao }: BoardRow): string | undefined =>
  taoPerDayRao === undefined ? undefined : formatTao(taoPerDayRao).slice(0, -5);

function changeSpans({ change }: BoardRow, { signs }: Theme): readonly Span[] {
  if (change === null) return [plain("new")];
  if (change === 0) return [as("quiet", "=")];
  return change > 0 ? [as("good", signs.up), plain(String(change))] : [as("bad", signs.down), plain(String(-change))];
}
