import { taoWeightQ32 } from "./stake.ts";

/** What accrues to a started subnet in one block before anything is split, rao of alpha (at an issuance below the first halving). */
export const ALPHA_PER_BLOCK_RAO = 1_000_000_000n;
/** SubnetOwnerCut and the default delegate take, u16: 17.9995 %. */
export const DEFAULT_CUT_U16 = 11_796;

/** A u16 share in Q32: floor(value × 2³² / 65535). */
export const cutQ32 = (valueU16: number): bigint => (BigInt(valueU16) << 32n) / 65_535n;

export interface AccrualInput {
  /** Alpha issued to the subnet in this block, rao; {@link ALPHA_PER_BLOCK_RAO} unless halved. */
  readonly alphaOutRao: bigint;
  /** SubnetOwnerCut, u16. */
  readonly ownerCutU16: number;
  /** SubnetTAO of netuid 0, rao. */
  readonly rootTaoRao: bigint;
  /** TaoWeight as stored. */
  readonly taoWeight: bigint;
  /** SubnetAlphaIn + SubnetAlphaOut, rao, before this block. */
  readonly alphaIssuanceRao: bigint;
  /** Whether the moving prices of the emitting subnets sum to more than 1: only then root is paid. */
  readonly rootPaid: boolean;
}

/** What one block adds to PendingOwnerCut, PendingServerEmission, PendingValidatorEmission, PendingRootAlphaDivs. Rao. */
export interface Accrual {
  readonly ownerCutRao: bigint;
  readonly serverRao: bigint;
  readonly validatorRao: bigint;
  readonly rootRao: bigint;
  /** The root part that nobody gets; alpha out grows by this much less. */
  readonly recycledRao: bigint;
}

/**
 * Splits one block's alpha: the owner's cut first, half of the rest to miners, half to validators less the root part.
 * Root's part of that half is T ÷ (T + alpha issuance), T being the TAO at root times TaoWeight and the issuance that
 * after this block's.
 *
 * @see node-subtensor spec 425, `run_coinbase`; checked against recorded blocks.
 */
export function accrueBlock(input: AccrualInput): Accrual {
  const owner = input.alphaOutRao * cutQ32(input.ownerCutU16);
  const rest = (input.alphaOutRao << 32n) - owner;
  const half = rest / 2n;
  const rootTao = input.rootTaoRao * taoWeightQ32(input.taoWeight);
  const all = rootTao + ((input.alphaIssuanceRao + input.alphaOutRao) << 32n);
  const rootShare = all === 0n ? 0n : (rootTao << 32n) / all;
  const root = (half * rootShare) >> 32n;
  const rootRao = root >> 32n;
  return {
    ownerCutRao: owner >> 32n,
    serverRao: half >> 32n,
    validatorRao: (rest - half - root) >> 32n,
    rootRao: input.rootPaid ? rootRao : 0n,
    recycledRao: input.rootPaid ? 0n : rootRao,
  };
}
