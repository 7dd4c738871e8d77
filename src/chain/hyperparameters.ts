import type { Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { SubnetMissingError } from "./errors.ts";
import { fractionBits, fromFixedPoint } from "./fixed-point.ts";
import { type Plain, plainBigint, plainBytes, plainList, plainRecord } from "./plain.ts";
import type { CallSpec } from "./runtime.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";

const API = "SubnetInfoRuntimeApi";

/** A subnet's settings by the chain's own names, in the chain's order. @param at - Hash of the block; default the newest. */
export async function fetchHyperparameters(
  client: ChainClient,
  netuid: Netuid,
  at?: string,
): Promise<Readonly<Record<string, string | number | boolean>>> {
  const { runtime } = client;
  const method = ["get_subnet_hyperparams_v3", "get_subnet_hyperparams_v2", "get_subnet_hyperparams"].find((name) =>
    runtime.hasApi(API, name),
  );
  const answer = await client.runtimeCall(API, method ?? "get_subnet_hyperparams_v2", [netuid], at);
  if (answer === null) throw new SubnetMissingError(netuid);
  const entries =
    method?.endsWith("_v3") === true
      ? namedEntries(answer)
      : Object.entries(plainRecord(answer, method ?? API)).map(([name, value]): NamedEntry => [name, value, ""]);
  return Object.fromEntries(entries.map(([name, value, type]) => [snake(name), scalar(value, type, snake(name))]));
}

/** A setting's name, value, and type where the chain says it. */
type NamedEntry = [name: string, value: Plain, type: string];

/** Version 3 is a list of names and tagged values, so that new settings need no new client. */
function namedEntries(answer: Plain): NamedEntry[] {
  return plainList(answer, "the hyperparameters").map((entry) => {
    const { name, value } = plainRecord(entry, "a hyperparameter");
    const [[type, tagged] = ["", null]] = Object.entries(plainRecord(value, "a hyperparameter's value"));
    return [Buffer.from(plainBytes(name, "a hyperparameter's name")).toString("utf8"), tagged, type];
  });
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (char) => `_${char.toLowerCase()}`);

/** Fixed-point settings whose type older answers do not say. */
const FIXED: Readonly<Record<string, string>> = { alpha_sigmoid_steepness: "I32F32" };

/** Fixed-point numbers come as their raw bits; whole numbers beyond 2^53 as hex. */
function scalar(value: Plain, type: string, name: string): string | number | boolean {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return /^0x/.test(value) ? BigInt(value).toString() : value;
  if (value !== null && !Array.isArray(value) && "bits" in value) {
    const { bits } = value as { bits: Plain };
    const fraction = fractionBits(type) ?? fractionBits(FIXED[name] ?? "");
    return fraction === undefined ? scalar(bits, "", name) : fromFixedPoint(plainBigint(bits, name), fraction);
  }
  return JSON.stringify(value);
}

/** A change of one setting, as the chain's own call. */
const setting =
  (name: string, argument: string) =>
  (netuid: Netuid, value: number | bigint | boolean): CallSpec => ({
    pallet: "AdminUtils",
    name,
    args: { netuid, [argument]: value },
  });

/**
 * The settings that an arena's owner or a development chain's sudo turns, each as the call that does it; the caller
 * prints what it does.
 */
export const setHyperparameter = {
  tempo: setting("sudo_set_tempo", "tempo"),
  weightsSetRateLimit: setting("sudo_set_weights_set_rate_limit", "weights_set_rate_limit"),
  servingRateLimit: setting("sudo_set_serving_rate_limit", "serving_rate_limit"),
  commitRevealWeightsEnabled: setting("sudo_set_commit_reveal_weights_enabled", "enabled"),
  commitRevealPeriodEpochs: setting("sudo_set_commit_reveal_weights_interval", "interval"),
  immunityPeriod: setting("sudo_set_immunity_period", "immunity_period"),
  minAllowedWeights: setting("sudo_set_min_allowed_weights", "min_allowed_weights"),
  maxAllowedUids: setting("sudo_set_max_allowed_uids", "max_allowed_uids"),
  maxAllowedValidators: setting("sudo_set_max_allowed_validators", "max_allowed_validators"),
  networkRegistrationAllowed: setting("sudo_set_network_registration_allowed", "registration_allowed"),
  weightsVersionKey: setting("sudo_set_weights_version_key", "weights_version_key"),
  mechanismCount: setting("sudo_set_mechanism_count", "mechanism_count"),
  kappa: setting("sudo_set_kappa", "kappa"),
  activityCutoffFactor: setting("sudo_set_activity_cutoff_factor", "factor_milli"),
  yuma3Enabled: setting("sudo_set_yuma3_enabled", "enabled"),
} as const;

/** Has the chain's sudo key make a call. @throws ChainRefusedError where the call itself fails, too. */
export function submitAsSudo(
  client: ChainClient,
  sudo: Signer,
  call: CallSpec,
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const wrapped = { pallet: "Sudo", name: "sudo", args: { call: client.runtime.call(call) } };
  return submit(client, wrapped, sudo, {
    ...options,
    about: { inner: `${call.pallet}.${call.name}`, ...options.about },
  });
}
