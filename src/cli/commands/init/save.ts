import { join } from "node:path";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import { readConfigFile } from "../../../config/read.ts";
import type { SettingKey } from "../../../config/schema.ts";
import type { Context } from "../../context.ts";
import { askConfirmation } from "../../prompts.ts";
import type { SavePlace } from "./answers.ts";

export type Settings = Partial<Record<SettingKey, string | number>>;

/** A kept validator belongs to the network and subnet beside it: with others it is forgotten, unless it is named anew. */
const outlivesItsNetwork = (there: Readonly<Record<string, unknown>>, settings: Settings): boolean =>
  there["validator"] !== undefined &&
  settings.validator === undefined &&
  (["network", "netuid"] as const).some((key) => String(there[key]) !== String(settings[key]));

export const saveFile = (ctx: Context, place: SavePlace): string | undefined => {
  if (place === "none") return undefined;
  return place === "project" ? join(ctx.io.cwd, "colosseum.config.json") : ctx.paths.userConfigFile;
};

/**
 * Asks before a setting that a file holds is changed; what is equal needs no question.
 *
 * @throws UsageError `usage.confirm` where nobody can be asked; ColosseumError `init.kept` after a no.
 */
export async function agreeToOverwrite(ctx: Context, file: string, settings: Settings): Promise<void> {
  const there = await readConfigFile(file);
  const changes = Object.entries(settings).flatMap(([key, value]) => {
    const old = there[key];
    return old === undefined || String(old) === String(value) ? [] : [`${key} from ${String(old)} to ${value}`];
  });
  if (outlivesItsNetwork(there, settings)) changes.push(`validator from ${String(there["validator"])} to none`);
  if (changes.length === 0) return;
  if (ctx.flags.yes) return ctx.out.status(`${file}: changing ${changes.join(", ")}.`);
  if (await askConfirmation(ctx, `${file} has other settings. Change ${changes.join(", ")}?`)) return;
  throw new ColosseumError(`${file} keeps its settings; nothing was changed.`, {
    code: "init.kept",
    exitCode: ExitCode.io,
    hint: "Choose another place with --save project|user|none.",
    details: { file },
  });
}

/** Keeps the settings in the file, one after the other. */
export async function saveSettings(file: string, settings: Settings): Promise<void> {
  const { storeSetting } = await import("../../../config/store.ts");
  if (outlivesItsNetwork(await readConfigFile(file), settings)) await storeSetting(file, "validator", undefined);
  for (const [key, value] of Object.entries(settings)) await storeSetting(file, key as SettingKey, value);
}
