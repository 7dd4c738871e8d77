import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { minerCheck } from "./check.ts";
import { minerStart } from "./start.ts";
import { minerStatus } from "./status.ts";

/** `miner`: play as generator and discriminator. */
export const minerCommand = (open: OpenContext): Command =>
  new Command("miner").addCommand(minerStart(open)).addCommand(minerStatus(open)).addCommand(minerCheck(open));
