import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { minerCheck } from "./check.ts";
import { minerExam } from "./exam.ts";
import { minerStart } from "./start.ts";
import { minerStatus } from "./status.ts";

/** `miner`: play as generator and discriminator. */
export const minerCommand = (open: OpenContext): Command =>
  new Command("miner")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum miner check --netuid 1 -w miner\n  $ colosseum miner start --netuid 1 -w miner --brain fixtures:0.8\n",
    )
    .addCommand(minerStart(open))
    .addCommand(minerStatus(open))
    .addCommand(minerCheck(open))
    .addCommand(minerExam(open));
