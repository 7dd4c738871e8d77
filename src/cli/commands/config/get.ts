import { Command } from "commander";
import { settingOf } from "../../../config/setting-value.ts";
import type { OpenContext } from "../../context.ts";

export const configGet = (open: OpenContext): Command =>
  new Command("get")
    .description("The value of one setting; nothing if it is unset")
    .argument("<key>", "setting, as colosseum config list names it")
    .addHelpText("before", "Examples:\n  $ colosseum config get network\n")
    .action(async (key: string, _: unknown, command: Command) => {
      await using ctx = await open(command);
      const setting = settingOf(key);
      const { value, origin, source } = ctx.config[setting.key];
      const answer = { key: setting.key, value: value ?? null, origin, source: source ?? null };
      ctx.out.result(answer, () => value ?? "");
    });
