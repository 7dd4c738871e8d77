import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { withScoreFlags } from "./score-source.ts";
import { type SendFlags, sendWeights } from "./send-weights.ts";

const EXAMPLES = `Examples:
  $ colosseum weights set scores.json --netuid 1 -w validator
  $ colosseum weights set --uids 1,2 --weights 0.7,0.3 --netuid 1
`;

/** `weights set`: plain where the subnet takes it, else committed as it demands. */
export const weightsSet = (open: OpenContext): Command =>
  withScoreFlags(new Command("set").description("Set the hotkey's weights, in the way that the subnet demands"))
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (argument: string | undefined, flags: SendFlags, command: Command) => {
      await using ctx = await open(command);
      await sendWeights(ctx, argument, flags, "auto");
    });
