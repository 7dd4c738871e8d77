import { seededRandom, uniform } from "../base/random.ts";
import type { Brain } from "../brains/brain.ts";

/**
 * A judge of a demo: with probability `carelessness` it tosses a coin, else it asks the judge it wraps. So a demo has
 * voters of different skill, and traps have somebody to catch. Where the wrapped judge abstains it tosses the coin too:
 * a stage closes early only when everybody asked has answered.
 *
 * @param carelessness - 0 … 1.
 */
export function demoJudge(judge: Brain, carelessness: number): Brain {
  return {
    ...judge,
    spec: carelessness === 0 ? judge.spec : `${judge.spec}, ${Math.round(carelessness * 100)} % careless`,
    judge: async (prompt, a, b, call) => {
      const random = seededRandom(`${call.seed ?? ""}|careless|${prompt}`);
      const looksAway = uniform(random) < carelessness;
      const coin = { choice: uniform(random) < 0.5 ? ("A" as const) : ("B" as const), confidence: 0 };
      if (looksAway) return { ...coin, reason: "did not look" };
      const judgement = await judge.judge(prompt, a, b, call);
      return judgement.choice === "abstain" ? { ...coin, reason: "could not tell" } : judgement;
    },
  };
}
