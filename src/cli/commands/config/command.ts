import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { configGet } from "./get.ts";
import { configList } from "./list.ts";
import { configPath } from "./path.ts";
import { configSet, configUnset } from "./set.ts";

export const configCommand = (open: OpenContext): Command =>
  new Command("config")
    .description("Settings, where they come from, and where they are kept")
    .addHelpText("before", "Examples:\n  $ colosseum config list --origin\n  $ colosseum config set netuid 1\n")
    .addCommand(configList(open))
    .addCommand(configGet(open))
    .addCommand(configSet(open))
    .addCommand(configUnset(open))
    .addCommand(configPath(open));
