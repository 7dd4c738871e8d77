import { join } from "node:path";
import { Command } from "commander";
import { closest } from "../../../base/text.ts";
import { readConfigFile } from "../../../config/read.ts";
import { SETTINGS } from "../../../config/schema.ts";
import type { Context, OpenContext } from "../../context.ts";
import { drawTable } from "../../table.ts";

export const configList = (open: OpenContext): Command =>
  new Command("list")
    .description("Every setting and its value")
    .option("--origin", "also where each value comes from")
    .addHelpText("before", "Examples:\n  $ colosseum config list\n  $ colosseum config list --origin\n")
    .action(async (options: { origin?: boolean }, command: Command) => {
      await using ctx = await open(command);
      for (const file of [ctx.paths.userConfigFile, join(ctx.io.cwd, "colosseum.config.json")]) {
        for (const key of Object.keys(await readConfigFile(file))) warnUnknown(ctx, key, file);
      }
      const settings = SETTINGS.map(({ key, summary }) => {
        const { value, origin, source } = ctx.config[key];
        return { key, value: value ?? null, origin, source: source ?? null, summary };
      });
      ctx.out.result({ settings }, () => {
        const where = options.origin === true;
        const columns = [{ title: "SETTING" }, { title: "VALUE" }, where ? { title: "FROM" } : { title: "MEANING" }];
        const rows = settings.map(({ key, value, origin, source, summary }) => [
          key,
          value ?? "(unset)",
          where ? `${origin}${source === null ? "" : ` ${source}`}` : summary,
        ]);
        return drawTable(columns, rows, ctx.out.columns);
      });
    });

/** What is no setting is left in a file and does nothing; whoever looks at the settings should know of a mistyped one. */
function warnUnknown(ctx: Context, key: string, file: string): void {
  const keys = SETTINGS.map((setting) => setting.key as string);
  if (keys.includes(key)) return;
  const [near] = closest(key, keys, 1);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  ctx.out.warn({ code: "config.unknown-key", message: `"${key.slice(0, 80)}" in ${file} is no setting.${meant}` });
}
