import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { labelOf } from "../../open-wallet.ts";
import { withPasswordFile } from "./key-options.ts";
import { targetKey } from "./key-target.ts";

interface DecryptOptions {
  readonly coldkey?: boolean;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet decrypt -w validator -H default
  $ colosseum wallet decrypt validator --password-file ./secret
`;

export const walletDecrypt = (open: OpenContext): Command =>
  withPasswordFile(
    new Command("decrypt")
      .description("Keep a key file without a password: the coldkey, or the hotkey named with -H")
      .argument("[name]", "wallet; default: -w")
      .option("--coldkey", "the coldkey, whatever -H says"),
  )
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, options: DecryptOptions, command: Command) => {
      await using ctx = await open(command);
      const place = await targetKey(ctx, name, options.coldkey === true);
      const { decryptInPlace } = await import("./change-encryption.ts");
      await decryptInPlace(ctx, place, options);
      ctx.out.result({ path: place.path, encrypted: ctx.flags.dryRun }, () =>
        ctx.flags.dryRun
          ? `Would decrypt ${place.path}`
          : `The ${labelOf(place)} is no longer encrypted: whoever reads ${place.path} has the key.`,
      );
    });
