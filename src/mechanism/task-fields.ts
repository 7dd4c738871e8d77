import type { JsonObject } from "../base/json-object.ts";
import { type InstantCell, readInstant } from "./instant.ts";
import { ProblemFound } from "./task-problem.ts";

/** What is expected where a time should be. */
export const TIME = "an RFC 3339 time such as 2026-01-01T00:00:00Z, a real date, at most 9 fractional digits";

/** A text, also an empty one. @throws ProblemFound at `key` */
export function textOf(fields: JsonObject, key: string): string {
  const value = fields[key];
  if (typeof value !== "string") throw new ProblemFound(key, "a text", value);
  return value;
}

/** A list of whatever. @throws ProblemFound at `key` */
export function listOf(fields: JsonObject, key: string): readonly unknown[] {
  const value = fields[key];
  if (!Array.isArray(value)) throw new ProblemFound(key, "a list", value);
  return value;
}

/** A whole number from 0 to 2⁵³ − 1; undefined where the key is missing. @throws ProblemFound at `key` */
export function optionalWholeOf(fields: JsonObject, key: string): number | undefined {
  const value = fields[key];
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new ProblemFound(key, "a whole number from 0", value);
  return value as number;
}

/** Reads a time into a cell, so that nothing is allocated. @throws ProblemFound at `key` */
export function readTime(value: unknown, key: string, cell: InstantCell): void {
  if (typeof value !== "string" || !readInstant(value, cell)) throw new ProblemFound(key, TIME, value);
}
