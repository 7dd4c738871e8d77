import type { Netuid } from "../base/ids.ts";
import { plainBigint } from "./plain.ts";
import { refusedBeforehand } from "./refused-beforehand.ts";
import type { Runtime } from "./runtime.ts";

/** A limit that the chain itself names, as a constant of SubtensorModule. */
interface Bound {
  readonly least?: string;
  readonly most?: string;
  /** The limits themselves are out of bounds. */
  readonly exclusive?: true;
  readonly error: string;
}

/** By the name behind `sudo_set_` or `set_`. @see subtensor coinbase/tempo_control.rs, admin-utils/src/lib.rs (spec 425) */
const BOUNDS: Readonly<Record<string, Bound>> = {
  tempo: { least: "MinTempo", most: "MaxTempo", error: "TempoOutOfBounds" },
  activity_cutoff_factor: {
    least: "MinActivityCutoffFactorMilli",
    most: "MaxActivityCutoffFactorMilli",
    error: "ActivityCutoffFactorMilliOutOfBounds",
  },
  min_burn: { most: "MinBurnUpperBound", exclusive: true, error: "ValueNotInBounds" },
  max_burn: { least: "MaxBurnLowerBound", exclusive: true, error: "ValueNotInBounds" },
};

/**
 * Settings that AdminUtils lets only the chain's root change, by the name behind `sudo_set_`. A later runtime may let owners
 * have them; there the chain is asked.
 *
 * @see subtensor pallets/admin-utils/src/lib.rs, the calls that begin with `ensure_root` (spec 425)
 */
const ROOT_ONLY: ReadonlySet<string> = new Set([
  ...["adjustment_interval", "difficulty", "ema_price_halving_period", "kappa", "max_allowed_validators"],
  ...["max_registrations_per_block", "min_allowed_uids", "min_difficulty", "min_non_immune_uids"],
  ...["network_registration_allowed", "rao_recycled", "subnet_emission_enabled", "subtoken_enabled"],
  ...["target_registrations_per_interval", "weights_set_rate_limit"],
]);
/** The newest runtime whose list of rights is known. */
const KNOWN_SPEC = 461;

/** A setting that is about to be changed. */
export interface SettingTrial {
  readonly netuid: Netuid;
  /** As the user said it. */
  readonly name: string;
  /** Behind `sudo_set_` or `set_`. */
  readonly callName: string;
  /** Its only number; undefined for all other kinds of values. */
  readonly value: bigint | undefined;
}

/**
 * Refuses for nothing what the chain would refuse for a fee: an owner's change of what only root may change, and a number
 * beyond the limits that the chain names.
 *
 * @param by - Root has wider limits for the tempo.
 * @throws ChainRefusedError (13) `chain.bad-origin`, `chain.tempo-out-of-bounds`, `chain.value-not-in-bounds`, …
 */
export function refuseSetting(runtime: Runtime, trial: SettingTrial, by: "owner" | "sudo"): void {
  const { netuid, name, callName, value } = trial;
  if (by === "owner" && ROOT_ONLY.has(callName) && runtime.specVersion <= KNOWN_SPEC) {
    throw refusedBeforehand(
      "BadOrigin",
      { netuid, name },
      `Only the chain's root may change ${name}, no subnet's owner`,
    );
  }
  const bound = BOUNDS[callName];
  if (bound === undefined || value === undefined || (by === "sudo" && callName === "tempo")) return;
  const limit = (constant: string | undefined, towards: bigint): bigint | undefined =>
    constant === undefined || !runtime.hasConstant(SUBTENSOR, constant)
      ? undefined
      : plainBigint(runtime.constant(SUBTENSOR, constant), constant) + (bound.exclusive ? towards : 0n);
  const [least, most] = [limit(bound.least, 1n), limit(bound.most, -1n)];
  if ((least ?? value) <= value && value <= (most ?? value)) return;
  const range = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ].join(" and ");
  const details = { netuid, name, least: least?.toString() ?? null, most: most?.toString() ?? null };
  throw refusedBeforehand(bound.error, details, `${name} is ${range} on this chain, not ${value}`);
}

const SUBTENSOR = "SubtensorModule";
