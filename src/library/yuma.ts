/**
 * `colosseum/yuma`: what the chain computes, bit for bit: the epoch, the price of a slot, who loses one.
 *
 * ```ts
 * import { burnAfterBlock, DEFAULT_BURN_SETTINGS } from "colosseum/yuma";
 *
 * let price = 1_000_000_000n; // rao
 * for (let block = 0; block < 360; block++) price = burnAfterBlock(price, DEFAULT_BURN_SETTINGS);
 * console.log(price); // half, after one half life
 * ```
 *
 * @packageDocumentation
 */

export { runEpoch } from "../yuma/epoch.ts";
export {
  DEFAULT_TAO_WEIGHT,
  type EpochHyperparameters,
  type EpochInput,
  type EpochOutput,
  type PendingCommit,
  REGISTERED_SUBNET_HYPERPARAMETERS,
  type SparseRow,
} from "../yuma/epoch-types.ts";
export {
  type BurnSettings,
  burnAfterBlock,
  burnAfterRegistration,
  burnDecayFactor,
  byEvictionOrder,
  chooseEvicted,
  DEFAULT_BURN_INCREASE_BITS,
  DEFAULT_BURN_SETTINGS,
  type EvictionInput,
  evictionOrder,
  isImmune,
  type SlotHolder,
} from "../yuma/registration.ts";
