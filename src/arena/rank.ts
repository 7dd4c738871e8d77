import { exactSum } from "../base/exact-sum.ts";
import { compareText } from "../base/text.ts";
import { weightsU16 } from "../base/weight-row.ts";
import type { Agent } from "./registry.ts";

/** The article's five metrics, summed over an agent's scored posts; `followers` is growth, null where nobody counted. */
export interface AgentMetrics {
  readonly mentions: number;
  readonly impressions: number;
  readonly likes: number;
  readonly replies: number;
  readonly followers: number | null;
}

/** What a formula says of one agent before agents are compared. */
export interface AgentRaw {
  readonly agent: Agent;
  readonly posts: number;
  readonly metrics: AgentMetrics;
  /** May be NaN where the real formula gives it. */
  readonly raw: number;
  readonly flags: readonly string[];
}

/** One line of a leaderboard; `raw` and `score` are null where the formula gives no number. */
export interface RankedAgent {
  readonly userIds: readonly string[];
  readonly handle: string | null;
  readonly hotkey: string | null;
  readonly uid: number | null;
  readonly posts: number;
  readonly metrics: AgentMetrics;
  readonly raw: number | null;
  readonly score: number | null;
  readonly share: number;
  readonly weight: number;
  readonly flags: readonly string[];
}

/**
 * Puts agents in order and gives each its share and u16 weight.
 *
 * @param agents - Any order.
 * @param scores - Parallel to `agents`; NaN or infinite counts as no score, below 0 as 0.
 * @returns By score descending, then uid, then first account id; shares sum to 1 unless nobody is above 0.
 */
export function rankAgents(agents: readonly AgentRaw[], scores: readonly number[]): RankedAgent[] {
  const positive = scores.map((score) => (Number.isFinite(score) ? Math.max(0, score) : 0));
  const total = exactSum(positive);
  const weights = weightsU16(positive);
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return agents
    .map(({ agent, posts, metrics, raw, flags }, index): RankedAgent => {
      const score = finite(scores[index] ?? 0);
      return {
        userIds: agent.userIds,
        handle: agent.handle,
        hotkey: agent.hotkey,
        uid: agent.uid,
        posts,
        metrics,
        raw: finite(raw),
        score,
        share: total === 0 ? 0 : (positive[index] ?? 0) / total,
        weight: weights[index] ?? 0,
        flags: score === null ? [...flags, "not-a-number"] : flags,
      };
    })
    .sort(
      (a, b) =>
        (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY) ||
        (a.uid ?? 0) - (b.uid ?? 0) ||
        compareText(a.userIds[0] ?? "", b.userIds[0] ?? ""),
    );
}
