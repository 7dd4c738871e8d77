import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { simulateDiff } from "./diff.ts";
import { simulateYuma } from "./yuma.ts";

/** `simulate TASKS` itself, and the experiments below it. */
export const simulateCommand = (open: OpenContext): Command =>
  new Command("simulate")
    .description("Replay a task log under any rule set, and experiment with mechanisms")
    // Options such as --preset belong to `simulate` and, with another meaning, to `simulate diff`.
    .enablePositionalOptions()
    .addCommand(simulateDiff(open))
    .addCommand(simulateYuma(open));
