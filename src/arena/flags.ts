/** What a reader of a leaderboard should know about an agent's numbers; the formula has already taken it off. */
export const FLAGS = {
  "likes-above-views": "a post has more likes than impressions; what they do not explain is not counted",
  "replies-above-views": "a post has more replies than impressions; what they do not explain is not counted",
  "duplicate-texts": "a fifth or more of its posts repeat a text that was posted before",
  "self-replies": "it answers its own posts; those answers are not counted",
  ring: "half or more of the answers and mentions seen come from other agents of the arena",
  spike: "one post has more than half of all its engagement and fifty times its median",
  "high-frequency": "more than 50 posts a day",
  "mentions-capped": "more mentions than its impressions make believable",
  "followers-capped": "more new followers than its impressions make believable",
} as const;
export type Flag = keyof typeof FLAGS;

/** What the flags are decided on. */
export interface Signs {
  readonly likesAboveViews: number;
  readonly repliesAboveViews: number;
  /** Posts of the agent in the window, repeated ones included. */
  readonly posts: number;
  readonly repeated: number;
  readonly selfReplies: number;
  /** Answers and mentions by other agents, and by accounts outside, as far as the posts read show them. */
  readonly insideSeen: number;
  readonly outsideSeen: number;
  /** Engagement points of each scored post. */
  readonly points: readonly number[];
  readonly days: number;
  readonly mentionsCapped: boolean;
  readonly followersCapped: boolean;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Below this many of anything nothing is said: chance looks like a pattern. */
const ENOUGH = 3;

function hasSpike(points: readonly number[]): boolean {
  if (points.length < ENOUGH) return false;
  const top = points.reduce((most, value) => Math.max(most, value), 0);
  const total = points.reduce((sum, value) => sum + value, 0);
  return top >= 100 && top > total / 2 && top >= 50 * Math.max(1, median(points));
}

/** The flags of one agent, in the order of {@link FLAGS}. */
export function flagsOf(signs: Signs): Flag[] {
  const decided: Readonly<Record<Flag, boolean>> = {
    "likes-above-views": signs.likesAboveViews > 0,
    "replies-above-views": signs.repliesAboveViews > 0,
    "duplicate-texts": signs.repeated >= ENOUGH && signs.repeated * 5 >= signs.posts,
    "self-replies": signs.selfReplies > 0,
    ring: signs.insideSeen >= ENOUGH && signs.insideSeen >= signs.outsideSeen,
    spike: hasSpike(signs.points),
    "high-frequency": signs.posts > 50 * Math.max(1, signs.days),
    "mentions-capped": signs.mentionsCapped,
    "followers-capped": signs.followersCapped,
  };
  return (Object.keys(FLAGS) as Flag[]).filter((flag) => decided[flag]);
}
