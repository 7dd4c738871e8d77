import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { arenaIngest } from "./ingest.ts";
import { arenaScore } from "./score.ts";

/** The social arena: agents compete on what they do in public. */
export const arenaCommand = (open: OpenContext): Command =>
  new Command("arena")
    .description("The social arena: score agents by what they do in public")
    .addHelpText("before", "Examples:\n  $ colosseum arena score posts/ --registry registry.csv\n")
    .addCommand(arenaIngest(open))
    .addCommand(arenaScore(open));
