import { cutQ32 } from "./emission.ts";
import { taoWeightQ32 } from "./stake.ts";

/** A part of 2⁶⁴ − 1 as a Q32 fraction, rounded down: how proportions between hotkeys, TaoWeight and CKBurn are read. */
export const shareQ32 = taoWeightQ32;

const ONE_Q32 = 1n << 32n;
const lessOrZero = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);

/** A hotkey that lends a part of its stake to another. */
export interface Lender {
  /** Part of 2⁶⁴ − 1. */
  readonly proportion: bigint;
  /** The lender's own stake, rao. */
  readonly stakeRao: bigint;
}

/**
 * What a hotkey's stake counts for in a subnet: its own, less what it lends to its children, plus what its parents lend
 * to it. Only own stake is lent on: nothing passes through two hands.
 *
 * @param lentProportions - One for each child, parts of 2⁶⁴ − 1.
 * @returns Rao, rounded down.
 * @see node-subtensor spec 425, get_inherited_for_hotkey_on_subnet.
 */
export function inheritedRao(ownRao: bigint, lentProportions: readonly bigint[], parents: readonly Lender[]): bigint {
  const lent = lentProportions.reduce((sum, proportion) => sum + ownRao * shareQ32(proportion), 0n);
  const borrowed = parents.reduce((sum, { proportion, stakeRao }) => sum + stakeRao * shareQ32(proportion), 0n);
  return (lessOrZero(ownRao << 32n, lent) + borrowed) >> 32n;
}

export interface ParentStake {
  /** Part of 2⁶⁴ − 1 of the parent's stake. */
  readonly proportion: bigint;
  readonly alphaRao: bigint;
  readonly rootRao: bigint;
  /** Whether child and parent belong to one coldkey: then the child takes nothing. */
  readonly sameOwner: boolean;
}

export interface DividendInput {
  /** What the child earned as a validator, rao. */
  readonly dividendRao: bigint;
  /** Childkey take, u16. */
  readonly takeU16: number;
  /** CKBurn as stored: part of 2⁶⁴ − 1 of what goes to strangers that is burned. */
  readonly burn: bigint;
  /** TaoWeight as stored. */
  readonly taoWeight: bigint;
  readonly own: { readonly alphaRao: bigint; readonly rootRao: bigint; readonly lentProportions: readonly bigint[] };
  readonly parents: readonly ParentStake[];
}

/** Rao; `parentRao` in the order of the parents. */
export interface DividendSplit {
  readonly ownRao: bigint;
  readonly parentRao: readonly bigint[];
  readonly burnedRao: bigint;
}

/**
 * Shares a child's dividend with its parents by what each contributed to its stake, less the child's take.
 *
 * @see node-subtensor spec 425, get_parent_child_dividends_distribution.
 */
export function splitDividend(input: DividendInput): DividendSplit {
  const weight = shareQ32(input.taoWeight);
  const contribution = (alphaRao: bigint, rootRao: bigint, share: bigint): bigint =>
    alphaRao * share + ((rootRao * share * weight) >> 32n);
  const kept = input.own.lentProportions.reduce((left, proportion) => lessOrZero(left, shareQ32(proportion)), ONE_Q32);
  // The chain turns its own contribution, and only that, into whole rao.
  const own = (contribution(input.own.alphaRao, input.own.rootRao, kept) >> 32n) << 32n;
  const contributions = input.parents.map(({ alphaRao, rootRao, proportion }) =>
    contribution(alphaRao, rootRao, shareQ32(proportion)),
  );
  const total = contributions.reduce((sum, part) => sum + part, own);
  let left = input.dividendRao << 32n;
  let taken = 0n;
  let burnedRao = 0n;
  const parentRao = input.parents.map(({ sameOwner }, i) => {
    const factor = total === 0n ? 0n : ((contributions[i] ?? 0n) << 32n) / total;
    const earned = input.dividendRao * factor;
    left = lessOrZero(left, earned);
    if (sameOwner) return earned >> 32n;
    const burned = (shareQ32(input.burn) * earned) >> 32n;
    const take = (cutQ32(input.takeU16) * earned) >> 32n;
    taken += take;
    burnedRao += burned >> 32n;
    return lessOrZero(lessOrZero(earned, burned), take) >> 32n;
  });
  return { ownRao: (left + taken) >> 32n, parentRao, burnedRao };
}
