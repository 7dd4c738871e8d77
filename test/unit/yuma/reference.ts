import type { EpochInput, EpochOutput } from "../../../src/yuma/epoch-types.ts";

/**
 * The epoch of node-subtensor spec 425 written down once more, from its description and for reading: BigInt throughout,
 * one loop per formula, no shortcut. `undefined` is a cell without an entry.
 */
type Row = (bigint | undefined)[];

const ONE = 1n << 32n;
const mul = (a: bigint, b: bigint): bigint => (a * b) >> 32n;
const div = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : (a << 32n) / b);
const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, value) => total + value, 0n);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const normalised = (values: readonly bigint[]): bigint[] => {
  const total = sum(values);
  return values.map((value) => (total === 0n ? value : div(value, total)));
};
const proportion = (u16: number): bigint => (BigInt(u16) << 32n) / 65_535n;
const u16 = (value: bigint): number => Number(max(0n, min(65_535n, (value * 65_535n) >> 32n)));
const column = (rows: readonly Row[], j: number): bigint[] => rows.map((row) => row[j] ?? 0n);
const kept = (cell: bigint): bigint | undefined => (cell > 0n ? cell : undefined);
const columnsNormalised = (rows: readonly Row[]): Row[] =>
  rows.map((row) => row.map((cell, j) => (cell === undefined ? undefined : div(cell, sum(column(rows, j))))));

function stakeShares({ alphaStakeRao, rootStakeRao, taoWeight, hyperparameters, ownerUid }: EpochInput): bigint[] {
  const weight = (taoWeight << 32n) / ((1n << 64n) - 1n);
  const totals = alphaStakeRao.map((alpha, uid) => {
    const total = (alpha << 64n) + (((rootStakeRao[uid] ?? 0n) * weight) << 32n);
    const isBelow = total >> 64n < hyperparameters.stakeThresholdRao;
    return isBelow && uid !== ownerUid ? 0n : total;
  });
  const all = sum(totals);
  return totals.map((total) => (all === 0n ? 0n : ((total << 64n) / all) >> 32n));
}

function nextPermits(stake: readonly bigint[], most: number, ownerUid: number | undefined): boolean[] {
  // Of equal stakes the higher uid keeps its permit.
  const outranked = (uid: number): number =>
    stake.filter((other, at) => other > (stake[uid] ?? 0n) || (other === stake[uid] && at > uid)).length;
  return stake.map((own, uid) => uid === ownerUid || (own !== 0n && outranked(uid) < most));
}

function maskedWeights(input: EpochInput, permits: readonly boolean[]): Row[] {
  const { hyperparameters, pendingCommits, epochIndex, revealPeriodEpochs, lastUpdate, blockAtRegistration } = input;
  return permits.map((permit, i) => {
    const row: Row = permits.map(() => undefined);
    if (!permit) return row;
    const commits = pendingCommits
      .filter(({ uid, commitEpoch }) => uid === i && epochIndex <= commitEpoch + revealPeriodEpochs)
      .map(({ commitBlock }) => commitBlock);
    for (const [j, value] of input.weights[i] ?? []) {
      const registered = blockAtRegistration[j];
      if (registered === undefined || (i === j && i !== input.ownerUid)) continue;
      if ((lastUpdate[i] ?? 0) <= registered) continue;
      if (hyperparameters.commitReveal && commits.some((block) => block < registered)) continue;
      row[j] = BigInt(value);
    }
    const total = sum(row.map((cell) => cell ?? 0n));
    return row.map((cell) => (cell === undefined || total === 0n ? cell : div(cell, total)));
  });
}

function consensusOf(weights: readonly Row[], activeStake: readonly bigint[], kappa: number): bigint[] {
  const shares = normalised(activeStake);
  const minority = sum(shares) - proportion(kappa);
  return weights.map((_, j) => {
    const scores = weights.flatMap((row, i) => ((shares[i] ?? 0n) > 0n ? [row[j] ?? 0n] : []));
    const ascending = scores.toSorted((a, b) => Number(a - b));
    const upTo = (score: bigint): bigint => sum(shares.filter((_, i) => (weights[i]?.[j] ?? 0n) <= score));
    return ascending.find((score) => upTo(score) > minority) ?? ascending.at(-1) ?? 0n;
  });
}

function exponential(x: bigint): bigint {
  const size = min(20n * ONE, max(x, -x));
  let [term, total] = [size, ONE + size];
  for (let i = 2n; i <= 31n; i++) {
    term = mul(term, size) / i;
    total += term;
  }
  return x < 0n ? div(ONE, total) : total;
}

function newBonds(
  { hyperparameters }: EpochInput,
  bought: readonly Row[],
  old: readonly Row[],
  consensus: readonly bigint[],
): Row[] {
  const { yuma3, liquidAlpha, alphaValues, alphaSigmoidSteepness, bondsMovingAverage } = hyperparameters;
  if (yuma3 && liquidAlpha && consensus.some((value) => value > 0n)) {
    const [low, high] = alphaValues.map(proportion) as [bigint, bigint];
    return bought.map((row, i) =>
      row.map((weight, j) => {
        if (weight === undefined) return undefined;
        const bond = old[i]?.[j] ?? 0n;
        const away = weight >= bond ? weight - (consensus[j] ?? 0n) : bond - weight;
        const x = mul((BigInt(alphaSigmoidSteepness) << 32n) / -100n, min(ONE, max(0n, away)) - ONE / 2n);
        const sigmoid = div(ONE, ONE + exponential(x));
        const alpha = min(high, max(low, low + mul(sigmoid, high - low)));
        return kept(min(ONE, mul(ONE - alpha, bond) + mul(alpha, weight)));
      }),
    );
  }
  const alpha = ONE - (BigInt(bondsMovingAverage) << 32n) / 1_000_000n;
  return bought.map((row, i) =>
    row.map((cell, j) => kept(mul(alpha, cell ?? 0n) + mul(ONE - alpha, old[i]?.[j] ?? 0n))),
  );
}

export function referenceEpoch(input: EpochInput): EpochOutput {
  const { hyperparameters, block, lastUpdate, blockAtRegistration, emissionRao } = input;
  const { activityCutoffFactorMilli, tempoBlocks, kappa, bondsPenalty, yuma3 } = hyperparameters;
  const cutoff = Math.max(1, Math.floor((activityCutoffFactorMilli * tempoBlocks) / 1_000));
  const active = lastUpdate.map((at) => !(at + cutoff < block));
  const stake = stakeShares(input);
  const permits = input.permits.map((permit, uid) => permit || uid === input.ownerUid);
  const activeStake = normalised(stake.map((share, uid) => (active[uid] && permits[uid] ? share : 0n)));

  const weights = maskedWeights(input, permits);
  const consensus = consensusOf(weights, activeStake, kappa);
  const clipped = weights.map((row) => row.map((cell, j) => kept(min(cell ?? 0n, consensus[j] ?? 0n))));
  const trust = clipped.map((row) => sum(row.map((cell) => cell ?? 0n)));
  const ranks = consensus.map((_, j) => sum(column(clipped, j).map((cell, i) => mul(activeStake[i] ?? 0n, cell))));
  const incentive = normalised(ranks);

  const p = proportion(bondsPenalty);
  const between = (cell: bigint, i: number, j: number): bigint | undefined =>
    kept(cell + mul(p, (clipped[i]?.[j] ?? 0n) - cell));
  const bought =
    p === 0n
      ? weights
      : p === ONE
        ? clipped
        : weights.map((row, i) => row.map((cell, j) => (cell === undefined ? undefined : between(cell, i, j))));

  const step = input.lastMechanismStepBlock;
  const lastTempo = step === 0 ? block - tempoBlocks : step + 1;
  const old = input.bonds.map((row) => {
    const cells: Row = lastUpdate.map(() => undefined);
    for (const [j, value] of row) {
      const registered = blockAtRegistration[j];
      if (registered === undefined || lastTempo <= registered) continue;
      cells[j] = yuma3 ? proportion(value) : BigInt(value);
    }
    return cells;
  });

  let bonds: Row[];
  let dividends: bigint[];
  const earned = (rows: readonly Row[]): bigint[] =>
    rows.map((row) => sum(row.map((cell, j) => mul(incentive[j] ?? 0n, cell ?? 0n))));
  if (yuma3) {
    bonds = newBonds(input, bought, old, consensus);
    dividends = normalised(earned(columnsNormalised(bonds)).map((total, i) => mul(total, activeStake[i] ?? 0n)));
  } else {
    const fresh = bought.map((row, i) => row.map((cell) => kept(mul(cell ?? 0n, activeStake[i] ?? 0n))));
    const moved = newBonds(input, columnsNormalised(fresh), columnsNormalised(old), consensus);
    const shares = columnsNormalised(moved);
    dividends = normalised(earned(shares));
    bonds = shares.map((row) =>
      row.map((cell, j) => (cell === undefined ? undefined : div(cell, column(shares, j).reduce(max, 0n)))),
    );
  }

  const total = sum(incentive) + sum(dividends);
  const fallback = sum(activeStake) === 0n ? stake : activeStake;
  const combined = normalised(incentive.map((share, uid) => share + (dividends[uid] ?? 0n)));
  const rao = (shares: readonly bigint[]): bigint[] => shares.map((share) => (share * emissionRao) >> 32n);
  const newPermits = nextPermits(stake, hyperparameters.maxAllowedValidators, input.ownerUid);
  return {
    incentive: incentive.map(u16),
    dividends: dividends.map(u16),
    consensus: consensus.map(u16),
    validatorTrust: trust.map(u16),
    stakeWeight: stake.map(u16),
    active,
    permits: newPermits,
    bonds: bonds.map((row, i) =>
      newPermits[i]
        ? row.flatMap((cell, j) => (cell === undefined || cell === 0n ? [] : [[j, u16(cell)] as const]))
        : [],
    ),
    emissionRao: rao(total === 0n ? fallback : combined),
    serverEmissionRao: rao(incentive.map((share) => div(share, total))),
    validatorEmissionRao: rao(total === 0n ? fallback : dividends.map((share) => div(share, total))),
  };
}
