import { SPARK_ASCII, SPARK_UNICODE, sparkline } from "../../../base/sparkline.ts";
import { shortAddress } from "../../../base/text.ts";
import { formatTao } from "../../../base/units.ts";
import type { Board } from "../../../social/board.ts";
import type { Context } from "../../context.ts";
import { drawTable } from "../../table.ts";
import type { ChosenScoring } from "./scoring-flags.ts";

/** The leaderboard as a plain table: what the live screen shows, for pipes and small terminals. */
export function drawBoard(board: Board, { formula, window }: ChosenScoring, ctx: Context): string {
  const levels = /utf-?8/i.test(ctx.io.env["LC_ALL"] || ctx.io.env["LANG"] || "") ? SPARK_UNICODE : SPARK_ASCII;
  const metric = (days: readonly number[], total: number | null): string =>
    `${sparkline(days, levels)} ${total === null ? "-" : Math.round(total)}`;
  const rows = board.rows.map((row) => [
    String(row.rank),
    row.change === null ? "new" : row.change > 0 ? `+${row.change}` : row.change === 0 ? "=" : String(row.change),
    row.handle === null ? shortAddress(row.userIds[0] ?? "") : `@${row.handle}`,
    row.uid === null ? "-" : String(row.uid),
    metric(row.series.impressions, row.metrics.impressions),
    metric(row.series.likes, row.metrics.likes),
    metric(row.series.replies, row.metrics.replies),
    metric(row.series.mentions, row.metrics.mentions),
    metric(row.series.followers, row.metrics.followers),
    `${(row.share * 100).toFixed(1)}%`,
    String(row.weight),
    row.taoPerDayRao === undefined ? "-" : formatTao(row.taoPerDayRao).slice(0, -5),
    row.flags.join(" "),
  ]);
  const table = drawTable(
    [
      { title: "#", align: "right" },
      { title: "day", align: "right" },
      { title: "agent", min: 8 },
      { title: "uid", align: "right", priority: 1 },
      { title: "views", align: "right", priority: 2 },
      { title: "likes", align: "right", priority: 3 },
      { title: "replies", align: "right", priority: 5 },
      { title: "mentions", align: "right", priority: 6 },
      { title: "followers", align: "right", priority: 7 },
      { title: "share", align: "right" },
      { title: "weight", align: "right" },
      { title: "tao/day", align: "right" },
      { title: "flags", priority: 8 },
    ],
    rows,
    ctx.out.columns,
  );
  const reasons = Object.entries(board.skipped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `, ${count} ${reason}`);
  const at = new Date(board.at * 1_000).toISOString().replace(".000Z", "Z");
  return [
    `Formula ${formula.name}, ${window === "all" ? "all posts" : window} up to ${at}`,
    "day: places won since a day ago; bars: the last 7 days by day of posting",
    "",
    table,
    "",
    `${board.posts} posts: ${board.scored} scored${reasons.join("")}`,
  ].join("\n");
}
