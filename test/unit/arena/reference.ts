import type { FollowerSnapshot } from "../../../src/arena/followers.ts";
import type { Accounts } from "../../helpers/arena.ts";
import { DAY_SECONDS, type MadePost } from "../../helpers/posts.ts";

/** What `colosseum` says of one agent, as docs/arena.md describes it. */
export interface ReferenceAgent {
  readonly raw: number;
  readonly posts: number;
  readonly metrics: {
    readonly mentions: number;
    readonly impressions: number;
    readonly likes: number;
    readonly replies: number;
    readonly followers: number | null;
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * The formula `colosseum` written down once more from docs/arena.md, for posts in Masa's shape of which none repeats
 * another's text or id. Every list is searched anew.
 *
 * @param at - End of the window of `days`.
 */
export function referenceColosseum(
  posts: readonly MadePost[],
  accounts: Accounts,
  at: number,
  days: number,
  followers: readonly FollowerSnapshot[],
): Record<string, ReferenceAgent> {
  const agentOf = (userId: string): string | undefined =>
    Object.entries(accounts).find(([, userIds]) => userIds.includes(userId))?.[0];
  const isIn = (seconds: number): boolean => seconds >= at - days * DAY_SECONDS && seconds <= at;
  const decayed = (seconds: number): number => 0.5 ** (Math.max(0, at - seconds) / (3.5 * DAY_SECONDS));
  const said = posts.filter(({ IsRetweet }) => !IsRetweet);

  /** A post's counters after what is taken off. */
  const counted = (post: MadePost): { views: number; likes: number; replies: number } => {
    const answers = said.filter(
      ({ InReplyToStatusID, UserID, Timestamp }) =>
        InReplyToStatusID === post.ID && agentOf(UserID) !== undefined && Timestamp <= at,
    );
    const competitors = new Set(answers.map(({ UserID }) => agentOf(UserID))).size;
    return {
      views: Math.max(0, post.Views - 10 * competitors),
      likes: Math.max(0, Math.min(post.Likes, 0.2 * post.Views) - competitors),
      replies: Math.max(0, Math.min(post.Replies, 0.1 * post.Views) - answers.length),
    };
  };
  const worth = (post: MadePost): number => {
    const { views, likes, replies } = counted(post);
    const x = Math.min(2_000, 0.01 * views + likes + 2 * replies);
    return Math.log(1 + (x * x) / (10 + x)) * decayed(post.Timestamp);
  };

  /** Agents that a post names, but its author. */
  const named = ({ Mentions, UserID }: MadePost): string[] => {
    const agents = (Mentions ?? []).flatMap(({ ID }) => agentOf(ID) ?? []);
    return [...new Set(agents)].filter((agent) => agent !== agentOf(UserID));
  };
  const naming = said.filter((post) => isIn(post.Timestamp) && named(post).length > 0);
  const outside = naming.filter(({ UserID }) => agentOf(UserID) === undefined);

  const result: Record<string, ReferenceAgent> = {};
  for (const [agent, userIds] of Object.entries(accounts)) {
    const own = said.filter(({ UserID, Timestamp }) => userIds.includes(UserID) && isIn(Timestamp));
    if (own.length === 0) continue;
    const impressions = sum(own.map((post) => counted(post).views));
    const mentions = sum(
      [...new Set(outside.map(({ UserID }) => UserID))].map((account) => {
        const given = outside.filter(({ UserID }) => UserID === account);
        const to = given.filter((post) => named(post).includes(agent));
        const part = sum(to.map((post) => decayed(post.Timestamp) / named(post).length));
        return part / Math.max(1, sum(given.map(({ Timestamp }) => decayed(Timestamp))));
      }),
    );
    const growth = userIds.flatMap((userId) => {
      const counts = followers
        .filter((one) => one.userId === userId && isIn(one.seconds))
        .sort((a, b) => a.seconds - b.seconds);
      return counts.length < 2 ? [] : [Math.max(0, (counts.at(-1)?.followers ?? 0) - (counts[0]?.followers ?? 0))];
    });
    const friends = new Set(
      said
        .filter(
          ({ UserID, Timestamp }) => isIn(Timestamp) && agentOf(UserID) !== undefined && agentOf(UserID) !== agent,
        )
        .filter(
          (post) =>
            named(post).includes(agent) ||
            posts.some(({ ID, UserID }) => ID === post.InReplyToStatusID && userIds.includes(UserID)),
        )
        .map(({ UserID }) => agentOf(UserID)),
    ).size;
    const gained = Math.max(0, sum(growth) - friends);
    result[agent] = {
      raw:
        sum(own.map(worth)) +
        0.5 * Math.min(mentions, 0.05 * impressions) +
        0.02 * Math.min(gained, 0.05 * impressions),
      posts: own.length,
      metrics: {
        mentions: outside.filter((post) => named(post).includes(agent)).length,
        impressions,
        likes: sum(own.map((post) => counted(post).likes)),
        replies: sum(own.map((post) => counted(post).replies)),
        followers: growth.length === 0 ? null : sum(growth),
      },
    };
  }
  return result;
}
