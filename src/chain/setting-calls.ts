import { UsageError } from "../base/errors.ts";
import type { Netuid } from "../base/ids.ts";
import { closest } from "../base/text.ts";
import { fromFixedPoint, toFixedPoint } from "./fixed-point.ts";
import type { CallSpec, Runtime } from "./runtime.ts";

/** A setting somebody wants changed, as typed: `tempo=100`, `alpha_values=45875,58982`. */
export interface SettingWish {
  readonly name: string;
  readonly values: readonly string[];
}

/** Names under which the chain shows a setting, where the call that changes it has another. */
const CALL_NAMES: Readonly<Record<string, string>> = {
  weights_rate_limit: "weights_set_rate_limit",
  weights_version: "weights_version_key",
  commit_reveal_period: "commit_reveal_weights_interval",
  registration_allowed: "network_registration_allowed",
  target_regs_per_interval: "target_registrations_per_interval",
  max_regs_per_block: "max_registrations_per_block",
  max_validators: "max_allowed_validators",
  bonds_moving_avg: "bonds_moving_average",
  transfers_enabled: "toggle_transfer",
  subnet_is_active: "subtoken_enabled",
};
const SHOWN_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(CALL_NAMES).map(([shown, call]) => [call, shown]),
);

/** The name under which `subnet hyperparameters` shows what a setting's call changes. */
export const shownName = (name: string): string => SHOWN_NAMES.get(callName(name)) ?? name;

/** What a setting is called behind `sudo_set_`. */
export const callName = (name: string): string => CALL_NAMES[name] ?? name;

/** A setting's value as JSON has it: numbers beyond 2^53 as text. */
export type SettingValue = string | number | boolean;

/** Types that can be written in one word on a command line. */
const SIMPLE = /^(?:bool|[ui]\d+|PerU16)$/;
/** The one fixed-point type among the arguments, U64F64. @see subtensor admin-utils sudo_set_burn_increase_mult */
const FIXED = '{"bits":"u128"}';
const FIXED_FRACTION = 64;
const isSimple = (type: string): boolean => SIMPLE.test(type) || type === FIXED || variantsOf(type) !== undefined;

/** The variants of an enum without fields; undefined for any other type. */
function variantsOf(type: string): readonly string[] | undefined {
  if (!type.startsWith('{"_enum":')) return undefined;
  const { _enum: variants } = JSON.parse(type) as { _enum: unknown };
  if (Array.isArray(variants)) return variants.map(String);
  const entries = Object.entries((variants ?? {}) as Record<string, unknown>);
  return entries.every(([, value]) => typeof value === "number" || value === "Null")
    ? entries.map(([name]) => name)
    : undefined;
}

interface SettingCall {
  readonly pallet: string;
  readonly name: string;
  /** Behind the netuid. */
  readonly arguments: readonly { readonly name: string; readonly type: string }[];
}

function callIn(runtime: Runtime, pallet: string, name: string): SettingCall | undefined {
  if (!runtime.hasCall(pallet, name)) return undefined;
  const [first, ...rest] = runtime.callArguments(pallet, name);
  const fits = first?.name === "netuid" && rest.length > 0 && rest.every(({ type }) => isSimple(type));
  return fits ? { pallet, name, arguments: rest } : undefined;
}

/** The settings of a subnet that this chain lets somebody change, by name, in alphabetical order. */
export function settableNames(runtime: Runtime): readonly string[] {
  const names = runtime
    .callNames("AdminUtils")
    .filter((name) => name.startsWith("sudo_set_") && callIn(runtime, "AdminUtils", name) !== undefined)
    .map((name) => name.slice("sudo_set_".length));
  const owners = runtime
    .callNames("SubtensorModule")
    .filter((name) => OWNERS_OWN.has(name) && callIn(runtime, "SubtensorModule", name) !== undefined)
    .map((name) => name.slice("set_".length));
  return [...new Set([...names, ...owners].map(shownName))].sort();
}

/** Calls that only an owner may make, beside the ones of AdminUtils. @see subtensor calls 139, 140 */
const OWNERS_OWN: ReadonlySet<string> = new Set(["set_tempo", "set_activity_cutoff_factor"]);

/** A change that was typed, read by the types of the call. */
export interface ReadWish {
  readonly call: CallSpec;
  /** As `subnet hyperparameters` would show it; several values as text with commas. */
  readonly to: SettingValue;
  /** The only number; undefined for all other kinds of values. */
  readonly number: bigint | undefined;
}

/**
 * The call that changes a setting, with the values that were typed.
 *
 * @param by - The subnet's owner has calls of its own for some; all others are shared with the chain's sudo.
 * @throws UsageError `usage.hyperparameter` for a name the chain cannot set, or a value that does not fit.
 */
export function settingCall(runtime: Runtime, netuid: Netuid, wish: SettingWish, by: "owner" | "sudo"): ReadWish {
  const name = callName(wish.name);
  const own = OWNERS_OWN.has(`set_${name}`) ? callIn(runtime, "SubtensorModule", `set_${name}`) : undefined;
  const shared = callIn(runtime, "AdminUtils", `sudo_set_${name}`);
  const call = by === "owner" ? (own ?? shared) : (shared ?? own);
  if (call === undefined) throw noSuchSetting(runtime, wish.name);
  if (wish.values.length !== call.arguments.length) {
    const wanted = call.arguments.map((argument) => argument.name).join(",");
    throw badValue(
      wish,
      `it takes ${call.arguments.length === 1 ? "one value" : `${call.arguments.length} values`}`,
      wanted,
    );
  }
  const values = call.arguments.map(({ type }, index) => readValue(wish, wish.values[index] ?? "", type));
  const named = call.arguments.map(({ name: argument }, index) => [argument, values[index]?.argument]);
  const [only] = values;
  return {
    call: { pallet: call.pallet, name: call.name, args: { netuid, ...Object.fromEntries(named) } },
    to: only !== undefined && values.length === 1 ? only.shown : values.map(({ shown }) => shown).join(","),
    number: typeof only?.argument === "bigint" && values.length === 1 ? only.argument : undefined,
  };
}

interface ReadValue {
  readonly argument: boolean | bigint | string | { readonly bits: bigint };
  readonly shown: SettingValue;
}

const YES = /^(?:true|on|yes)$/i;
const NO = /^(?:false|off|no)$/i;

function readValue(wish: SettingWish, text: string, type: string): ReadValue {
  const variants = variantsOf(type);
  if (variants !== undefined) {
    const variant = variants.find((one) => one.toLowerCase() === text.toLowerCase());
    if (variant !== undefined) return { argument: variant, shown: variant };
    throw badValue(wish, `it is ${variants.join(" or ")}`, variants[0] ?? "");
  }
  if (type === "bool") {
    if (YES.test(text)) return { argument: true, shown: true };
    if (NO.test(text)) return { argument: false, shown: false };
    throw badValue(wish, "it is true or false", "true");
  }
  if (type === FIXED) {
    const bits = toFixedPoint(text, FIXED_FRACTION);
    if (bits !== undefined && bits < 2n ** 128n) {
      return { argument: { bits }, shown: fromFixedPoint(bits, FIXED_FRACTION) };
    }
    throw badValue(wish, "it is a decimal number from 0", "1.5");
  }
  const bits = BigInt(/\d+/.exec(type)?.[0] ?? 0);
  const [least, most] = type.startsWith("i") ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n];
  const value = /^-?\d{1,40}$/.test(text) ? BigInt(text) : undefined;
  if (value !== undefined && value >= least && value <= most) {
    const isSafe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
    return { argument: value, shown: isSafe ? Number(value) : value.toString() };
  }
  throw badValue(wish, `it is a whole number from ${least} to ${most}`, "N");
}

const noSuchSetting = (runtime: Runtime, name: string): UsageError => {
  const near = closest(name, settableNames(runtime));
  return new UsageError(`This chain has no setting "${name.slice(0, 60)}" that can be changed.`, {
    code: "usage.hyperparameter",
    hint:
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : `There are: ${settableNames(runtime).slice(0, 12).join(", ")}, …`,
    details: { name },
  });
};

const badValue = (wish: SettingWish, why: string, example: string): UsageError =>
  new UsageError(`"${wish.values.join(",").slice(0, 60)}" cannot be the value of ${wish.name}: ${why}.`, {
    code: "usage.hyperparameter",
    hint: `Give it as: --set ${wish.name}=${example}`,
    details: { name: wish.name },
  });
