import type { RankedAgent } from "../../../arena/rank.ts";

/** What changed numbers of a formula do to one agent. */
export interface WhatIfAgent {
  readonly userIds: readonly string[];
  readonly handle: string | null;
  readonly uid: number | null;
  readonly rankBefore: number;
  readonly rankAfter: number;
  readonly shareBefore: number;
  readonly shareAfter: number;
}

export interface WhatIf {
  /** The `key=value` texts. */
  readonly settings: readonly string[];
  /** In the order of the scores with them. */
  readonly agents: readonly WhatIfAgent[];
}

const keyOf = ({ userIds }: RankedAgent): string => userIds.join(" ");

/** Equal scores share the better rank. */
function ranksOf(agents: readonly RankedAgent[]): Map<string, number> {
  const ranks = new Map<string, number>();
  let rank = 0;
  agents.forEach((agent, index) => {
    if (index === 0 || agent.score !== agents[index - 1]?.score) rank = index + 1;
    ranks.set(keyOf(agent), rank);
  });
  return ranks;
}

/**
 * Puts scores with changed settings beside those without.
 *
 * @param before - Under the formula as it is; the same agents as `after`, since settings change scores and no posts.
 */
export function whatIfOf(
  settings: readonly string[],
  before: readonly RankedAgent[],
  after: readonly RankedAgent[],
): WhatIf {
  const [ranksBefore, ranksAfter] = [ranksOf(before), ranksOf(after)];
  const shares = new Map(before.map((agent) => [keyOf(agent), agent.share]));
  return {
    settings,
    agents: after.map((agent) => {
      const key = keyOf(agent);
      return {
        userIds: agent.userIds,
        handle: agent.handle,
        uid: agent.uid,
        rankBefore: ranksBefore.get(key) ?? 0,
        rankAfter: ranksAfter.get(key) ?? 0,
        shareBefore: shares.get(key) ?? 0,
        shareAfter: agent.share,
      };
    }),
  };
}
