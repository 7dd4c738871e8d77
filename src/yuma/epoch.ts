import { epochBonds, storedBonds } from "./bonds.ts";
import { clipped, consensus, rowSums, stakeWeightedColumns } from "./consensus.ts";
import type { EpochInput, EpochOutput } from "./epoch-types.ts";
import { div, normalised, sum, toU16 } from "./fixed.ts";
import { activeFlags, maskedWeights } from "./masks.ts";
import { newPermits, normalisedStake } from "./stake.ts";

export type { EpochInput, EpochOutput } from "./epoch-types.ts";

/** floor(share × rao) for Q32 shares. */
const shareOf = (shares: Float64Array, rao: bigint): bigint[] =>
  Array.from(shares, (share) => (BigInt(share) * rao) >> 32n);

/**
 * One epoch of a subnet, bit for bit as the runtime computes it: from stakes, weights and bonds to incentive,
 * dividends, permits, new bonds and the emission of each uid. Truncates everywhere, rounds nowhere.
 *
 * @param input - State before the block that runs it; arrays by uid, of one length.
 * @returns What the chain stores and pays from; arrays by uid.
 * @see node-subtensor spec 425, `epoch` with one mechanism (checked against recorded epochs of a running runtime).
 */
export function runEpoch(input: EpochInput): EpochOutput {
  const { hyperparameters } = input;
  const active = activeFlags(input);
  const stake = normalisedStake(input);
  const permits = input.permits.map((permit, uid) => permit || uid === input.ownerUid);
  const nextPermits = newPermits(stake, hyperparameters.maxAllowedValidators, input.ownerUid);
  const activeStake = normalised(
    stake.map((share, uid) => (active[uid] === true && permits[uid] === true ? share : 0)),
  );

  const weights = maskedWeights(input, permits);
  const consensusScores = consensus(weights, activeStake, hyperparameters.kappa);
  const clippedWeights = clipped(weights, consensusScores);
  const incentive = normalised(stakeWeightedColumns(clippedWeights, activeStake));
  const bonds = epochBonds({
    epoch: input,
    weights,
    clippedWeights,
    activeStake,
    incentive,
    consensus: consensusScores,
  });

  const shares = emissionShares(incentive, bonds.dividends, activeStake, stake);
  return {
    incentive: Array.from(incentive, toU16),
    dividends: Array.from(bonds.dividends, toU16),
    consensus: Array.from(consensusScores, toU16),
    validatorTrust: Array.from(rowSums(clippedWeights), toU16),
    stakeWeight: Array.from(stake, toU16),
    active,
    permits: nextPermits,
    bonds: storedBonds(bonds.stored, nextPermits),
    emissionRao: shareOf(shares.combined, input.emissionRao),
    serverEmissionRao: shareOf(shares.server, input.emissionRao),
    validatorEmissionRao: shareOf(shares.validator, input.emissionRao),
  };
}

/** Miners' and validators' parts of the emission, Q32; by stake alone if nobody earned anything. */
function emissionShares(
  incentive: Float64Array,
  dividends: Float64Array,
  activeStake: Float64Array,
  stake: Float64Array,
): { server: Float64Array; validator: Float64Array; combined: Float64Array } {
  const total = sum(incentive) + sum(dividends);
  if (total === 0) {
    const fallback = sum(activeStake) === 0 ? stake : activeStake;
    return { server: new Float64Array(stake.length), validator: fallback, combined: fallback };
  }
  return {
    server: incentive.map((share) => div(share, total)),
    validator: dividends.map((share) => div(share, total)),
    combined: normalised(incentive.map((share, uid) => share + (dividends[uid] as number))),
  };
}
