import { UsageError } from "../../../base/errors.ts";
import { isSs58 } from "../../../base/ss58.ts";
import { parseValidatorUrl } from "../../validator-url.ts";

export type RoleFlag = "generator" | "discriminator";

/** `generator`, `discriminator`, or both with a comma. @throws UsageError `usage.role`. */
export function parseRoles(text: string): RoleFlag[] {
  const roles = [...new Set(text.split(",").map((role) => role.trim()))];
  const known = roles.filter((role): role is RoleFlag => role === "generator" || role === "discriminator");
  if (known.length !== roles.length || roles.length === 0) {
    throw new UsageError(`"${text}" is no role of a miner.`, {
      code: "usage.role",
      hint: "A role is generator, discriminator, or both: --role generator,discriminator",
    });
  }
  return known;
}

/** Collects `--validator URL`. @throws UsageError `usage.validator-url` unless it is http(s) without user and password. */
export function collectUrl(text: string, before: readonly string[] | undefined): string[] {
  const given = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return [...new Set([...(before ?? []), ...given.map(parseValidatorUrl)])];
}

/** Collects hotkeys, with commas or by repeating. @throws UsageError `usage.hotkey` for what is no address: it would filter nothing. */
export function collectHotkeys(text: string, before: readonly string[] | undefined): string[] {
  const given = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  for (const hotkey of given) {
    if (isSs58(hotkey)) continue;
    throw new UsageError(`"${hotkey}" is not a hotkey.`, {
      code: "usage.hotkey",
      hint: "Give the address of the validator's hotkey, as colosseum subnet metagraph shows it with --json.",
    });
  }
  return [...new Set([...(before ?? []), ...given])];
}

/** A whole number of at least 1. */
export function parseCount(name: string): (text: string) => number {
  return (text) => {
    if (!/^[1-9][0-9]{0,5}$/.test(text)) {
      throw new UsageError(`--${name} is a whole number from 1, not "${text}".`, {
        code: `usage.${name}`,
        hint: `For example: --${name} 4`,
      });
    }
    return Number(text);
  };
}
