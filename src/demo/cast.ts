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

/** The last quarter of the miners judges half asleep. */
const CARELESS = 0.5;

/** Generators from poor to good, in order; the last quarter looks away at half of what it judges. */
export function castOf(miners: readonly DemoWallet[], seed: string | undefined): CastMember[] {
  const careful = Math.ceil(miners.length * 0.75);
  return miners.map((wallet, index) => {
    const quality = Math.round((0.2 + (0.75 * index) / Math.max(1, miners.length - 1)) * 100) / 100;
    const carelessness = index < careful ? 0 : CARELESS;
    return {
      wallet,
      generator: fixturesBrain(quality),
      judge: demoJudge(heuristicBrain(), carelessness),
      skill: `q${quality.toFixed(2)}${carelessness === 0 ? "" : " careless"}`,
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
