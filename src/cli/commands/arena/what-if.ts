import type { RankedAgent } from "../../../arena/rank.ts";
import { ranksOf } from "../../../base/score-ranks.ts";

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
  const known = new Map(
    before.map((agent, index) => [keyOf(agent), { rank: ranksBefore[index] ?? 0, share: agent.share }]),
  );
  return {
    settings,
    agents: after.map((agent, index) => {
      const then = known.get(keyOf(agent));
      return {
        userIds: agent.userIds,
        handle: agent.handle,
        uid: agent.uid,
        rankBefore: then?.rank ?? 0,
        rankAfter: ranksAfter[index] ?? 0,
        shareBefore: then?.share ?? 0,
        shareAfter: agent.share,
      };
    }),
  };
}
