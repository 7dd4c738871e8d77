import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { chosenColdkey, chosenHotkey, unlock } from "../../open-wallet.ts";
import { withPasswordFile } from "./key-options.ts";
import { messageBytes } from "./message.ts";

interface SignOptions {
  readonly hex?: boolean;
  readonly coldkey?: boolean;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet sign "I own this hotkey" -w validator
  $ colosseum wallet sign 0xdeadbeef --hex --coldkey
`;

export const walletSign = (open: OpenContext): Command =>
  withPasswordFile(
    new Command("sign")
      .description("Sign a message with the hotkey, or with the coldkey")
      .argument("<message>", "the text as typed (UTF-8), or hex with --hex")
      .option("--hex", "the message is hex")
      .option("--coldkey", "sign with the coldkey"),
  )
    .addHelpText("before", EXAMPLES)
    .action(async (message: string, options: SignOptions, command: Command) => {
      await using ctx = await open(command);
      const bytes = messageBytes(message, options.hex === true);
      const key = await unlock(ctx, await (options.coldkey === true ? chosenColdkey(ctx) : chosenHotkey(ctx)), options);
      const signature = `0x${Buffer.from(key.sign(bytes)).toString("hex")}`;
      ctx.out.result({ address: key.address, message, signature }, () => signature);
    });
