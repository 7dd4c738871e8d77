import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { validatorBackup, validatorRestore } from "./backup.ts";
import { validatorExport } from "./export.ts";
import { validatorStart } from "./start.ts";
import { validatorStatus } from "./status.ts";

/** `validator`: run the arena of a subnet. */
export const validatorCommand = (open: OpenContext): Command =>
  new Command("validator")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum validator start --netuid 1 -w validator\n  $ colosseum validator export -o tasks.json\n",
    )
    .addCommand(validatorStart(open))
    .addCommand(validatorStatus(open))
    .addCommand(validatorBackup(open))
    .addCommand(validatorRestore(open))
    .addCommand(validatorExport(open));
