import { isJsonObject, type JsonObject } from "../../base/json-object.ts";
import { decodeSs58 } from "../../base/ss58.ts";
import { parseTao } from "../../base/units.ts";
import { devAccount } from "../dev-accounts.ts";
import { schema } from "../engine/schema.ts";
import { toHex } from "../scale/bytes.ts";
import { ScaffoldError } from "./scaffold-error.ts";

/** A hotkey in a subnet. Accounts are 0x-hex of public keys. */
export interface PlannedNeuron {
  readonly hotkey: string;
  readonly coldkey: string;
  /** TAO that buys the subnet's alpha for the hotkey, rao. */
  readonly stakeRao: bigint;
}

/** A call of AdminUtils that sets a hyperparameter; `argument` is what it calls the value. */
export interface PlannedSetting {
  readonly name: string;
  readonly call: string;
  readonly argument: string;
  readonly value: bigint | number | boolean;
}

export interface PlannedSubnet {
  readonly owner: string;
  readonly ownerHotkey: string;
  readonly start: boolean;
  readonly settings: readonly PlannedSetting[];
  readonly neurons: readonly PlannedNeuron[];
}

const MAX_SUBNETS = 32;
const MAX_NEURONS = 256;
/** Longer ones are more likely a mistyped address, which has 48 characters. */
const MAX_ACCOUNT_NAME = 40;

function fieldsOf(value: unknown, where: string, known: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new ScaffoldError(where, "must be an object");
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw new ScaffoldError(`${where}.${name}`, `is unknown; known are ${known.join(", ")}`);
  }
  return value as JsonObject;
}

function listOf(value: unknown, where: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new ScaffoldError(where, "must be a list");
  if (value.length > most) throw new ScaffoldError(where, `has ${value.length} entries; at most ${most} are possible`);
  return value;
}

/** An account is an SS58 address, or a name: that of a key derived from the published phrase. */
function accountOf(value: unknown, where: string): string {
  if (typeof value === "string") {
    const key = decodeSs58(value);
    if (key !== undefined) return toHex(key);
    if (/^[A-Za-z][A-Za-z0-9-]*$/.test(value) && value.length <= MAX_ACCOUNT_NAME) return devAccount(value).account;
  }
  throw new ScaffoldError(where, "must be an SS58 address with prefix 42, or a name such as Alice or miner-1");
}

function stakeOf(value: unknown, where: string): bigint {
  if (value === undefined) return 0n;
  try {
    if (typeof value === "string") return parseTao(value);
  } catch {
    // Said below, with the place.
  }
  throw new ScaffoldError(where, 'must be an amount of TAO as text, such as "1000" or "1.5"');
}

const BITS: Readonly<Record<string, number>> = { u8: 8, u16: 16, u32: 32, u64: 64, u128: 128 };

/** @param type - As the call's table writes it. */
function settingValue(value: unknown, type: string, where: string): bigint | number | boolean {
  if (type === "bool") {
    if (typeof value !== "boolean") throw new ScaffoldError(where, "must be true or false");
    return value;
  }
  const bits = BITS[type];
  if (bits === undefined)
    throw new ScaffoldError(where, `takes a ${type}, which a scaffold cannot say; set it by sudo`);
  const most = (1n << BigInt(bits)) - 1n;
  const whole =
    (typeof value === "number" && Number.isSafeInteger(value)) ||
    (typeof value === "string" && /^[0-9]{1,39}$/.test(value));
  const number = whole ? BigInt(value) : -1n;
  if (number < 0n || number > most) {
    throw new ScaffoldError(where, `must be a whole number from 0 to ${most}, as a number or as text`);
  }
  return bits > 32 ? number : Number(number);
}

function settingsOf(value: unknown, where: string): PlannedSetting[] {
  if (value === undefined) return [];
  const calls = new Map(schema.pallet("AdminUtils").calls.map((call) => [call.name, call]));
  return Object.entries(fieldsOf(value, where, Object.keys(value ?? {}))).map(([name, raw]) => {
    const call = calls.get(`sudo_set_${name}`);
    const [netuid, argument] = call?.fields ?? [];
    if (call === undefined || netuid?.name !== "netuid" || argument?.name === undefined || call.fields.length !== 2) {
      throw new ScaffoldError(`${where}.${name}`, `is no hyperparameter of a subnet (AdminUtils.sudo_set_${name})`);
    }
    const type = argument.type.kind === "primitive" ? argument.type.name : argument.type.kind;
    return { name, call: call.name, argument: argument.name, value: settingValue(raw, type, `${where}.${name}`) };
  });
}

function subnetOf(value: unknown, where: string): PlannedSubnet {
  const fields = fieldsOf(value, where, ["owner", "ownerHotkey", "start", "hyperparameters", "neurons"]);
  const { start = true } = fields as { start?: unknown };
  if (typeof start !== "boolean") throw new ScaffoldError(`${where}.start`, "must be true or false");
  const ownerHotkey = accountOf(fields["ownerHotkey"], `${where}.ownerHotkey`);
  const seen = new Set<string>([ownerHotkey]);
  const neurons = listOf(fields["neurons"] ?? [], `${where}.neurons`, MAX_NEURONS - 1).map((entry, index) => {
    const at = `${where}.neurons[${index}]`;
    const neuron = fieldsOf(entry, at, ["hotkey", "coldkey", "stakeTao"]);
    const hotkey = accountOf(neuron["hotkey"], `${at}.hotkey`);
    if (seen.has(hotkey)) throw new ScaffoldError(`${at}.hotkey`, "is in this subnet already");
    seen.add(hotkey);
    const stakeRao = stakeOf(neuron["stakeTao"], `${at}.stakeTao`);
    if (stakeRao > 0n && !start) throw new ScaffoldError(`${at}.stakeTao`, "needs a subnet that is started");
    return { hotkey, coldkey: accountOf(neuron["coldkey"], `${at}.coldkey`), stakeRao };
  });
  return {
    owner: accountOf(fields["owner"], `${where}.owner`),
    ownerHotkey,
    start,
    settings: settingsOf(fields["hyperparameters"], `${where}.hyperparameters`),
    neurons,
  };
}

/**
 * Reads what a scaffold file asks for; every value is checked before anything is done.
 *
 * @param value - Parsed JSON: `{ "subnets": [ { owner, ownerHotkey, start?, hyperparameters?, neurons? } ] }`.
 * @throws ScaffoldError with the place in the file.
 */
export function parseScaffold(value: unknown): readonly PlannedSubnet[] {
  const { subnets } = fieldsOf(value, "$", ["subnets"]);
  return listOf(subnets, "$.subnets", MAX_SUBNETS).map((subnet, index) => subnetOf(subnet, `$.subnets[${index}]`));
}
