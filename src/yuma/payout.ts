import { cutQ32 } from "./emission.ts";
import { taoWeightQ32 } from "./stake.ts";

export interface PayoutInput {
  /** From the epoch: what each uid earned as a miner, rao. */
  readonly serverEmissionRao: readonly bigint[];
  /** From the epoch: what each uid's share of the validators' pool goes by, rao. */
  readonly validatorEmissionRao: readonly bigint[];
  /** Stakes before the payout, by uid, rao. */
  readonly alphaStakeRao: readonly bigint[];
  readonly rootStakeRao: readonly bigint[];
  /** Pending amounts that the epoch drained, rao. */
  readonly pendingServerRao: bigint;
  readonly pendingValidatorRao: bigint;
  readonly pendingRootRao: bigint;
  /** uids whose incentive is burned: the owner's hotkey, and hotkeys of the owner's coldkey. */
  readonly burnedUids: ReadonlySet<number>;
  /** TaoWeight as stored. */
  readonly taoWeight: bigint;
  /** Delegate take by uid, u16; default 11796. */
  readonly takeU16: readonly number[];
}

/** Rao by uid. */
export interface Payout {
  /** To the miner's own stake. */
  readonly minerRao: readonly bigint[];
  /** Taken out of existence instead. */
  readonly burnedRao: readonly bigint[];
  /** Alpha that the hotkey's owner takes. */
  readonly alphaTakeRao: readonly bigint[];
  /** Alpha to all stakers of the hotkey, the owner among them. */
  readonly alphaDividendsRao: readonly bigint[];
  /** The owner's take of the root part, in alpha. */
  readonly rootTakeRao: readonly bigint[];
  /** To the claims of those who stake at root. */
  readonly rootDividendsRao: readonly bigint[];
  /** MinerBurned: burned ÷ all server emission, unsigned with 32 fractional bits. */
  readonly minerBurnedBits: bigint;
}

const div = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : (a << 32n) / b);
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** pool × value ÷ Σ values, split into the owner's take and the rest; all with 32 fractional bits until the end. */
function paid(
  poolRao: bigint,
  values: readonly bigint[],
  takeU16: readonly number[],
): { takes: bigint[]; rests: bigint[] } {
  const total = sum(values);
  const takes: bigint[] = [];
  const rests: bigint[] = [];
  values.forEach((value, uid) => {
    const amount = poolRao * div(value, total);
    const take = (amount * cutQ32(takeU16[uid] ?? 0)) >> 32n;
    takes.push(take >> 32n);
    rests.push((amount - take) >> 32n);
  });
  return { takes, rests };
}

/**
 * Turns an epoch's emission into payments, to the rao. A validator's part is split by where its stake is: what its
 * TAO at root earned comes from the root pool, the rest from the validators' alpha. If no miner earned anything, the
 * miners' pool goes to the validators.
 *
 * @see node-subtensor spec 425, `distribute_emission` without parents and children; checked against recorded epochs.
 */
export function payOut(input: PayoutInput): Payout {
  const weight = taoWeightQ32(input.taoWeight);
  const rootParts: bigint[] = [];
  const alphaParts: bigint[] = [];
  input.validatorEmissionRao.forEach((emission, uid) => {
    const rootStake = (input.rootStakeRao[uid] ?? 0n) * weight;
    const share = div(rootStake, ((input.alphaStakeRao[uid] ?? 0n) << 32n) + rootStake);
    rootParts.push(emission * share);
    alphaParts.push((emission << 32n) - emission * share);
  });
  const serverTotal = sum(input.serverEmissionRao);
  const pool = input.pendingValidatorRao + (serverTotal === 0n ? input.pendingServerRao : 0n);
  const alpha = paid(pool, alphaParts, input.takeU16);
  const root = paid(input.pendingRootRao, rootParts, input.takeU16);
  const isBurned = (uid: number): boolean => input.burnedUids.has(uid);
  const burnedRao = input.serverEmissionRao.map((rao, uid) => (isBurned(uid) ? rao : 0n));
  return {
    minerRao: input.serverEmissionRao.map((rao, uid) => (isBurned(uid) ? 0n : rao)),
    burnedRao,
    alphaTakeRao: alpha.takes,
    alphaDividendsRao: alpha.rests,
    rootTakeRao: root.takes,
    rootDividendsRao: root.rests,
    minerBurnedBits: div(sum(burnedRao), serverTotal),
  };
}
