import type { Clock } from "../base/clock.ts";
import type { Brain } from "../brains/brain.ts";
import { fixturesBrain } from "../brains/fixtures.ts";
import { heuristicBrain } from "../brains/heuristic.ts";
import { type RunningMiner, startMiner } from "../miner/process.ts";
import { demoJudge } from "./judges.ts";
import type { DemoWallet } from "./keys.ts";

/** A miner of the demo: a wallet, and how well it generates and judges. */
export interface CastMember {
  readonly wallet: DemoWallet;
  readonly generator: Brain;
  readonly judge: Brain;
  /** Both in a few characters, for a table. */
  readonly skill: string;
  /** Makes the brains repeatable; undefined: the hotkey does. */
  readonly seed: string | undefined;
}

/** How often the sleepiest judge looks away. */
const MOST_CARELESS = 0.6;

/**
 * Generators from poor to good, in order; judges from awake to half asleep, in another order, so that the two skills
 * do not go together.
 */
export function castOf(miners: readonly DemoWallet[], seed: string | undefined): CastMember[] {
  const last = Math.max(1, miners.length - 1);
  return miners.map((wallet, index) => {
    const quality = Math.round((0.2 + (0.75 * index) / last) * 100) / 100;
    const carelessness = Math.round(((MOST_CARELESS * ((index * 3) % miners.length)) / last) * 100) / 100;
    return {
      wallet,
      generator: fixturesBrain(quality),
      judge: demoJudge(heuristicBrain(), carelessness),
      skill: `makes ${quality.toFixed(2)} looks ${(1 - carelessness).toFixed(2)}`,
      seed: seed === undefined ? undefined : `${seed}/${wallet.name}`,
    };
  });
}

/** Starts one miner of the cast against one validator. */
export const startOne = (member: CastMember, validatorUrl: string, clock: Clock): Promise<RunningMiner> =>
  startMiner({
    signer: member.wallet.hotkey,
    validators: [validatorUrl],
    brain: member.generator,
    judge: member.judge,
    clock,
    graceMs: 2_000,
    ...(member.seed === undefined ? {} : { seed: member.seed }),
  });
