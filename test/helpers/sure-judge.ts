import type { Brain } from "../../src/brains/brain.ts";
import { heuristicBrain } from "../../src/brains/heuristic.ts";

/**
 * The heuristic judge, but sure: where it sees no difference it would abstain, and a round waits until its deadline for
 * a vote that never comes.
 */
export function sureJudge(): Brain {
  const heuristic = heuristicBrain();
  return {
    ...heuristic,
    judge: async (...asked) => {
      const judgement = await heuristic.judge(...asked);
      return judgement.choice === "abstain" ? { ...judgement, choice: "A" } : judgement;
    },
  };
}
