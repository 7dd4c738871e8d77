import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { sparkline } from "../base/sparkline.ts";
import { escapeControl, shortAddress, truncate } from "../base/text.ts";
import { formatTao, showDuration } from "../base/units.ts";
import type { BoardRow } from "../social/board.ts";
import { type LeaderboardState, rowKey, selectedIndex } from "./arena-leaderboard-state.ts";
import { KEYS, keyLine } from "./keys.ts";
import { bar, Panel } from "./panel.tsx";
import type { Theme } from "./theme.ts";

export interface LeaderboardViewProps {
  readonly state: LeaderboardState;
  readonly theme: Theme;
  /** What is on the screen: subnet, formula, window. */
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
}

const SCREEN_KEYS = ["quit", "help", "up", "down"] as const;
/** Lines of the panel about the selected agent, its title included. */
const DETAIL_ROWS = 8;
const AGENT_WIDTH = 17;
/** A sparkline of a week, its total, and a blank before. */
const METRIC_WIDTH = 13;
/** Mark, rank, change, agent, share, weight, pay and one metric. */
const FIXED_WIDTH = 11 + AGENT_WIDTH + 7 + 7 + 10 + 1 + METRIC_WIDTH;
const LEAST_BAR = 6;
const DAY_MS = 86_400_000;

/** The social arena's leaderboard: agents by rank, and everything about the selected one. Plain props in, no hooks. */
export function LeaderboardView({ state, theme, title, columns, rows }: LeaderboardViewProps): ReactNode {
  const { palette, signs } = theme;
  const free = Math.max(6, rows - 3);
  const listRows = Math.max(3, free - DETAIL_ROWS);
  const selected = state.board?.rows[selectedIndex(state)];
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Text wrap="truncate">
        <Text bold {...palette.title}>
          {truncate(escapeControl(title), Math.max(10, columns - 28))}
        </Text>
        {"  "}
        <Text {...palette.quiet}>{freshness(state)}</Text>
      </Text>
      <Text {...palette.quiet}>{signs.rule.repeat(columns)}</Text>
      {state.help ? (
        <Help rows={free} theme={theme} />
      ) : (
        <>
          <List state={state} theme={theme} rows={listRows} columns={columns} />
          <Detail row={selected} theme={theme} columns={columns} rows={DETAIL_ROWS} />
        </>
      )}
      <Text wrap="truncate">
        {state.trouble === "" ? (
          <Text {...palette.quiet}>{keyLine(SCREEN_KEYS)}</Text>
        ) : (
          <Text {...palette.warn}>{escapeControl(state.trouble)}</Text>
        )}
      </Text>
    </Box>
  );
}

/** How old the board is; where posts of long ago are ranked, up to when. */
function freshness({ board, boardAtMs, nowMs }: LeaderboardState): string {
  if (board === undefined) return "reading the posts";
  if (boardAtMs - board.at * 1_000 > DAY_MS) return `up to ${new Date(board.at * 1_000).toISOString().slice(0, 10)}`;
  const seconds = Math.floor((nowMs - boardAtMs) / 1_000);
  return seconds < 1 ? "as of now" : `as of ${showDuration(seconds * 1_000)} ago`;
}

function List({ state, theme, rows, columns }: Omit<LeaderboardViewProps, "title">): ReactNode {
  const all = state.board?.rows ?? [];
  const room = Math.max(1, rows - 1);
  // The selected agent stays in sight, in the middle where it can.
  const first = Math.max(0, Math.min(all.length - room, selectedIndex(state) - Math.floor(room / 2)));
  const hasLikes = columns >= FIXED_WIDTH + METRIC_WIDTH + LEAST_BAR;
  const barWidth = Math.max(LEAST_BAR, Math.min(40, columns - FIXED_WIDTH - (hasLikes ? METRIC_WIDTH : 0)));
  const likes = hasLikes ? "        LIKES" : "";
  const heading = ` ${"#".padStart(3)} ${"DAY".padStart(4)} ${"AGENT".padEnd(AGENT_WIDTH + 1 + barWidth)}${"SHARE".padStart(7)}${"WEIGHT".padStart(7)}${"TAO/DAY".padStart(10)}  VIEWS${likes}`;
  return (
    <Panel title={truncate(heading, columns)} rows={rows} theme={theme}>
      {state.board !== undefined && all.length === 0 ? <Text>Nobody competes yet: colosseum arena join</Text> : null}
      {all.slice(first, first + room).map((row) => (
        <Row
          key={rowKey(row)}
          row={row}
          best={all[0]?.share ?? 0}
          barWidth={barWidth}
          hasLikes={hasLikes}
          isSelected={rowKey(row) === state.selected}
          theme={theme}
        />
      ))}
    </Panel>
  );
}

function Row(props: {
  readonly row: BoardRow;
  readonly best: number;
  readonly barWidth: number;
  readonly hasLikes: boolean;
  readonly isSelected: boolean;
  readonly theme: Theme;
}): ReactNode {
  const { row, best, barWidth, hasLikes, isSelected, theme } = props;
  const { palette, signs } = theme;
  const change = changeOf(row, theme);
  return (
    <Text wrap="truncate" bold={isSelected}>
      <Text {...palette.accent}>{isSelected ? ">" : " "}</Text>
      {String(row.rank).padStart(3)} <Text {...palette[change.meaning]}>{change.text.padStart(4)}</Text>{" "}
      {truncate(nameOf(row), AGENT_WIDTH).padEnd(AGENT_WIDTH)}{" "}
      <Text {...palette.good}>{bar(theme, best > 0 ? row.share / best : 0, barWidth)}</Text>
      {`${(row.share * 100).toFixed(1)}%`.padStart(7)}
      {String(row.weight).padStart(7)}
      {tao(row).padStart(10)}
      {"  "}
      {sparkline(row.series.impressions, signs.spark)}
      {compact(row.metrics.impressions).padStart(5)}
      {hasLikes ? ` ${sparkline(row.series.likes, signs.spark)}${compact(row.metrics.likes).padStart(5)}` : ""}
    </Text>
  );
}

function Detail(props: {
  readonly row: BoardRow | undefined;
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
}): ReactNode {
  const { row, theme, columns, rows } = props;
  if (row === undefined) return <Box height={rows} />;
  const owner = row.hotkey === null ? "" : ` ${theme.signs.separator} ${shortAddress(row.hotkey)}`;
  const uid = row.uid === null ? "" : ` ${theme.signs.separator} uid ${row.uid}`;
  const flags = row.flags.length === 0 ? "no flags" : row.flags.join(", ");
  return (
    <Panel title={truncate(`${nameOf(row)}${uid}${owner}`, columns)} rows={rows} theme={theme}>
      {METRICS.map(({ key, label }) => {
        const total = row.metrics[key];
        return (
          <Text key={key} wrap="truncate">
            {label.padEnd(14)} <Text {...theme.palette.good}>{sparkline(row.series[key], theme.signs.spark)}</Text>
            {(total === null ? "-" : String(Math.round(total))).padStart(12)}
            <Text {...theme.palette.quiet}> {key === "followers" && total === null ? "nobody counted twice" : ""}</Text>
          </Text>
        );
      })}
      <Text wrap="truncate">
        {row.posts} posts, score {row.score === null ? "-" : row.score.toFixed(4)}, {flags}
      </Text>
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

function Help({ rows, theme }: { readonly rows: number; readonly theme: Theme }): ReactNode {
  return (
    <Panel title="HELP" rows={rows} theme={theme}>
      {SCREEN_KEYS.map((name) => (
        <Text key={name}>
          {KEYS[name].key.padEnd(6)} {KEYS[name].label}
        </Text>
      ))}
      <Text> </Text>
      <Text>DAY: places won or lost since a day ago; new: was not ranked then.</Text>
      <Text>SHARE and WEIGHT: what the scores of now would become on the chain.</Text>
      <Text>TAO/DAY: that share of what the mechanism pays its miners, if nothing changes.</Text>
      <Text>Small bars: the last seven days by day of posting, today last.</Text>
    </Panel>
  );
}

const nameOf = (row: BoardRow): string =>
  escapeControl(row.handle === null ? shortAddress(row.userIds[0] ?? "?") : `@${row.handle}`);

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

const tao = ({ taoPerDayRao }: BoardRow): string =>
  taoPerDayRao === undefined ? "-" : formatTao(taoPerDayRao).slice(0, -5);

function changeOf({ change }: BoardRow, { signs }: Theme): { text: string; meaning: "good" | "bad" | "quiet" } {
  if (change === null) return { text: "new", meaning: "quiet" };
  if (change === 0) return { text: "=", meaning: "quiet" };
  return change > 0
    ? { text: `${signs.up}${change}`, meaning: "good" }
    : { text: `${signs.down}${-change}`, meaning: "bad" };
}
