import { Command } from "commander";
import { ExitCode, UsageError } from "../../../base/errors.ts";
import { parseHotkey } from "../../../base/ids.ts";
import { decodeSs58 } from "../../../base/ss58.ts";
import type { OpenContext } from "../../context.ts";
import { hexArgument, messageBytes } from "./message.ts";

interface VerifyOptions {
  readonly hex?: boolean;
  readonly address: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet verify "I own this hotkey" 0x5c… --address 5F…
`;

export const walletVerify = (open: OpenContext): Command =>
  new Command("verify")
    .description("Check who signed a message; exit 3 if it was not this address")
    .argument("<message>", "the text as typed (UTF-8), or hex with --hex")
    .argument("<signature>", "64 bytes in hex")
    .requiredOption("--address <ss58>", "who is said to have signed", parseHotkey)
    .option("--hex", "the message is hex")
    .addHelpText("before", EXAMPLES)
    .action(async (message: string, signature: string, options: VerifyOptions, command: Command) => {
      await using ctx = await open(command);
      const bytes = messageBytes(message, options.hex === true);
      const raw = hexArgument(signature, "signature");
      if (raw.length !== 64 && raw.length !== 65) {
        throw new UsageError(`A signature has 64 bytes, not ${raw.length}.`, {
          code: "usage.signature",
          hint: "Give it as colosseum wallet sign prints it: 0x and 128 hex digits.",
        });
      }
      const { isSignedBy } = await import("../../../wallet/verify.ts");
      const valid = isSignedBy(bytes, raw, decodeSs58(options.address) ?? new Uint8Array());
      if (!valid) ctx.exitWith(ExitCode.findings);
      ctx.out.result({ valid }, () =>
        valid
          ? `Valid: ${options.address} signed this message.`
          : `Not valid: ${options.address} did not sign this message.`,
      );
    });
