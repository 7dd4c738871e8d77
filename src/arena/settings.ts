import { UsageError } from "../base/errors.ts";
import { closest } from "../base/text.ts";

/** One number of a formula that `--set` can change. */
export interface SettingSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly summary: string;
}

export type SettingSpecs = Readonly<Record<string, SettingSpec>>;
export type SettingValues<S extends SettingSpecs> = Readonly<Record<keyof S & string, number>>;

/**
 * Applies `key=value` texts to a formula's defaults; a later one wins.
 *
 * @throws UsageError `usage.setting` on an unknown key, a value that is no number or out of range.
 */
export function applySettings<S extends SettingSpecs>(specs: S, assignments: readonly string[]): SettingValues<S> {
  const values: Record<string, number> = {};
  for (const [key, spec] of Object.entries(specs)) values[key] = spec.default;
  for (const assignment of assignments) {
    const at = assignment.indexOf("=");
    const key = at === -1 ? assignment : assignment.slice(0, at);
    const spec = Object.hasOwn(specs, key) ? specs[key] : undefined;
    if (spec === undefined) {
      const near = closest(key, Object.keys(specs));
      throw new UsageError(`This formula has no setting "${key}".`, {
        code: "usage.setting",
        hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `It has ${Object.keys(specs).join(", ")}.`,
      });
    }
    const text = at === -1 ? "" : assignment.slice(at + 1).trim();
    const value = text === "" ? Number.NaN : Number(text);
    if (!(value >= spec.min && value <= spec.max)) {
      throw new UsageError(`${key} must be a number from ${spec.min} to ${spec.max}, not "${text}".`, {
        code: "usage.setting",
        hint: `For example: --set ${key}=${spec.default}`,
      });
    }
    values[key] = value;
  }
  return values as SettingValues<S>;
}
