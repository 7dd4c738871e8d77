import { BallotStream, type SimulatedBallot } from "./population-ballots.ts";
import { OUTSIDE } from "./population-behaviour.ts";
import { minersOf, type SeedOutcome, type World } from "./population-model.ts";
import { emptyPay, payFor } from "./population-pay.ts";

/** What every miner earned in one interval, in the order of the groups. */
export interface MinerEarnings {
  readonly voting: Float64Array;
  readonly generating: Float64Array;
}

/**
 * Plays one interval of a world: its rounds, scored by its rule set and summed.
 *
 * @param seedIndex - Which of the world's seeds; equal worlds and indices give equal earnings to the last bit.
 * @param onBallot - Sees every task with its votes, for tests that score them again.
 */
export function playMiners(
  world: World,
  seedIndex: number,
  onBallot?: (ballot: SimulatedBallot) => void,
): MinerEarnings {
  const miners = minersOf(world);
  const stream = new BallotStream(world, seedIndex);
  const voting = new Float64Array(miners);
  const generating = new Float64Array(miners);
  const pay = emptyPay();
  // Choices 0, 1, silent, outside: whoever takes no part in the vote gets nothing by it.
  const table = new Float64Array(OUTSIDE + 1);
  const settle = (ballot: SimulatedBallot): void => {
    const { choices } = ballot;
    const counts: [number, number, number, number] = [0, 0, 0, 0];
    for (let miner = 0; miner < miners; miner++) counts[choices[miner] as 0 | 1 | 2 | 3]++;
    const solo = ballot.second < 0;
    const { kind, negative } = ballot;
    payFor(world.rules, { kind, solo, negative, votes: [counts[0], counts[1]], silent: counts[2] }, pay);
    table.set(pay.voter);
    for (let miner = 0; miner < miners; miner++) {
      voting[miner] = (voting[miner] as number) + (table[choices[miner] as number] as number);
    }
    generating[ballot.first] = (generating[ballot.first] as number) + pay.generator[0];
    if (!solo) generating[ballot.second] = (generating[ballot.second] as number) + pay.generator[1];
    onBallot?.(ballot);
  };
  for (let round = 0; round < world.rounds; round++) stream.round(settle);
  return { voting, generating };
}

/** Plays one interval and sums it up by group: clamped at 0, turned into shares. */
export function playSeed(world: World, seedIndex: number, onBallot?: (ballot: SimulatedBallot) => void): SeedOutcome {
  const { voting, generating } = playMiners(world, seedIndex, onBallot);
  return summarise(world, voting, generating);
}

function summarise(world: World, voting: Float64Array, generating: Float64Array): SeedOutcome {
  let total = 0;
  for (let miner = 0; miner < voting.length; miner++) {
    total += Math.max(0, (voting[miner] as number) + (generating[miner] as number));
  }
  const outcome = { score: [] as number[], voting: [] as number[], share: [] as number[] };
  let miner = 0;
  for (const { count } of world.groups) {
    let [earned, voted, kept] = [0, 0, 0];
    for (const end = miner + count; miner < end; miner++) {
      const score = (voting[miner] as number) + (generating[miner] as number);
      earned += score;
      voted += voting[miner] as number;
      kept += Math.max(0, score);
    }
    const perMinerRound = count * world.rounds;
    outcome.score.push(earned / perMinerRound);
    outcome.voting.push(voted / perMinerRound);
    outcome.share.push(total > 0 ? kept / total : 0);
  }
  return outcome;
}
