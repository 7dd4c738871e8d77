import { join } from "node:path";
import { Command } from "commander";
import { settingOf, settingValue } from "../../../config/setting-value.ts";
import type { Context, OpenContext } from "../../context.ts";

interface Options {
  readonly project?: boolean;
}

const fileFor = (ctx: Context, options: Options): string =>
  options.project === true ? join(ctx.io.cwd, "colosseum.config.json") : ctx.paths.userConfigFile;

export const configSet = (open: OpenContext): Command =>
  new Command("set")
    .description("Keep a setting in the user's file, or in this folder's")
    .argument("<key>", "setting, as colosseum config list names it")
    .argument("<value>", "its value")
    .option("--project", "keep it in ./colosseum.config.json")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum config set network test\n  $ colosseum config set netuid 1 --project\n",
    )
    .action(async (key: string, text: string, options: Options, command: Command) => {
      await using ctx = await open(command);
      const setting = settingOf(key);
      const value = settingValue(setting, text);
      const path = fileFor(ctx, options);
      if (!ctx.flags.dryRun) {
        const { storeSetting } = await import("../../../config/store.ts");
        await storeSetting(path, setting.key, value);
      }
      const { origin, source } = ctx.config[setting.key];
      if (origin === "flag" || origin === "environment" || (origin === "project file" && options.project !== true)) {
        ctx.out.warn({
          code: "config.overruled",
          message: `Here ${setting.key} still comes from the ${origin}${source === undefined ? "" : ` (${source})`}, which is stronger.`,
        });
      }
      ctx.out.result({ key: setting.key, value, path }, () =>
        ctx.flags.dryRun
          ? `Would set ${setting.key} to ${value} in ${path}`
          : `${setting.key} is ${value} now, in ${path}`,
      );
    });

export const configUnset = (open: OpenContext): Command =>
  new Command("unset")
    .description("Drop a setting from the user's file, or from this folder's")
    .argument("<key>", "setting, as colosseum config list names it")
    .option("--project", "drop it from ./colosseum.config.json")
    .addHelpText("before", "Examples:\n  $ colosseum config unset netuid\n")
    .action(async (key: string, options: Options, command: Command) => {
      await using ctx = await open(command);
      const setting = settingOf(key);
      const path = fileFor(ctx, options);
      if (!ctx.flags.dryRun) {
        const { storeSetting } = await import("../../../config/store.ts");
        await storeSetting(path, setting.key, undefined);
      }
      ctx.out.result({ key: setting.key, value: null, path }, () =>
        ctx.flags.dryRun ? `Would drop ${setting.key} from ${path}` : `${setting.key} is no longer set in ${path}`,
      );
    });
