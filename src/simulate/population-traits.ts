import { type AnyStrategy, minersOf, type World } from "./population-model.ts";

/** How many values a 32-bit word has. */
export const WORDS = 4_294_967_296;
/** A probability as the number of 32-bit words below it. */
export const words = (probability: number): number => Math.round(probability * WORDS);

/** Strategies as small numbers, for the inner loop. */
export const CODES = {
  honest: 0,
  lazy: 1,
  random: 2,
  "always-validator": 3,
  "always-first": 4,
  copycat: 5,
  abstain: 6,
  "ring-blind": 7,
  "ring-informed": 8,
  checker: 9,
} as const satisfies Readonly<Record<AnyStrategy, number>>;

/** A miner's fixed traits, as columns. */
export interface Traits {
  readonly strategy: Uint8Array;
  readonly accuracy: Float64Array;
  readonly trapAccuracy: Float64Array;
  readonly sure: Float64Array;
  readonly sureInTraps: Float64Array;
  readonly detect: Float64Array;
  readonly quality: Float64Array;
  /** Group for ring members, -1 for everybody else. */
  readonly ring: Int32Array;
}

/** Puts each group's numbers beside every one of its miners; probabilities become words. */
export function traitsOf(world: World): Traits {
  const n = minersOf(world);
  const traits: Traits = {
    strategy: new Uint8Array(n),
    accuracy: new Float64Array(n),
    trapAccuracy: new Float64Array(n),
    sure: new Float64Array(n),
    sureInTraps: new Float64Array(n),
    detect: new Float64Array(n),
    quality: new Float64Array(n),
    ring: new Int32Array(n),
  };
  let miner = 0;
  world.groups.forEach((group, index) => {
    for (let i = 0; i < group.count; i++, miner++) {
      traits.strategy[miner] = CODES[group.strategy];
      traits.accuracy[miner] = words(group.accuracy);
      traits.trapAccuracy[miner] = words(group.trapAccuracy);
      // A voter that is right with p knows the answer with 2p − 1 and guesses otherwise.
      traits.sure[miner] = words(Math.max(0, 2 * group.accuracy - 1));
      traits.sureInTraps[miner] = words(Math.max(0, 2 * group.trapAccuracy - 1));
      traits.detect[miner] = words(group.detect + (1 - group.detect) / 2);
      traits.quality[miner] = group.quality;
      traits.ring[miner] = group.strategy.startsWith("ring-") ? index : -1;
    }
  });
  return traits;
}
