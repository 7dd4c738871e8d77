import { ColosseumError, ExitCode, UsageError } from "../base/errors.ts";
import { closest } from "../base/text.ts";

/** What every rule set says about drawing tasks; neither changes how a task is scored. */
interface DrawSettings {
  /** Probability that a task is a trap. */
  readonly trapShare: number;
  /** Probability that a task which is no trap is synthetic. */
  readonly syntheticShare: number;
}

/** The paper's rules. @see facts: sources/mechanism.txt, "Scoring Mechanism" */
export interface PaperRules extends DrawSettings {
  readonly name: "paper";
  /** Taken from a voter that chose the negative completion of a trap. */
  readonly trapPenalty: number;
  /** Shared by the voters of a synthetic task or a duel. */
  readonly voterPay: number;
  /** Shared by the generators of a synthetic task or a duel, by votes. */
  readonly generatorPay: number;
}

/** What subnet 52 ran. @see tensorplex-labs/dojo 283d039 (v1.8.3) */
export interface DojoRules extends DrawSettings {
  readonly name: "dojo-1.8.3";
  readonly trapPenalty: number;
  /** Shared by everybody who was invited and did not vote. */
  readonly noVotePenalty: number;
  /** Part of the weights that goes to `burnHotkey`. */
  readonly burnShare: number;
  readonly burnHotkey: string | undefined;
  /** Only tasks that expired within this many hours before the end count; the real one used 24. */
  readonly windowHours: number | undefined;
}

/** Honesty pays at every size. @see docs/mechanism.md */
export interface ScaledRules extends DrawSettings {
  readonly name: "scaled";
  /** Stake of a voter's match in a trap. */
  readonly c: number;
  /** Stake of a voter's match with the majority elsewhere. */
  readonly d: number;
  /** Valid votes below which there is no majority. */
  readonly quorum: number;
}

/** A named rule set with every setting filled in. */
export type RuleSet = PaperRules | DojoRules | ScaledRules;
export type PresetName = RuleSet["name"];
export const PRESET_NAMES: readonly PresetName[] = ["paper", "dojo-1.8.3", "scaled"];
export const DEFAULT_PRESET: PresetName = "paper";

/** What `--set` may say about one key. */
export interface SettingSpec {
  readonly key: string;
  /** Undefined: off unless set. */
  readonly initial: number | string | undefined;
  readonly type: "number" | "whole" | "text";
  /** Inclusive bounds of a number. */
  readonly min: number;
  readonly max: number;
  readonly summary: string;
}

const number = (key: string, initial: number | undefined, min: number, max: number, summary: string): SettingSpec => ({
  key,
  initial,
  type: "number",
  min,
  max,
  summary,
});

/** Far above any sensible value, far below what could make a sum overflow. */
const MOST = 1_000_000;
const DRAWS: readonly SettingSpec[] = [
  number("trapShare", 0.2, 0, 1, "probability that a task is a trap (drawing only)"),
  number("syntheticShare", 0.2, 0, 1, "probability that a task which is no trap is synthetic (drawing only)"),
];

/** Every setting of every rule set, in the order in which help lists them. */
export const SETTINGS: Readonly<Record<PresetName, readonly SettingSpec[]>> = {
  paper: [
    number("trapPenalty", 1, 0, MOST, "taken from a voter that falls into a trap"),
    number("voterPay", 1, 0, MOST, "shared by the voters of a synthetic task or a duel"),
    number("generatorPay", 1, 0, MOST, "shared by the generators of a synthetic task or a duel"),
    ...DRAWS,
  ],
  "dojo-1.8.3": [
    number("trapPenalty", 0.4, 0, MOST, "taken from a voter that falls into a trap"),
    number("noVotePenalty", 4, 0, MOST, "shared by those who were invited and did not vote"),
    number("burnShare", 0, 0, 1, "part of the weights that goes to burnHotkey"),
    {
      key: "burnHotkey",
      initial: undefined,
      type: "text",
      min: 0,
      max: 0,
      summary: "the hotkey that gets the burned part, if it is in the log",
    },
    number("windowHours", undefined, 0, 876_000, "only tasks that expired in the last hours count"),
    ...DRAWS,
  ],
  scaled: [
    number("c", 20, 0, MOST, "stake of a voter's match in a trap"),
    number("d", 0.5, 0, MOST, "stake of a voter's match with the majority elsewhere"),
    {
      key: "quorum",
      initial: 3,
      type: "whole",
      min: 1,
      max: MOST,
      summary: "valid votes below which there is no majority",
    },
    ...DRAWS,
  ],
};

const isPresetName = (name: string): name is PresetName => (PRESET_NAMES as readonly string[]).includes(name);

/** @throws UsageError `rules.unknown-preset` if there is no rule set of that name. */
export function parsePresetName(name: string): PresetName {
  if (isPresetName(name)) return name;
  const near = closest(name, PRESET_NAMES)[0];
  throw new UsageError(`There is no preset "${name}".`, {
    code: "rules.unknown-preset",
    hint: near === undefined ? `Choose one of: ${PRESET_NAMES.join(", ")}` : `Did you mean --preset ${near}?`,
    details: { preset: name, presets: PRESET_NAMES },
  });
}

/**
 * A named rule set with some of its settings changed.
 *
 * @param name - One of {@link PRESET_NAMES}.
 * @param settings - Key → value, numbers as numbers or as decimal text (`--set` hands over text).
 * @throws UsageError `rules.unknown-preset`, `rules.unknown-setting` or `rules.bad-setting`.
 */
export function ruleSetNamed(name: string, settings: Readonly<Record<string, unknown>> = {}): RuleSet {
  const preset = parsePresetName(name);
  const specs = SETTINGS[preset];
  const values: Record<string, unknown> = { name: preset };
  for (const spec of specs) values[spec.key] = spec.initial;
  for (const [key, value] of Object.entries(settings)) {
    const spec = specs.find((candidate) => candidate.key === key);
    if (spec === undefined) throw unknownSetting(preset, key);
    values[key] = settingValue(spec, value);
  }
  // The table above names each key of each interface once; a unit test holds the two together.
  return values as unknown as RuleSet;
}

function unknownSetting(preset: PresetName, key: string): UsageError {
  const keys = SETTINGS[preset].map((spec) => spec.key);
  const near = closest(key, keys)[0];
  return new UsageError(`Preset ${preset} has no setting "${key}".`, {
    code: "rules.unknown-setting",
    hint: near === undefined ? `It has: ${keys.join(", ")}` : `Did you mean ${near}? It has: ${keys.join(", ")}`,
    details: { preset, key, keys },
  });
}

function settingValue(spec: SettingSpec, value: unknown): number | string {
  if (spec.type === "text") {
    if (typeof value === "string" && value !== "") return value;
    throw badSetting(spec, value, "a text");
  }
  const parsed = typeof value === "string" ? parseDecimal(value) : value;
  const range = `a ${spec.type === "whole" ? "whole number" : "number"} from ${spec.min} to ${spec.max}`;
  if (typeof parsed !== "number" || !(parsed >= spec.min && parsed <= spec.max)) throw badSetting(spec, value, range);
  if (spec.type === "whole" && !Number.isInteger(parsed)) throw badSetting(spec, value, range);
  return parsed === 0 ? 0 : parsed;
}

/** Plain decimals only: Number("") and Number("0x10") would be numbers too. */
const parseDecimal = (text: string): number =>
  /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(text) ? Number(text) : Number.NaN;

function badSetting(spec: SettingSpec, value: unknown, expected: string): UsageError {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return new UsageError(`${spec.key} must be ${expected}, not ${shown === "" ? "empty" : shown}.`, {
    code: "rules.bad-setting",
    hint: `${spec.key}: ${spec.summary}.`,
    details: { key: spec.key, expected },
  });
}

/**
 * Reads one `--set` word.
 *
 * @returns Key and value, both as typed.
 * @throws UsageError `rules.bad-setting` unless it has the form key=value.
 */
export function parseSetting(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  if (at < 1) {
    throw new UsageError(`"${word}" is not of the form key=value.`, {
      code: "rules.bad-setting",
      hint: "For example: --set trapPenalty=2",
    });
  }
  return [word.slice(0, at).trim(), word.slice(at + 1).trim()];
}

/** What differs from the preset's own values: the `settings` of a log's header. */
export function changedSettings(rules: RuleSet): Record<string, number | string> {
  const values = rules as unknown as Readonly<Record<string, unknown>>;
  const changed: Record<string, number | string> = {};
  for (const { key, initial } of SETTINGS[rules.name]) {
    const value = values[key];
    if (value !== initial && (typeof value === "number" || typeof value === "string")) changed[key] = value;
  }
  return changed;
}

/**
 * The rule set that a log was scored by, from its header. Settings that belong to others (drawing, protocol) are
 * none of a rule set's business and pass by.
 *
 * @returns Preset `paper` where the header names none.
 * @throws UsageError `rules.unknown-preset`; ColosseumError `log.bad-settings` (12) for a known key with a bad value.
 */
export function ruleSetOfHeader(header: {
  readonly preset?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}): RuleSet {
  const name = parsePresetName(header.preset ?? DEFAULT_PRESET);
  const known = new Set(SETTINGS[name].map((spec) => spec.key));
  const own = Object.entries(header.settings ?? {}).filter(([key, value]) => known.has(key) && value !== null);
  try {
    return ruleSetNamed(name, Object.fromEntries(own));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new ColosseumError(`The log's settings cannot be used: ${error.message}`, {
      code: "log.bad-settings",
      exitCode: ExitCode.invalid,
      hint: "Name the rules yourself with --preset and --set.",
      cause: error,
    });
  }
}
