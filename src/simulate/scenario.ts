import { ColosseumError, ExitCode, UsageError } from "../base/errors.ts";
import { isJsonObject, type JsonObject } from "../base/json-object.ts";
import { closest } from "../base/text.ts";
import { DEFAULT_PRESET, PRESET_NAMES, ruleSetNamed } from "../mechanism/rule-set.ts";
import { type Group, STRATEGIES, type Strategy, type World } from "./population-model.ts";

/** A scenario file, checked and with every default filled in. */
export interface Scenario extends World {
  readonly groups: readonly (Group & { readonly strategy: Strategy })[];
  /** How many seeds, unless `--seeds` says otherwise. */
  readonly seeds: number;
}

export const DEFAULT_SEEDS = 100;
/** Sixteen full subnets: far above any real one, far below what would take days. */
export const MAX_MINERS = 4_096;

/** A number that a scenario may hold. */
interface NumberSpec {
  readonly initial: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

const share = (initial: number): NumberSpec => ({ initial, min: 0, max: 1 });
const quality = (initial: number): NumberSpec => ({ initial, min: -50, max: 50 });

export const SCENARIO_NUMBERS = {
  trapShare: share(0.2),
  syntheticShare: share(0.2),
  naturalTrapShare: share(0),
  votersPerTask: { initial: 0, min: 0, max: MAX_MINERS, whole: true },
  rounds: { initial: 8, min: 1, max: 10_000, whole: true },
  validatorQuality: quality(0.5),
  detect: share(0.8),
  seed: { initial: 1, min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
  seeds: { initial: DEFAULT_SEEDS, min: 1, max: 100_000, whole: true },
} as const satisfies Readonly<Record<string, NumberSpec>>;

export const GROUP_NUMBERS = {
  count: { initial: undefined, min: 1, max: MAX_MINERS, whole: true },
  quality: quality(1),
  accuracy: share(0.8),
  trapAccuracy: share(0.9),
  detect: { initial: undefined, min: 0, max: 1 },
} as const satisfies Readonly<Record<string, NumberSpec>>;

const wrong = (path: string, expected: string, hint?: string): ColosseumError =>
  new ColosseumError(`The scenario is wrong at ${path}: ${expected}.`, {
    code: "simulate.bad-scenario",
    exitCode: ExitCode.invalid,
    hint: hint ?? "The format stands in docs/mechanism.md; examples/scenarios/ has one for each claim.",
    details: { path, expected },
  });

const objectAt = (value: unknown, path: string): JsonObject => {
  if (isJsonObject(value)) return value;
  throw wrong(path, "expected an object");
};

function refuseUnknown(object: JsonObject, known: readonly string[], path: string): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const near = closest(key, known, 1)[0];
    const hint = near === undefined ? `Known keys: ${known.join(", ")}` : `Did you mean ${near}?`;
    throw wrong(`${path}${key}`, "there is no such key", hint);
  }
}

function numberAt(object: JsonObject, key: string, path: string, spec: NumberSpec, fallback = spec.initial): number {
  const value = object[key] === undefined ? fallback : object[key];
  const kind = spec.whole === true ? "a whole number" : "a number";
  const fits =
    typeof value === "number" &&
    value >= spec.min &&
    value <= spec.max &&
    (spec.whole !== true || Number.isInteger(value));
  if (!fits) throw wrong(`${path}${key}`, `expected ${kind} from ${spec.min} to ${spec.max}`);
  return value;
}

function parseGroup(value: unknown, index: number, detect: number): Group & { readonly strategy: Strategy } {
  const path = `groups[${index}].`;
  const object = objectAt(value, `groups[${index}]`);
  refuseUnknown(object, ["name", "strategy", ...Object.keys(GROUP_NUMBERS)], path);
  const { strategy } = object;
  const known = STRATEGIES.find((name) => name === strategy);
  if (known === undefined) {
    const near = typeof strategy === "string" ? closest(strategy, STRATEGIES, 1)[0] : undefined;
    throw wrong(
      `${path}strategy`,
      `expected one of ${STRATEGIES.join(", ")}`,
      near === undefined ? undefined : `Did you mean ${near}?`,
    );
  }
  const name = object["name"] ?? known;
  if (typeof name !== "string" || name.trim() === "") throw wrong(`${path}name`, "expected a text that is not empty");
  return {
    name,
    strategy: known,
    count: numberAt(object, "count", path, GROUP_NUMBERS.count),
    quality: numberAt(object, "quality", path, GROUP_NUMBERS.quality),
    accuracy: numberAt(object, "accuracy", path, GROUP_NUMBERS.accuracy),
    trapAccuracy: numberAt(object, "trapAccuracy", path, GROUP_NUMBERS.trapAccuracy),
    detect: numberAt(object, "detect", path, GROUP_NUMBERS.detect, detect),
  };
}

/**
 * Checks a scenario and fills in its defaults.
 *
 * @param value - Parsed JSON.
 * @param settings - Numbers of the rule set that differ from its preset (`--set`).
 * @throws ColosseumError `simulate.bad-scenario` naming the JSON path; UsageError for a bad setting.
 */
export function parseScenario(value: unknown, settings: Readonly<Record<string, unknown>> = {}): Scenario {
  const object = objectAt(value, "the top");
  refuseUnknown(object, ["preset", "groups", ...Object.keys(SCENARIO_NUMBERS)], "");
  const preset = object["preset"] ?? DEFAULT_PRESET;
  const name = PRESET_NAMES.find((candidate) => candidate === preset);
  if (name === undefined) throw wrong("preset", `expected one of ${PRESET_NAMES.join(", ")}`);
  const number = (key: keyof typeof SCENARIO_NUMBERS): number => numberAt(object, key, "", SCENARIO_NUMBERS[key]);
  const { groups: list } = object;
  if (!Array.isArray(list) || list.length === 0) throw wrong("groups", "expected an array with at least one group");
  const detect = number("detect");
  const groups = list.map((group: unknown, index) => parseGroup(group, index, detect));
  const names = groups.map((group) => group.name);
  const twice = names.findIndex((groupName, index) => names.indexOf(groupName) !== index);
  if (twice !== -1) throw wrong(`groups[${twice}].name`, `"${names[twice]}" is taken by another group`);
  const miners = groups.reduce((sum, { count }) => sum + count, 0);
  if (miners < 3 || miners > MAX_MINERS) {
    throw wrong("groups", `expected 3 to ${MAX_MINERS} miners together, not ${miners}`);
  }
  return {
    rules: ruleSetNamed(name, settings),
    trapShare: number("trapShare"),
    syntheticShare: number("syntheticShare"),
    naturalTrapShare: number("naturalTrapShare"),
    votersPerTask: number("votersPerTask"),
    rounds: number("rounds"),
    validatorQuality: number("validatorQuality"),
    seed: number("seed"),
    seeds: number("seeds"),
    groups,
  };
}

/** Reads scenario text. @throws ColosseumError `simulate.bad-scenario` if it is no JSON. */
export function scenarioJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be parsed";
    throw new ColosseumError(`${source} is not JSON: ${reason}.`, {
      code: "simulate.bad-scenario",
      exitCode: ExitCode.invalid,
      hint: "A scenario is one JSON object; examples/scenarios/ has some.",
      cause: error,
    });
  }
}

/** `--seeds`. @throws UsageError unless a whole number that {@link SCENARIO_NUMBERS} allows. */
export function parseSeeds(text: string): number {
  const { min, max } = SCENARIO_NUMBERS.seeds;
  const value = /^[0-9]{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--seeds must be a whole number from ${min} to ${max}, not "${text}".`, {
    code: "usage.seeds",
    hint: "For example: --seeds 100",
  });
}
