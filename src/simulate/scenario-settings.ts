import { DEFAULT_PRESET, PRESET_NAMES, SETTINGS } from "../mechanism/rule-set.ts";
import { GROUP_NUMBERS, SCENARIO_NUMBERS } from "./scenario.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Puts what `--set` says into a scenario: a number of the scenario (`trapShare`), of one group (`ring.count`), of all groups
 * (`accuracy`). What is left is for the rule set; a share that both have goes to both.
 *
 * @param value - The scenario's JSON; anything but an object with groups comes back as it is, for its check to name.
 * @param settings - By key, as typed.
 */
export function withSettings(
  value: unknown,
  settings: Readonly<Record<string, unknown>>,
): { readonly scenario: unknown; readonly rules: Readonly<Record<string, unknown>> } {
  if (!isObject(value)) return { scenario: value, rules: settings };
  const preset = PRESET_NAMES.find((name) => name === value["preset"]) ?? DEFAULT_PRESET;
  const ofRules = new Set(SETTINGS[preset].map(({ key }) => key));
  let scenario: JsonObject = value;
  const rules: Record<string, unknown> = {};
  for (const [key, typed] of Object.entries(settings)) {
    const changed = changedScenario(scenario, key, numberOf(typed));
    if (changed !== undefined) scenario = changed;
    if (changed === undefined || ofRules.has(key)) rules[key] = typed;
  }
  return { scenario, rules };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is no number stays as typed, for the scenario's own check to refuse. */
const numberOf = (typed: unknown): unknown =>
  typeof typed === "string" && typed.trim() !== "" && Number.isFinite(Number(typed)) ? Number(typed) : typed;

function changedScenario(scenario: JsonObject, key: string, value: unknown): JsonObject | undefined {
  if (Object.hasOwn(SCENARIO_NUMBERS, key)) return { ...scenario, [key]: value };
  const groups = Array.isArray(scenario["groups"]) ? (scenario["groups"] as readonly unknown[]) : [];
  const changeGroups = (trait: string, isMeant: (group: JsonObject) => boolean): JsonObject => ({
    ...scenario,
    groups: groups.map((group) => (isObject(group) && isMeant(group) ? { ...group, [trait]: value } : group)),
  });
  if (Object.hasOwn(GROUP_NUMBERS, key) && key !== "count") return changeGroups(key, () => true);
  const dot = key.lastIndexOf(".");
  const [name, trait] = [key.slice(0, dot), key.slice(dot + 1)];
  const isNamed = (group: JsonObject): boolean => (group["name"] ?? group["strategy"]) === name;
  const known =
    dot > 0 && Object.hasOwn(GROUP_NUMBERS, trait) && groups.some((group) => isObject(group) && isNamed(group));
  return known ? changeGroups(trait, isNamed) : undefined;
}
