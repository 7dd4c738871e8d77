import { arenaExplanations } from "./arena.ts";
import { auditExplanations } from "./audit.ts";
import { chainExplanations } from "./chain.ts";
import { configExplanations } from "./config.ts";
import type { Explanations } from "./explanation.ts";
import { processExplanations } from "./processes.ts";
import { simulateExplanations } from "./simulate.ts";
import { storeExplanations } from "./store.ts";
import { usageExplanations } from "./usage.ts";
import { validatorExplanations } from "./validator.ts";
import { walletExplanations } from "./wallet.ts";
import { weightsExplanations } from "./weights.ts";

/** Every code of colosseum's own. The chain's names are explained where the chain's errors are translated. */
export const CATALOGUE: Explanations = {
  ...usageExplanations,
  ...configExplanations,
  ...walletExplanations,
  ...chainExplanations,
  ...weightsExplanations,
  ...simulateExplanations,
  ...auditExplanations,
  ...storeExplanations,
  ...arenaExplanations,
  ...processExplanations,
  ...validatorExplanations,
};
