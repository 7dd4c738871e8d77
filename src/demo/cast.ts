import type { Clock } from "../base/clock.ts";
import { seededRandom, uniform } from "../base/random.ts";
import type { Brain, BrainCall } from "../brains/brain.ts";
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
export function castOf(
  miners: readonly DemoWallet[],
  options: { readonly seed: string | undefined; readonly thinkMs: number; readonly clock: Clock },
): CastMember[] {
  const { seed } = options;
  const last = Math.max(1, miners.length - 1);
  return miners.map((wallet, index) => {
    const quality = Math.round((0.2 + (0.75 * index) / last) * 100) / 100;
    const carelessness = Math.round(((MOST_CARELESS * ((index * 3) % miners.length)) / last) * 100) / 100;
    return {
      wallet,
      generator: thinking(fixturesBrain(quality), options),
      judge: thinking(demoJudge(heuristicBrain(), carelessness), options),
      skill: `${quality.toFixed(2)}/${(1 - carelessness).toFixed(2)}`,
      seed: seed === undefined ? undefined : `${seed}/${wallet.name}`,
    };
  });
}

/** A brain that takes its time: up to `thinkMs`, decided by what it is asked. */
function thinking(brain: Brain, { thinkMs, clock }: { readonly thinkMs: number; readonly clock: Clock }): Brain {
  if (thinkMs === 0) return brain;
  const think = (prompt: string, { seed, signal }: BrainCall): Promise<void> =>
    clock.wait(uniform(seededRandom(`${seed ?? ""}|think|${prompt}`)) * thinkMs, signal);
  return {
    ...brain,
    generate: async (prompt, call) => {
      await think(prompt, call);
      return brain.generate(prompt, call);
    },
    judge: async (prompt, a, b, call) => {
      await think(prompt, call);
      return brain.judge(prompt, a, b, call);
    },
  };
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
