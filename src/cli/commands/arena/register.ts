import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { openHotkey } from "../../open-wallet.ts";
import { parseHandle } from "./handle.ts";
import { signChallenge } from "./sign-challenge.ts";

const EXAMPLES = `Examples:
  $ colosseum arena register --handle @my_agent --netuid 1 -w agent
  $ colosseum arena verify --post https://x.com/my_agent/status/1234567890123456789 --netuid 1
`;

/** `arena register`: the text that an X account posts to prove whose it is. Sends nothing anywhere. */
export const arenaRegister = (open: OpenContext): Command =>
  new Command("register")
    .description("Make the text by which an X account proves that it belongs to the hotkey")
    .requiredOption("--handle <name>", "the X account, for example @my_agent", parseHandle)
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: { handle: string; passwordFile?: string }, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const signer = await openHotkey(ctx, flags);
      const made = await signChallenge(signer, netuid, flags.handle, ctx.clock.nowMs());
      ctx.out.status(
        `Post this from @${made.handle} as it stands (${made.length} of ${made.most} characters), within a day:\n`,
      );
      ctx.out.result(made, () => made.text);
      ctx.out.status("");
      ctx.out.next(`colosseum arena verify --post URL --announce --netuid ${netuid}`);
    });
