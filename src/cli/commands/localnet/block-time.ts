import { UsageError } from "../../../base/errors.ts";
import { parseDurationMs } from "../../../base/units.ts";
import type { BlockTime } from "../../../localnet/engine/producer.ts";

/** Faster than this a timer cannot keep up. */
const LEAST_MS = 10;
const MOST_MS = 3_600_000;

/** `250ms`, `12s`, `instant` (a block per extrinsic) or `manual` (only by `localnet mine`). @throws UsageError */
export function parseBlockTime(text: string): BlockTime {
  if (text === "instant" || text === "manual") return text;
  const ms = parseDurationMs(text);
  if (ms < LEAST_MS || ms > MOST_MS) {
    throw new UsageError(`A block time lies between 10ms and 1h, not at ${text}.`, {
      code: "usage.block-time",
      hint: "For example: --block-time 250ms, or --block-time instant, or --block-time manual",
    });
  }
  return ms;
}

const wholeIn = (text: string, name: string, least: number, most: number): number => {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not "${text}".`, {
      code: `usage.${name.replaceAll(" ", "-")}`,
    });
  }
  return value;
};

export const parsePort = (text: string): number => wholeIn(text, "port", 0, 65_535);
export const parseAccounts = (text: string): number => wholeIn(text, "accounts", 1, 1_000);
export const parseBlocks = (text: string): number => wholeIn(text, "blocks", 1, 100_000);
export const parseSnapshotId = (text: string): number => wholeIn(text, "snapshot", 1, 999_999_999);
