const ONE = 4_294_967_296n;
const HALF = 2_147_483_648n;

/** What the price of a slot moves between and by. Defaults of a registered subnet: node-subtensor spec 425. */
export interface BurnSettings {
  /** MinBurn, default 500 000 rao. */
  readonly minBurnRao: bigint;
  /** MaxBurn, default 100 × 10⁹ rao. */
  readonly maxBurnRao: bigint;
  /** BurnHalfLife, blocks; 0 means that the price never falls. Default 360. */
  readonly halfLifeBlocks: number;
  /** BurnIncreaseMult, 64 fractional bits. Default {@link DEFAULT_BURN_INCREASE_BITS}. */
  readonly increaseBits: bigint;
}

/** 1.26 as the chain keeps it (U64F64). */
export const DEFAULT_BURN_INCREASE_BITS = 23_242_897_532_874_035_200n;

export const DEFAULT_BURN_SETTINGS: BurnSettings = {
  minBurnRao: 500_000n,
  maxBurnRao: 100_000_000_000n,
  halfLifeBlocks: 360,
  increaseBits: DEFAULT_BURN_INCREASE_BITS,
};

const clamped = (rao: bigint, { minBurnRao, maxBurnRao }: BurnSettings): bigint =>
  rao < minBurnRao ? minBurnRao : rao > maxBurnRao ? maxBurnRao : rao;

/** base^exponent in Q32, floored at each product of square-and-multiply, as the runtime does. */
function powerQ32(base: bigint, exponent: number): bigint {
  let result = ONE;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) >> 32n;
    square = (square * square) >> 32n;
  }
  return result;
}

/**
 * The factor by which the price falls each block, Q32: the largest whose `halfLife`-th power is at most one half,
 * found by bisection; 2³² (no fall) for a half life of 0.
 *
 * @param halfLifeBlocks - Whole, 0…65535.
 */
export function burnDecayFactor(halfLifeBlocks: number): bigint {
  if (halfLifeBlocks === 0) return ONE;
  let low = 0n;
  let high = ONE;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (powerQ32(middle, halfLifeBlocks) > HALF) high = middle;
    else low = middle;
  }
  return low;
}

/**
 * The price after one block's decay, which runs before the block's extrinsics (and not in block 1).
 *
 * @param factor - {@link burnDecayFactor} of the half life, if the caller keeps it.
 */
export const burnAfterBlock = (
  burnRao: bigint,
  settings: BurnSettings,
  factor: bigint = burnDecayFactor(settings.halfLifeBlocks),
): bigint => clamped((burnRao * factor) >> 32n, settings);

/** The price after somebody registered at `burnRao`: raised at once, so that each in a block pays more than the last. */
export function burnAfterRegistration(burnRao: bigint, settings: BurnSettings): bigint {
  const mult = settings.increaseBits < 1n << 64n ? 1n << 64n : settings.increaseBits;
  return clamped((burnRao * mult) >> 64n, settings);
}

/** A neuron that might lose its slot. */
export interface SlotHolder {
  readonly uid: number;
  /** `Emission` of the last epoch, rao; 0 for a newcomer until one ran. */
  readonly emissionRao: bigint;
  readonly blockAtRegistration: number;
}

export interface EvictionInput {
  readonly neurons: readonly SlotHolder[];
  readonly block: number;
  /** Blocks during which a newcomer is immune; age = period is not immune any more. */
  readonly immunityPeriodBlocks: number;
  /** Non-immune neurons that the rule wants to keep; default 10. */
  readonly minNonImmuneUids: number;
  /** uid of the owner's hotkey, if registered. It never loses its slot. */
  readonly ownerUid: number | undefined;
  /** uids of the owner's coldkey in the chain's order; the first of them are exempt too. */
  readonly ownerColdkeyUids: readonly number[];
  /** How many, the owner's hotkey included; default 1. */
  readonly immuneOwnerUidsLimit: number;
}

/** Whether a neuron is still immune: younger than the period. */
export const isImmune = (block: number, blockAtRegistration: number, immunityPeriodBlocks: number): boolean =>
  block - blockAtRegistration < immunityPeriodBlocks;

/** Lowest emission first, then oldest, then lowest uid: the order in which slots are lost. */
export const byEvictionOrder = (a: SlotHolder, b: SlotHolder): number =>
  (a.emissionRao < b.emissionRao ? -1 : a.emissionRao > b.emissionRao ? 1 : 0) ||
  a.blockAtRegistration - b.blockAtRegistration ||
  a.uid - b.uid;

/** The uids that are never evicted: the owner's hotkey and others of its coldkey up to the limit. */
function exemptUids({ ownerUid, ownerColdkeyUids, immuneOwnerUidsLimit }: EvictionInput): ReadonlySet<number> {
  const others = ownerColdkeyUids.filter((uid) => uid !== ownerUid);
  const room = ownerUid === undefined ? immuneOwnerUidsLimit : immuneOwnerUidsLimit - 1;
  const owner = ownerUid === undefined ? [] : [ownerUid];
  return new Set([...owner, ...others.slice(0, Math.max(0, room))]);
}

/** Who could lose a slot, without and with immunity, each in the order in which it would happen. */
function candidates(input: EvictionInput): { free: SlotHolder[]; immune: SlotHolder[] } {
  const exempt = exemptUids(input);
  const free: SlotHolder[] = [];
  const immune: SlotHolder[] = [];
  for (const neuron of input.neurons) {
    if (exempt.has(neuron.uid)) continue;
    const kept = isImmune(input.block, neuron.blockAtRegistration, input.immunityPeriodBlocks);
    (kept ? immune : free).push(neuron);
  }
  return { free: free.sort(byEvictionOrder), immune: immune.sort(byEvictionOrder) };
}

/**
 * Everybody who could lose a slot, next one first: what a rank from the bottom counts. Non-immune neurons come first
 * if there are more of them than must be kept, else the immune ones do.
 */
export function evictionOrder(input: EvictionInput): SlotHolder[] {
  const { free, immune } = candidates(input);
  return free.length > input.minNonImmuneUids ? [...free, ...immune] : [...immune, ...free];
}

/**
 * Who loses its slot to a newcomer in a full subnet.
 *
 * Non-immune neurons go first only while there are more of them than `minNonImmuneUids`; else an immune one goes, and
 * if there is none either, nobody does.
 *
 * @returns Its uid, or undefined (the chain answers `NoNeuronIdAvailable`).
 * @see node-subtensor spec 425; checked against recorded registrations in a full subnet. The chain's corner case of
 * `ImmuneOwnerUidsLimit` 0, where it charges and replaces nobody, is left out: the owner's hotkey is always exempt.
 */
export function chooseEvicted(input: EvictionInput): number | undefined {
  const { free, immune } = candidates(input);
  return (free.length > input.minNonImmuneUids ? free[0] : immune[0])?.uid;
}
