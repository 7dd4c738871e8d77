import { encodeSs58 } from "../../../base/ss58.ts";
import { shortAddress } from "../../../base/text.ts";
import type { RuntimeCall } from "../../../localnet/runtime/runtime.ts";
import { fromHex } from "../../../localnet/scale/bytes.ts";

/** Account (0x-hex of its public key) → a name that people know it by. */
export type Names = ReadonlyMap<string, string>;

/** Events that say nothing about what an extrinsic did. */
const USUAL: ReadonlySet<string> = new Set([
  "System.ExtrinsicSuccess",
  "System.ExtrinsicFailed",
  "TransactionPayment.TransactionFeePaid",
  "Balances.Withdraw",
]);

/** Whether an event belongs to every extrinsic: how it ended, and what it cost. */
export const isUsual = (pallet: string, name: string): boolean => USUAL.has(`${pallet}.${name}`);

/** Longer lists are only counted. */
const SHOWN_ITEMS = 4;

/** Who an account is: its name, else its address, short. */
export const accountText = (account: string, names: Names): string =>
  names.get(account) ?? shortAddress(encodeSs58(fromHex(account)));

/** A call with its arguments on one line: `Balances.transfer_all dest=Bob keep_alive=false`. */
export const callText = ({ pallet, name, args }: RuntimeCall, names: Names): string =>
  [`${pallet}.${name}`, ...fieldTexts(args, names)].join(" ");

/** An event with its fields on one line. */
export const eventText = (pallet: string, name: string, fields: unknown, names: Names): string => {
  const parts =
    fields === undefined
      ? []
      : isRecord(fields)
        ? fieldTexts(fields, names)
        : [fields].flat().map((value) => valueText(value, names));
  return [`${pallet}.${name}`, ...parts].join(" ");
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const fieldTexts = (fields: Readonly<Record<string, unknown>>, names: Names): string[] =>
  Object.entries(fields).map(([name, value]) => `${name}=${valueText(value, names)}`);

function valueText(value: unknown, names: Names): string {
  if (value === undefined || value === null) return "none";
  if (value instanceof Uint8Array)
    return value.length > 16 ? `${value.length} bytes` : `0x${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) {
    return value.length > SHOWN_ITEMS
      ? `[${value.length}]`
      : `[${value.map((item) => valueText(item, names)).join(",")}]`;
  }
  if (typeof value === "string") return /^0x[0-9a-f]{64}$/.test(value) ? accountText(value, names) : value;
  if (!isRecord(value)) return String(value);
  const { type, value: inner } = value;
  if (typeof type !== "string") return `{${fieldTexts(value, names).join(",")}}`;
  if (type === "Id") return valueText(inner, names);
  return inner === undefined ? type : `${type}.${valueText(inner, names)}`;
}
