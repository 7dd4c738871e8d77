import { resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { parseColdkey } from "../../../base/ids.ts";
import type { CryptoType } from "../../../base/ports.ts";
import { decodeSs58 } from "../../../base/ss58.ts";
import { coldkeyPlace, type KeyPlace } from "../../../wallet/folder.ts";
import type { Context, OpenContext } from "../../context.ts";
import { chosenNames } from "../../wallet-choice.ts";
import { parseCryptoType, withPasswordFile } from "./key-options.ts";
import { newPassword, refusePasswordConflict } from "./new-password.ts";
import { importedKey, type SecretOptions, withSecretSources } from "./secret-source.ts";
import { writeKeys } from "./write-keys.ts";

interface ImportOptions extends SecretOptions {
  readonly password: boolean;
  readonly passwordFile?: string;
  readonly publicOnly?: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet import validator                              (asks for the mnemonic)
  $ colosseum wallet import old --json-file export.json --export-password-file ./secret
  $ colosseum wallet import alice --uri //Alice --no-password
  $ colosseum wallet import watch --public-only 5F…
`;

export const walletImport = (open: OpenContext): Command =>
  withPasswordFile(
    withSecretSources(
      new Command("import")
        .description("Bring a coldkey: from its mnemonic, seed, private key or a polkadot.js export")
        .argument("[name]", "wallet; default: -w"),
    )
      .option("--public-only <ss58>", "write only the public file of this address; nothing can be signed")
      .option("--crypto-type <scheme>", "sr25519 or ed25519", parseCryptoType, "sr25519")
      .option("--no-password", "do not encrypt the coldkey"),
  )
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, options: ImportOptions, command: Command) => {
      await using ctx = await open(command);
      const { wallet } = chosenNames(ctx, { wallet: name });
      const place = coldkeyPlace(ctx.paths.walletDir, wallet);
      const coldkey =
        options.publicOnly === undefined
          ? await importSecret(ctx, place, options)
          : await importPublic(ctx, place, options.publicOnly, options.cryptoType);
      const { readWallet } = await import("../../../wallet/folder.ts");
      const hotkeys = ctx.flags.dryRun
        ? []
        : (await readWallet(ctx.paths.walletDir, wallet, (oddity) => ctx.out.warn(oddity))).hotkeys;
      const [what, path] =
        options.publicOnly === undefined
          ? ["the coldkey", place.path]
          : ["the public half of the coldkey", place.publicPath];
      ctx.out.result({ name: wallet, coldkey, hotkeys }, () =>
        ctx.flags.dryRun
          ? `Would import ${coldkey} as ${path}`
          : `Imported ${what} of "${wallet}" to ${resolve(path)}\n  ${coldkey}`,
      );
    });

async function importSecret(ctx: Context, place: KeyPlace, options: ImportOptions): Promise<string> {
  refusePasswordConflict(options, undefined);
  const { refuseExisting } = await import("../../../wallet/create.ts");
  const { exists, existsError } = await import("../../../wallet/key-files.ts");
  if (await exists(place.path)) throw existsError(place.path);
  const pair = await importedKey(ctx, options);
  await refuseExisting(ctx.paths.walletDir, place, pair.address);
  if (ctx.flags.dryRun) return pair.address;
  const password = options.password ? await newPassword(ctx, place, options) : undefined;
  await writeKeys(ctx, [{ place, pair, password }]);
  return pair.address;
}

/** A public-only wallet: enough for everything that reads the chain. */
async function importPublic(ctx: Context, place: KeyPlace, text: string, cryptoType: CryptoType): Promise<string> {
  const address = parseColdkey(text);
  const publicKey = decodeSs58(address);
  if (publicKey === undefined) throw new UsageError(`"${text}" is not an SS58 address.`, { code: "usage.address" });
  const { createPublicFile, refuseExisting } = await import("../../../wallet/create.ts");
  await refuseExisting(ctx.paths.walletDir, place);
  if (!ctx.flags.dryRun) await createPublicFile(place, { address, publicKey, cryptoType });
  return address;
}
