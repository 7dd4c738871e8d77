import type { ArenaScores, ExplainedPost } from "../../../arena/scorer.ts";
import { shortAddress } from "../../../base/text.ts";
import { type Column, drawTable } from "../../table.ts";
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
  if (explain !== undefined) return drawExplained(posts, explain, width);
  const rows = data.agents.map((agent, index) => [
    String(index + 1),
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
    `${data.posts} posts: ${data.scored} scored${reasons.length === 0 ? "" : `, ${reasons.join(", ")}`}`,
  ].join("\n");
}

function drawExplained(posts: readonly ExplainedPost[], name: string, width: number): string {
  const rows = posts.map(({ id, at, earned, skipped, parts }) => [
    at ?? "-",
    id ?? "-",
    skipped ?? earned.toFixed(4),
    Object.entries(parts)
      .map(([part, value]) => `${part} ${Number.isInteger(value) ? value : value.toFixed(3)}`)
      .join(", "),
  ]);
  const columns = [
    { title: "at" },
    { title: "post", priority: 2 },
    { title: "earned" },
    { title: "from", priority: 1 },
  ];
  return `${name}: ${posts.length} posts\n\n${drawTable(columns, rows, width)}`;
}
