import { UsageError } from "../base/errors.ts";
import { parseNetuid } from "../base/ids.ts";
import { closest, escapeControl } from "../base/text.ts";
import { SETTINGS, type Setting } from "./schema.ts";

const NETWORKS = ["finney", "archive", "test", "local"];

const refuse = (key: string, value: string, expected: string, hint: string): never => {
  throw new UsageError(`"${value.slice(0, 80)}" is no value for ${key}: ${expected}.`, {
    code: "config.bad-value",
    hint,
  });
};

/** A network by name, or endpoints separated by commas. */
function networkValue(value: string): string {
  const parts = value.split(",").map((part) => part.trim());
  const isEndpoint = (part: string): boolean => /^wss?:\/\/\S+$/.test(part) && URL.canParse(part);
  if (NETWORKS.includes(value) || parts.every(isEndpoint)) return value;
  const near = closest(value, NETWORKS);
  return refuse(
    "network",
    value,
    "it is neither a network's name nor ws://… or wss://… endpoints",
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "For example: finney, test, local, ws://127.0.0.1:9944",
  );
}

/** http(s) addresses separated by commas. */
function urlsValue(value: string): string {
  const parts = value.split(",").map((part) => part.trim());
  if (parts.every((part) => /^https?:\/\/\S+$/.test(part) && URL.canParse(part))) return value;
  return refuse("validator", value, "it is no http:// or https:// address", "For example: http://127.0.0.1:8091");
}

function nameValue(key: string, value: string): string {
  if (value !== "" && !/[/\\]/.test(value) && !value.startsWith(".") && escapeControl(value) === value) return value;
  return refuse(key, value, "it is no plain name", `For example: colosseum config set ${key} default`);
}

/**
 * Checks a value before it is kept, and gives it the type that the file holds.
 *
 * @throws UsageError `config.bad-value`, `usage.netuid`.
 */
export function settingValue(setting: Setting, value: string): string | number {
  switch (setting.key) {
    case "network":
      return networkValue(value);
    case "netuid":
      return parseNetuid(value);
    case "wallet":
    case "hotkey":
      return nameValue(setting.key, value);
    case "walletPath":
      return value === "" ? refuse("walletPath", value, "it is empty", "Give a folder.") : value;
    case "validator":
      return urlsValue(value);
  }
}

/**
 * The setting of a key, in any of the spellings walletPath, wallet-path, wallet_path.
 *
 * @throws UsageError `config.unknown-key` with the nearest keys.
 */
export function settingOf(key: string): Setting {
  const folded = (text: string): string => text.replaceAll(/[-_]/g, "").toLowerCase();
  const setting = SETTINGS.find((candidate) => folded(candidate.key) === folded(key));
  if (setting !== undefined) return setting;
  const keys = SETTINGS.map((candidate) => candidate.key);
  const near = closest(key, keys);
  throw new UsageError(`There is no setting "${key.slice(0, 80)}".`, {
    code: "config.unknown-key",
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `The settings are ${keys.join(", ")}.`,
    details: { keys },
  });
}
