import { UsageError } from "../base/errors.ts";
import type { JsonObject } from "../base/json-object.ts";
import { closest } from "../base/text.ts";
import { DEFAULT_PRESET, PRESET_NAMES, SETTINGS } from "../mechanism/rule-set.ts";
import { GROUP_NUMBERS, parseScenario, SCENARIO_NUMBERS, type Scenario } from "./scenario.ts";

/** One number of a scenario, taken through a range. */
export interface Sweep {
  readonly key: string;
  readonly values: readonly number[];
}

const MAX_POINTS = 1_000;

const bad = (message: string, hint = "For example: --sweep trapShare=0:0.5:0.05"): UsageError =>
  new UsageError(message, { code: "usage.sweep", hint });

/**
 * Reads `key=from:to:step`; both ends are played, values are rounded to 12 digits so that 0.1 + 0.2 is 0.3.
 *
 * @throws UsageError on any other form, a step that leads nowhere or more than 1000 points.
 */
export function parseSweep(text: string): Sweep {
  const match = /^([^=]+)=([^:]+):([^:]+):([^:]+)$/.exec(text);
  const [from, to, step] = [match?.[2], match?.[3], match?.[4]].map((part) =>
    part !== undefined && /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(part) ? Number(part) : Number.NaN,
  );
  if (
    match === null ||
    from === undefined ||
    to === undefined ||
    step === undefined ||
    Number.isNaN(from + to + step)
  ) {
    throw bad(`"${text}" is no sweep.`);
  }
  const steps = (to - from) / step;
  if (!(steps >= 0) || !Number.isFinite(steps)) throw bad(`A step of ${step} does not lead from ${from} to ${to}.`);
  const count = Math.floor(steps + 1e-9) + 1;
  if (count > MAX_POINTS) throw bad(`${count} points are too many; at most ${MAX_POINTS}.`);
  const values = Array.from({ length: count }, (_, index) => Number((from + index * step).toPrecision(12)));
  return { key: (match[1] ?? "").trim(), values };
}

/**
 * The scenario at each value. Keys: a number of the scenario (`trapShare`), of one group (`ring.count`), of all groups
 * (`trapAccuracy`), or of the rule set (`c`, `trapPenalty`).
 *
 * @param value - The scenario's JSON; it has been checked before.
 * @throws UsageError for an unknown key; ColosseumError `simulate.bad-scenario` for a value that does not fit.
 */
export function sweptScenarios(
  value: JsonObject,
  settings: Readonly<Record<string, unknown>>,
  sweep: Sweep,
): { readonly value: number; readonly scenario: Scenario }[] {
  const { key } = sweep;
  const groups = value["groups"] as readonly JsonObject[];
  const change = changer(value, groups, settings, key);
  return sweep.values.map((number) => ({ value: number, scenario: change(number) }));
}

function changer(
  value: JsonObject,
  groups: readonly JsonObject[],
  settings: Readonly<Record<string, unknown>>,
  key: string,
): (number: number) => Scenario {
  const preset = PRESET_NAMES.find((name) => name === value["preset"]) ?? DEFAULT_PRESET;
  const rules = SETTINGS[preset].filter(({ type }) => type !== "text").map((spec) => spec.key);
  if (Object.hasOwn(SCENARIO_NUMBERS, key)) {
    return (number) => parseScenario({ ...value, [key]: number }, settings);
  }
  if (Object.hasOwn(GROUP_NUMBERS, key) && key !== "count") {
    return (number) =>
      parseScenario({ ...value, groups: groups.map((group) => ({ ...group, [key]: number })) }, settings);
  }
  if (rules.includes(key)) return (number) => parseScenario(value, { ...settings, [key]: number });
  const dot = key.lastIndexOf(".");
  const [name, trait] = [key.slice(0, dot), key.slice(dot + 1)];
  const nameOf = (group: JsonObject): unknown => group["name"] ?? group["strategy"];
  const at = groups.findIndex((group) => nameOf(group) === name);
  if (dot > 0 && at !== -1 && Object.hasOwn(GROUP_NUMBERS, trait)) {
    return (number) => {
      const changed = groups.map((group, index) => (index === at ? { ...group, [trait]: number } : group));
      return parseScenario({ ...value, groups: changed }, settings);
    };
  }
  const traits = Object.keys(GROUP_NUMBERS);
  const known = [
    ...Object.keys(SCENARIO_NUMBERS),
    ...traits.filter((candidate) => candidate !== "count"),
    ...rules,
    ...groups.flatMap((group) => traits.map((candidate) => `${String(nameOf(group))}.${candidate}`)),
  ];
  const near = closest(key, known, 3);
  throw bad(
    `There is no number "${key}" to sweep.`,
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : undefined,
  );
}
