import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { parseValidatorUrl } from "../../validator-url.ts";
import type { WatchFlags } from "./flags.ts";

const EXAMPLES = `Examples:
  $ colosseum watch --netuid 1 -w validator                        the validator of this machine, live until q
  $ colosseum watch --netuid 1 --validator http://127.0.0.1:8091   another one, as far as it shows itself
  $ colosseum watch --netuid 1 --once --json                       one look, for scripts
`;

/** `watch`: tasks, votes, leaderboard, metagraph and chain, live. */
export const watchCommand = (open: OpenContext): Command =>
  new Command("watch")
    .description("Live: tasks, votes, leaderboard, metagraph, chain")
    .option(
      "--validator <url>",
      "watch this validator; default: the store of -w and -H on this machine, if there is one",
      parseValidatorUrl,
    )
    .option("--log-file <file>", "show the end of a validator's log (`validator start --log-file`) too")
    .option("--once", "look once, print it and end")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: WatchFlags, command: Command) => {
      await using ctx = await open(command);
      const { watch } = await import("./run.ts");
      await watch(ctx, flags);
    });
