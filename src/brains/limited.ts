import type { Brain } from "./brain.ts";
import type { Budget } from "./budget.ts";

/** A brain that may give only so many answers a day. Budgets in tokens or money are the model's own business. */
export function limited(brain: Brain, budget: Budget | undefined): Brain {
  if (budget === undefined || budget.limit.unit !== "answers") return brain;
  const counted = async <T>(answer: () => Promise<T>): Promise<T> => {
    const settle = budget.reserve(1);
    try {
      return await answer();
    } catch (thrown) {
      settle(0);
      throw thrown;
    }
  };
  return {
    ...brain,
    generate: (prompt, call) => counted(() => brain.generate(prompt, call)),
    judge: (prompt, a, b, call) => counted(() => brain.judge(prompt, a, b, call)),
  };
}
