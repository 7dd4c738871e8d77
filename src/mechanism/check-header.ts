import { isJsonObject, type JsonObject } from "../base/json-object.ts";
import { TASK_LOG_FORMAT } from "./task-log.ts";
import { showFound, type TaskProblem } from "./task-problem.ts";

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Checks everything of a log but its tasks.
 *
 * @param header - A JSON object; unknown fields pass.
 * @returns The first thing that is not as the format says, or null.
 */
export function checkHeader(header: JsonObject): TaskProblem | null {
  const wrong = (path: string, expected: string, value: unknown): TaskProblem => ({
    path,
    id: undefined,
    expected,
    found: showFound(value),
  });
  const { format, preset, settings, netuid, validator, intervals } = header as Record<string, unknown>;
  if (format !== undefined && format !== TASK_LOG_FORMAT) return wrong("format", `"${TASK_LOG_FORMAT}"`, format);
  if (preset !== undefined && typeof preset !== "string") return wrong("preset", "a preset's name", preset);
  if (settings !== undefined && !isJsonObject(settings)) return wrong("settings", "an object", settings);
  if (netuid !== undefined && !isWhole(netuid)) return wrong("netuid", "a subnet's number", netuid);
  if (validator !== undefined && typeof validator !== "string")
    return wrong("validator", "a hotkey, a text", validator);
  if (intervals === undefined) return null;
  if (!Array.isArray(intervals)) return wrong("intervals", "a list", intervals);
  for (const [index, interval] of intervals.entries()) {
    const at = `intervals[${index}]`;
    if (!isJsonObject(interval)) return wrong(at, "an interval, an object", interval);
    if (!isWhole(interval["n"])) return wrong(`${at}.n`, "a whole number from 0", interval["n"]);
    const { scores } = interval as { scores?: unknown };
    if (scores === undefined) continue;
    if (!isJsonObject(scores)) return wrong(`${at}.scores`, "an object", scores);
    const odd = Object.entries(scores).find(([, score]) => !Number.isFinite(score));
    if (odd !== undefined) return wrong(`${at}.scores[${JSON.stringify(odd[0])}]`, "a number", odd[1]);
  }
  return null;
}
