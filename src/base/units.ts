import { UsageError } from "./errors.ts";

/** 1 TAO = 10⁹ rao. */
export const RAO_PER_TAO = 1_000_000_000n;

/** An amount as a decimal string with 9 places, the form of every TAO amount in JSON: 1n → "0.000000001". */
export function formatTao(rao: bigint): string {
  const sign = rao < 0n ? "-" : "";
  const digits = (rao < 0n ? -rao : rao).toString().padStart(10, "0");
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** An amount for people: no trailing zeros, the sign of TAO. */
export const showTao = (rao: bigint): string => `${formatTao(rao).replace(/\.?0+$/, "")} τ`;

/**
 * Reads an amount of TAO exactly, without passing through a float.
 *
 * @throws UsageError unless the text is digits with at most 9 places, at most 21 000 000 000 TAO.
 */
export function parseTao(text: string): bigint {
  const match = /^([0-9]{1,11})(?:\.([0-9]{1,9}))?$/.exec(text);
  if (match === null) {
    throw new UsageError(`"${text}" is not an amount of TAO.`, {
      code: "usage.amount",
      hint: "Write digits with at most 9 places, for example 1.5",
    });
  }
  return BigInt(match[1] ?? "0") * RAO_PER_TAO + BigInt((match[2] ?? "").padEnd(9, "0"));
}

/**
 * {@link parseTao} of something to move: nothing is no amount.
 *
 * @throws UsageError as parseTao, and for 0.
 */
export function parsePositiveTao(text: string): bigint {
  const rao = parseTao(text);
  if (rao > 0n) return rao;
  throw new UsageError(`"${text}" is nothing to move.`, {
    code: "usage.amount",
    hint: "Name an amount above 0, for example 1.5",
  });
}

const DURATION_UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a duration such as `250ms`, `30s`, `5m`, `1h`, `7d`.
 *
 * @returns Milliseconds, ≥ 0.
 * @throws UsageError on any other form.
 */
export function parseDurationMs(text: string): number {
  const match = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)(ms|s|m|h|d)$/.exec(text);
  const unitMs = DURATION_UNIT_MS[match?.[2] ?? ""];
  if (match === null || unitMs === undefined) {
    throw new UsageError(`"${text}" is not a duration.`, {
      code: "usage.duration",
      hint: "Write a number and a unit, for example 250ms, 30s, 5m, 1h or 7d",
    });
  }
  return Number(match[1]) * unitMs;
}

/** A duration for people: "850 ms", "7 min 24 s", "2 h 5 min", "3 d 4 h". */
export function showDuration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1_000);
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
    small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  if (seconds < 86_400) return pair(Math.floor(seconds / 3_600), "h", Math.floor((seconds % 3_600) / 60), "min");
  return pair(Math.floor(seconds / 86_400), "d", Math.floor((seconds % 86_400) / 3_600), "h");
}
