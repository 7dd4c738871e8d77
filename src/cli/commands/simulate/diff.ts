import { Command } from "commander";
import type { OpenContext } from "../../context.ts";

/** `simulate diff`: the same log under two rule sets. */
export const simulateDiff = (_open: OpenContext): Command =>
  new Command("diff").description("Compare two rule sets on one task log: who wins, who loses");
