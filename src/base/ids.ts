import { UsageError } from "./errors.ts";
import { isSs58 } from "./ss58.ts";

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** SS58 address of a key that acts in a subnet. */
export type Hotkey = Branded<string, "Hotkey">;
/** SS58 address of a key that owns. */
export type Coldkey = Branded<string, "Coldkey">;
/** A subnet's number, 0..65535; 0 is root. */
export type Netuid = Branded<number, "Netuid">;
/** A slot in a subnet, 0..65535. */
export type Uid = Branded<number, "Uid">;
/** A mechanism within a subnet, 0..15. */
export type MechId = Branded<number, "MechId">;

function parseWhole(text: string, name: string, max: number): number {
  const value = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) {
    throw new UsageError(`${name} must be a whole number from 0 to ${max}, not "${text}".`, {
      code: `usage.${name}`,
      hint: `For example: --${name} 1`,
    });
  }
  return value;
}

/** @throws UsageError if `text` is no whole number from 0 to 65535. */
export const parseNetuid = (text: string): Netuid => parseWhole(text, "netuid", 65_535) as Netuid;
/** @throws UsageError if `text` is no whole number from 0 to 65535. */
export const parseUid = (text: string): Uid => parseWhole(text, "uid", 65_535) as Uid;
/** @throws UsageError if `text` is no whole number from 0 to 15 (subtensor allows 16 mechanisms). */
export const parseMechId = (text: string): MechId => parseWhole(text, "mechid", 15) as MechId;

/** Brands a number that already came from a chain or a parser. */
export const toNetuid = (value: number): Netuid => value as Netuid;
/** Brands a number that already came from a chain or a parser. */
export const toUid = (value: number): Uid => value as Uid;
/** Brands a number that already came from a chain or a parser. */
export const toMechId = (value: number): MechId => value as MechId;
/** Brands an address that already came from a key, a chain or a parser; task logs treat hotkeys as opaque strings. */
export const toHotkey = (address: string): Hotkey => address as Hotkey;
/** Brands an address that already came from a key, a chain or a parser. */
export const toColdkey = (address: string): Coldkey => address as Coldkey;

/** @throws UsageError if `text` is no SS58 address with prefix 42 and a right checksum. */
export function parseHotkey(text: string): Hotkey {
  if (!isSs58(text)) {
    throw new UsageError(`"${text}" is not an SS58 address.`, {
      code: "usage.address",
      hint: "An address has 48 characters and begins with 5, as printed by: colosseum wallet list",
    });
  }
  return text as Hotkey;
}
/** @throws UsageError if `text` is no SS58 address with prefix 42 and a right checksum. */
export const parseColdkey = (text: string): Coldkey => parseHotkey(text) as string as Coldkey;
