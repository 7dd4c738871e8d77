import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { chosenHotkey } from "../../open-wallet.ts";
import { parseCryptoType, withPasswordFile } from "./key-options.ts";
import { newPassword } from "./new-password.ts";
import { importedKey, type SecretOptions, withSecretSources } from "./secret-source.ts";
import { writeKeys } from "./write-keys.ts";

interface ImportOptions extends SecretOptions {
  readonly encrypt?: boolean;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet hotkey import miner2 -w miner                 (asks for the mnemonic)
  $ colosseum wallet hotkey import bob -w bob --uri //Bob
`;

export const hotkeyImport = (open: OpenContext): Command =>
  withPasswordFile(
    withSecretSources(
      new Command("import")
        .description("Bring a hotkey: from its mnemonic, seed, private key or a polkadot.js export")
        .argument("[name]", "hotkey; default: -H"),
    )
      .option("--crypto-type <scheme>", "sr25519 or ed25519", parseCryptoType, "sr25519")
      .option("--encrypt", "encrypt the key file; whoever runs a miner or validator needs the password"),
  )
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, options: ImportOptions, command: Command) => {
      await using ctx = await open(command);
      const place = await chosenHotkey(ctx, { hotkey: name });
      const { refuseExisting } = await import("../../../wallet/create.ts");
      const { exists, existsError } = await import("../../../wallet/key-files.ts");
      if (await exists(place.path)) throw existsError(place.path);
      const pair = await importedKey(ctx, options);
      await refuseExisting(ctx.paths.walletDir, place, pair.address);
      if (!ctx.flags.dryRun) {
        const password = options.encrypt === true ? await newPassword(ctx, place, options) : undefined;
        await writeKeys(ctx, [{ place, pair, password }]);
      }
      const done = ctx.flags.dryRun ? "Would import" : "Imported";
      ctx.out.result({ wallet: place.wallet, name: place.name, address: pair.address }, () =>
        [`${done} the hotkey "${place.wallet}/${place.name}"`, `  ${pair.address}`].join("\n"),
      );
    });
