import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { withScoreFlags } from "./score-source.ts";
import { type SendFlags, sendWeights } from "./send-weights.ts";

const EXAMPLES = `Examples:
  $ colosseum weights commit scores.json --netuid 1 -w validator
  $ colosseum weights commit --hash --uids 1,2 --weights 0.7,0.3 --netuid 1
`;

/** `weights commit`: timelocked (the chain opens it), or by hash (opened with `weights reveal`). */
export const weightsCommit = (open: OpenContext): Command =>
  withScoreFlags(new Command("commit").description("Commit the hotkey's weights, hidden until a later epoch"))
    .option("--hash", "by hash, to be opened with: colosseum weights reveal", false)
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (argument: string | undefined, flags: SendFlags & { hash: boolean }, command: Command) => {
      await using ctx = await open(command);
      await sendWeights(ctx, argument, flags, flags.hash ? "hash" : "timelock");
    });
