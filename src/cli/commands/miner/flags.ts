import { UsageError } from "../../../base/errors.ts";
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
