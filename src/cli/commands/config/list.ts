import { Command } from "commander";
import { SETTINGS } from "../../../config/schema.ts";
import type { OpenContext } from "../../context.ts";
import { drawTable } from "../../table.ts";

export const configList = (open: OpenContext): Command =>
  new Command("list")
    .description("Every setting and its value")
    .option("--origin", "also where each value comes from")
    .addHelpText("before", "Examples:\n  $ colosseum config list\n  $ colosseum config list --origin\n")
    .action(async (options: { origin?: boolean }, command: Command) => {
      await using ctx = await open(command);
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
