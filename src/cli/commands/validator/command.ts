import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { validatorExport } from "./export.ts";
import { validatorStart } from "./start.ts";
import { validatorStatus } from "./status.ts";

/** `validator`: run the arena of a subnet. */
export const validatorCommand = (open: OpenContext): Command =>
  new Command("validator")
    .addCommand(validatorStart(open))
    .addCommand(validatorStatus(open))
    .addCommand(validatorExport(open));
