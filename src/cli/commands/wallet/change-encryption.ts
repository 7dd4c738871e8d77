import { encryptKeyfile } from "../../../wallet/encryption.ts";
import { WalletError } from "../../../wallet/errors.ts";
import { type KeyPlace, refuseOutsideLink } from "../../../wallet/folder.ts";
import { createKeyFiles, exists, replaceKeyFile } from "../../../wallet/key-files.ts";
import { readKeyFile } from "../../../wallet/keyfile.ts";
import { publicContent } from "../../../wallet/public-content.ts";
import type { Context } from "../../context.ts";
import { labelOf, unlockFile } from "../../open-wallet.ts";
import { withProgress } from "../../progress.ts";
import { newPassword } from "./new-password.ts";

interface Options {
  readonly passwordFile?: string | undefined;
}

/**
 * Puts a key file under a password; its text stays as it is, unknown fields included. A file in one of the old encryptions is
 * opened and written in today's.
 *
 * @throws WalletError `wallet.already-encrypted`.
 */
export async function encryptInPlace(ctx: Context, place: KeyPlace, options: Options): Promise<void> {
  const root = ctx.paths.walletDir;
  await refuseOutsideLink(root, place);
  const file = await readKeyFile(root, place);
  if (file.encryption === "nacl") {
    throw new WalletError(`The ${labelOf(place)} is encrypted already.`, {
      code: "wallet.already-encrypted",
      hint: "To change its password, decrypt it first: colosseum wallet decrypt --help",
      details: { path: place.path },
    });
  }
  const { pair, text } = await unlockFile(ctx, place, options);
  if (ctx.flags.dryRun) return;
  const password = await newPassword(ctx, place, { ...options, required: true });
  const content = await withProgress(ctx, "Encrypting, which takes some seconds", () => encryptKeyfile(text, password));
  ctx.signal.throwIfAborted();
  // Without a public file nobody could tell the address any more.
  if (!(await exists(place.publicPath)))
    await createKeyFiles([{ path: place.publicPath, content: publicContent(pair) }]);
  await replaceKeyFile(place.path, content);
}

/**
 * Writes a key file's text without its encryption.
 *
 * @throws WalletError `wallet.not-encrypted`, `wallet.wrong-password`.
 */
export async function decryptInPlace(ctx: Context, place: KeyPlace, options: Options): Promise<void> {
  const root = ctx.paths.walletDir;
  await refuseOutsideLink(root, place);
  const file = await readKeyFile(root, place);
  if (file.encryption === undefined) {
    throw new WalletError(`The ${labelOf(place)} is not encrypted.`, {
      code: "wallet.not-encrypted",
      hint: "There is nothing to do.",
      details: { path: place.path },
    });
  }
  const { text } = await unlockFile(ctx, place, options);
  ctx.signal.throwIfAborted();
  if (!ctx.flags.dryRun) await replaceKeyFile(place.path, text);
}
