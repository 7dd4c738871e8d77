import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { labelOf } from "../../open-wallet.ts";
import { withPasswordFile } from "./key-options.ts";
import { targetKey } from "./key-target.ts";

interface EncryptOptions {
  readonly coldkey?: boolean;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet encrypt validator
  $ colosseum wallet encrypt -w validator -H default --password-file ./secret
`;

export const walletEncrypt = (open: OpenContext): Command =>
  withPasswordFile(
    new Command("encrypt")
      .description("Put a key file under a password: the coldkey, or the hotkey named with -H")
      .argument("[name]", "wallet; default: -w")
      .option("--coldkey", "the coldkey, whatever -H says"),
  )
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, options: EncryptOptions, command: Command) => {
      await using ctx = await open(command);
      const place = await targetKey(ctx, name, options.coldkey === true);
      const { encryptInPlace } = await import("./change-encryption.ts");
      await encryptInPlace(ctx, place, options);
      ctx.out.result({ path: place.path, encrypted: !ctx.flags.dryRun }, () =>
        ctx.flags.dryRun ? `Would encrypt ${place.path}` : `The ${labelOf(place)} is encrypted: ${place.path}`,
      );
    });
