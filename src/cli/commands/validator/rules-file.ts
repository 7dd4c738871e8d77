import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ColosseumError, ExitCode, messageOf, UsageError } from "../../../base/errors.ts";
import { DEFAULT_PRESET, parseSetting, type RuleSet, ruleSetNamed } from "../../../mechanism/rule-set.ts";

export interface RuleFlags {
  readonly preset?: string;
  readonly rules?: string;
  readonly set?: readonly string[];
}

/**
 * The rules to play by: a preset, changed by a file (`{"preset": …, key: value, …}`, the keys of `simulate --set`), changed
 * by `--set`.
 *
 * @param cwd - Where the file is looked for.
 * @throws UsageError for unknown presets, keys and values; ColosseumError `rules.unreadable` (14), `rules.malformed` (12).
 */
export async function chosenRules(cwd: string, flags: RuleFlags): Promise<RuleSet> {
  const file = flags.rules === undefined ? {} : await readRules(resolve(cwd, flags.rules));
  const { preset: named, settings: nested, ...keys } = file;
  if (flags.preset !== undefined && named !== undefined && named !== flags.preset) {
    throw new UsageError(`--preset says ${flags.preset}, ${flags.rules} says ${String(named)}.`, {
      code: "usage.preset",
      hint: "Leave one of them away.",
    });
  }
  const own = typeof nested === "object" && nested !== null ? { ...keys, ...nested } : keys;
  const preset = flags.preset ?? (typeof named === "string" ? named : DEFAULT_PRESET);
  return ruleSetNamed(preset, { ...own, ...Object.fromEntries((flags.set ?? []).map(parseSetting)) });
}

async function readRules(path: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new ColosseumError(`Cannot read the rules ${path}: ${messageOf(error)}.`, {
      code: "rules.unreadable",
      exitCode: ExitCode.io,
      hint: "Give a JSON file that you may read.",
      cause: error,
    });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, in the same words as for any other value that is no object.
  }
  throw new ColosseumError(`${path} is not a JSON object of rules.`, {
    code: "rules.malformed",
    exitCode: ExitCode.invalid,
    hint: 'For example: {"preset": "scaled", "c": 30}',
  });
}
