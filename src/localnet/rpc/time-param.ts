import { UsageError } from "../../base/errors.ts";
import { parseDurationMs } from "../../base/units.ts";
import type { Params } from "./params.ts";
import { invalidParams } from "./rpc-error.ts";

/** The last instant that a date can name. */
const LAST_MS = 8_640_000_000_000_000;

/** Milliseconds from a number, a duration such as "1h", or an RFC 3339 time; `absolute` unless it is a duration. */
export function timeParam(params: Params, index: number): { ms: number; absolute: boolean } {
  const value = params.raw(index);
  if (typeof value === "number" && value >= 0 && value <= LAST_MS) return { ms: Math.floor(value), absolute: true };
  if (typeof value !== "string") throw invalidParams("a time is a number of milliseconds, a duration or a date");
  const date = Date.parse(value);
  if (/^[0-9]{4}-/.test(value) && !Number.isNaN(date)) return { ms: date, absolute: true };
  try {
    return { ms: parseDurationMs(value), absolute: false };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw invalidParams(thrown.message);
    throw thrown;
  }
}

/** @throws RpcError if an instant lies past the last that a date can name. */
export function checkInstant(ms: number): number {
  if (ms > LAST_MS) throw invalidParams("there is no such time");
  return ms;
}
