import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { stakeAdd } from "./add.ts";
import { stakeList } from "./list.ts";
import { stakeRemove } from "./remove.ts";

export const stakeCommand = (open: OpenContext): Command =>
  new Command("stake")
    .description("Stake on hotkeys: what there is, more of it, less of it")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum stake add 100 --netuid 1 -w validator\n  $ colosseum stake list -w validator\n",
    )
    .addCommand(stakeAdd(open))
    .addCommand(stakeRemove(open))
    .addCommand(stakeList(open));
