import { SETTINGS, type SettingKey } from "./schema.ts";

/** Where a value came from, strongest first. */
export type Origin = "flag" | "environment" | "project file" | "user file" | "default";

export interface ResolvedSetting {
  readonly value: string | undefined;
  readonly origin: Origin;
  /** The variable or file that gave it. */
  readonly source?: string;
}

export type ResolvedConfig = Readonly<Record<SettingKey, ResolvedSetting>>;

export interface ConfigSources {
  readonly flags: Readonly<Partial<Record<SettingKey, string>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly project: { readonly path: string; readonly values: Readonly<Record<string, unknown>> };
  readonly user: { readonly path: string; readonly values: Readonly<Record<string, unknown>> };
}

/** Flag > environment > project file > user file > default, for every setting. An empty variable counts as unset. */
export function resolveConfig(sources: ConfigSources): ResolvedConfig {
  const resolved = SETTINGS.map((setting): [SettingKey, ResolvedSetting] => {
    const flag = sources.flags[setting.key];
    if (flag !== undefined) return [setting.key, { value: flag, origin: "flag" }];
    for (const name of setting.env) {
      const value = sources.env[name];
      if (value !== undefined && value !== "") return [setting.key, { value, origin: "environment", source: name }];
    }
    for (const [origin, file] of [
      ["project file", sources.project],
      ["user file", sources.user],
    ] as const) {
      const value = file.values[setting.key];
      if (typeof value === "string" || typeof value === "number") {
        return [setting.key, { value: String(value), origin, source: file.path }];
      }
    }
    return [setting.key, { value: setting.default, origin: "default" }];
  });
  return Object.fromEntries(resolved) as ResolvedConfig;
}
