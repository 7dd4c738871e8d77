import { ColosseumScorer } from "../../src/arena/colosseum-scorer.ts";
import type { FollowerSnapshot } from "../../src/arena/followers.ts";
import { MasaScorer } from "../../src/arena/masa-scorer.ts";
import { walkRecords } from "../../src/arena/posts.ts";
import { buildRegistry } from "../../src/arena/registry.ts";
import type { ArenaScores, ScorerOptions } from "../../src/arena/scorer.ts";
import { DAY_SECONDS } from "./posts.ts";

/** uid → accounts. */
export type Accounts = Readonly<Record<number, readonly string[]>>;

export const registryOf = (accounts: Accounts) =>
  buildRegistry(
    Object.entries(accounts).flatMap(([uid, userIds]) => userIds.map((userId) => ({ userId, uid: Number(uid) }))),
  );

export function scoreColosseum(
  posts: readonly unknown[],
  accounts: Accounts,
  options: Partial<ScorerOptions> = {},
  followers: readonly FollowerSnapshot[] = [],
): ArenaScores {
  const base = { registry: registryOf(accounts), windowSeconds: 7 * DAY_SECONDS };
  const scorer = new ColosseumScorer({ ...base, ...options }, undefined, followers);
  walkRecords(posts, scorer);
  return scorer.finish();
}

export function scoreMasa(posts: readonly unknown[], accounts: Accounts): ArenaScores {
  const scorer = new MasaScorer({ registry: registryOf(accounts), windowSeconds: Number.POSITIVE_INFINITY });
  walkRecords(posts, scorer);
  return scorer.finish();
}

export const rawOf = (scores: ArenaScores, uid: number): number =>
  scores.agents.find((agent) => agent.uid === uid)?.raw ?? 0;
export const shareOf = (scores: ArenaScores, uid: number): number =>
  scores.agents.find((agent) => agent.uid === uid)?.share ?? 0;
export const flagsOf = (scores: ArenaScores, uid: number): readonly string[] =>
  scores.agents.find((agent) => agent.uid === uid)?.flags ?? [];
