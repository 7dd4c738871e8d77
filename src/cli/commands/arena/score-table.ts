import type { ArenaScores, ExplainedPost } from "../../../arena/scorer.ts";
import { ranksOf } from "../../../base/score-ranks.ts";
import { shortAddress } from "../../../base/text.ts";
import { type Column, drawTable } from "../../table.ts";
import { wrapText } from "../../wrap-text.ts";
import { agentNamed } from "./agent-named.ts";
import type { WhatIf } from "./what-if.ts";

/** What `--json` prints. */
export type ArenaScoreData = Omit<ArenaScores, "explained" | "at"> & {
  readonly formula: string;
  readonly window: string;
  readonly at: string | null;
  /** Only with `--set`. */
  readonly whatIf?: WhatIf;
};

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** The rank and share that an agent had before `--set`. */
function changeOf({ whatIf }: ArenaScoreData, index: number): string[] {
  const agent = whatIf?.agents[index];
  return agent === undefined ? [] : [`#${agent.rankBefore} ${percent(agent.shareBefore)}`];
}

const whole = (value: number): string => String(Math.round(value));

/** The leaderboard for people, with the counts that add up below it. */
export function drawArenaScores(
  data: ArenaScoreData,
  posts: readonly ExplainedPost[],
  explain: string | undefined,
  width: number,
): string {
  if (explain !== undefined) return drawExplained(data, posts, explain, width);
  const ranks = ranksOf(data.agents);
  const rows = data.agents.map((agent, index) => [
    String(ranks[index]),
    agent.uid === null ? "-" : String(agent.uid),
    agent.handle === null ? shortAddress(agent.userIds[0] ?? "") : `@${agent.handle}`,
    String(agent.posts),
    whole(agent.metrics.impressions),
    whole(agent.metrics.likes),
    whole(agent.metrics.replies),
    whole(agent.metrics.mentions),
    agent.score === null ? "-" : agent.score.toFixed(4),
    ...changeOf(data, index),
    percent(agent.share),
    String(agent.weight),
    agent.flags.join(" "),
  ]);
  const was: Column[] = data.whatIf === undefined ? [] : [{ title: "was", align: "right" }];
  const table = drawTable(
    [
      { title: "#", align: "right" },
      { title: "uid", align: "right" },
      { title: "agent", min: 8 },
      { title: "posts", align: "right", priority: 4 },
      { title: "views", align: "right", priority: 5 },
      { title: "likes", align: "right", priority: 6 },
      { title: "replies", align: "right", priority: 7 },
      { title: "mentions", align: "right", priority: 8 },
      { title: "score", align: "right" },
      ...was,
      { title: "share", align: "right" },
      { title: "weight", align: "right", priority: 2 },
      { title: "flags", priority: 3 },
    ],
    rows,
    width,
  );
  const reasons = Object.entries(data.skipped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${reason}`);
  const window = data.window === "all" ? "all posts" : `${data.window} up to ${data.at ?? "-"}`;
  return [
    `Formula ${data.formula}, ${window}${data.whatIf === undefined ? "" : `, with ${data.whatIf.settings.join(", ")}`}`,
    "",
    table,
    "",
    `${data.posts} post${data.posts === 1 ? "" : "s"}: ${data.scored} scored${reasons.length === 0 ? "" : `, ${reasons.join(", ")}`}`,
  ].join("\n");
}

/** What every post has, as columns; what else a formula says of one stands in words behind them. */
const COUNTERS = ["views", "likes", "replies", "retweets", "decay"] as const;

function drawExplained(data: ArenaScoreData, given: readonly ExplainedPost[], name: string, width: number): string {
  // The newest first, like every other list of what happened; `--json` keeps the order of the input.
  const posts = [...given].sort((a, b) => (b.at ?? "").localeCompare(a.at ?? ""));
  const shown = COUNTERS.filter((counter) => posts.some(({ parts }) => parts[counter] !== undefined));
  const number = (value: number | undefined): string =>
    value === undefined ? "-" : Number.isInteger(value) ? String(value) : value.toFixed(3);
  const rest = posts.map(({ parts }) =>
    Object.entries(parts)
      .filter(([part, value]) => value !== 0 && !COUNTERS.some((counter) => counter === part))
      .map(([part, value]) => `${part} ${number(value)}`)
      .join(", "),
  );
  const hasRest = rest.some((text) => text !== "");
  const rows = posts.map(({ id, at, earned, skipped, parts }, index) => [
    at?.slice(0, 16).replace("T", " ") ?? "-",
    id ?? "-",
    ...shown.map((counter) => number(parts[counter])),
    ...(hasRest ? [rest[index] ?? ""] : []),
    skipped ?? earned.toFixed(4),
  ]);
  const columns: Column[] = [
    { title: "at (UTC)" },
    { title: "post", priority: 2 },
    ...shown.map((title, index): Column => ({ title, align: "right", priority: 3 + index })),
    ...(hasRest ? [{ title: "also", priority: 1 }] : []),
    { title: "earned", align: "right" },
  ];
  return [
    `${name}: ${posts.length} post${posts.length === 1 ? "" : "s"}`,
    "",
    drawTable(columns, rows, width),
    ...drawSum(data, posts, name).flatMap((line) => wrapText(line, width, "  ")),
  ].join("\n");
}

/** How the posts' worth adds up to the score, where it does: in `masa-v1` it is a mean. */
function drawSum(data: ArenaScoreData, posts: readonly ExplainedPost[], name: string): string[] {
  const agent = data.agents.find(agentNamed(name));
  if (data.formula !== "colosseum" || agent?.raw == null || agent.score === null) return [];
  const own = posts.reduce((sum, { earned }) => sum + earned, 0);
  const { mentions, followers } = agent.metrics;
  const others = agent.raw - own;
  const best = Math.max(...data.agents.map(({ raw }) => raw ?? 0));
  return [
    "",
    `Posts ${own.toFixed(4)} + mentions (${mentions}) and new followers (${followers ?? "unknown"}) ${others.toFixed(4)} = ${agent.raw.toFixed(4)}; the best has ${best.toFixed(4)}, so the score is ${agent.score.toFixed(4)}.`,
  ];
}
