import { ColosseumError, type UsageError } from "../base/errors.ts";
import type { Signer } from "../base/ports.ts";
import type { KeyPlace } from "../wallet/folder.ts";
import type { OpenedKey } from "../wallet/keyfile.ts";
import type { Keypair } from "../wallet/keypair.ts";
import type { Context } from "./context.ts";
import { withProgress } from "./progress.ts";
import { askSecret, unansweredError } from "./prompts.ts";
import { chosenNames } from "./wallet-choice.ts";

/** How often a mistyped password may be typed again. */
const ATTEMPTS = 3;

export interface UnlockOptions {
  /** `--password-file` of the command. */
  readonly passwordFile?: string | undefined;
}

/** Where the chosen coldkey (`-w`) lies. @throws UsageError `wallet.bad-name`, `usage.two-names`. */
export async function chosenColdkey(ctx: Context, named: { wallet?: string | undefined } = {}): Promise<KeyPlace> {
  const { coldkeyPlace } = await import("../wallet/folder.ts");
  return coldkeyPlace(ctx.paths.walletDir, chosenNames(ctx, named).wallet);
}

/** Where the chosen hotkey (`-w`, `-H`) lies. @throws UsageError `wallet.bad-name`, `usage.two-names`. */
export async function chosenHotkey(
  ctx: Context,
  named: { wallet?: string | undefined; hotkey?: string | undefined } = {},
): Promise<KeyPlace> {
  const { hotkeyPlace } = await import("../wallet/folder.ts");
  const { wallet, hotkey } = chosenNames(ctx, named);
  return hotkeyPlace(ctx.paths.walletDir, wallet, hotkey);
}

/** The chosen hotkey, unlocked: what miners, validators and `weights` sign with. */
export async function openHotkey(ctx: Context, options: UnlockOptions = {}): Promise<Signer> {
  return unlock(ctx, await chosenHotkey(ctx), options);
}

/** The chosen coldkey, unlocked: only for what moves money or ownership. */
export async function openColdkey(ctx: Context, options: UnlockOptions = {}): Promise<Signer> {
  return unlock(ctx, await chosenColdkey(ctx), options);
}

/** The chosen hotkey's address without its secret: enough to read from the chain, and works on a public-only machine. */
export async function hotkeyAddress(ctx: Context): Promise<string> {
  return addressAt(ctx, await chosenHotkey(ctx));
}

/** The chosen coldkey's address without its secret or password. */
export async function coldkeyAddress(ctx: Context): Promise<string> {
  return addressAt(ctx, await chosenColdkey(ctx));
}

async function addressAt(ctx: Context, place: KeyPlace): Promise<string> {
  const { keyFacts, refuseOutsideLink } = await import("../wallet/folder.ts");
  await refuseOutsideLink(ctx.paths.walletDir, place);
  const facts = await keyFacts(place);
  if (facts.address !== null) return facts.address;
  const { readKeyFile } = await import("../wallet/keyfile.ts");
  await readKeyFile(ctx.paths.walletDir, place);
  // The private file is there but encrypted, and nothing beside it tells the address.
  return (await unlock(ctx, place)).address;
}

/**
 * The key at a place. An encrypted one is opened with the password from `--password-file` or the environment, else asked for
 * at the terminal; meanwhile a line says so, because the derivation takes seconds.
 *
 * @throws WalletError (missing, damaged, wrong password), UsageError `wallet.password-missing` without a terminal.
 */
export async function unlock(ctx: Context, place: KeyPlace, options: UnlockOptions = {}): Promise<Keypair> {
  const known = ctx.openedKeys?.get(place.path);
  if (known !== undefined) return known;
  const { pair } = await unlockFile(ctx, place, options);
  ctx.openedKeys?.set(place.path, pair);
  return pair;
}

/** {@link unlock} for those who rewrite the file and need its text. */
export async function unlockFile(ctx: Context, place: KeyPlace, options: UnlockOptions = {}): Promise<OpenedKey> {
  const root = ctx.paths.walletDir;
  const { refuseOutsideLink } = await import("../wallet/folder.ts");
  const { openKeyFile, readKeyFile } = await import("../wallet/keyfile.ts");
  await refuseOutsideLink(root, place);
  const file = await readKeyFile(root, place);
  await warnIfLoose(ctx, place.path);
  if (file.encryption === undefined) return openKeyFile(file, undefined);

  const { passwordFor } = await import("../wallet/password.ts");
  const label = labelOf(place);
  const found = await passwordFor(place.path, { env: ctx.io.env, cwd: ctx.io.cwd, passwordFile: options.passwordFile });
  const openWith = (password: string): Promise<OpenedKey> =>
    withProgress(ctx, `Unlocking the ${label}, which takes some seconds`, () => openKeyFile(file, password));
  if (found !== undefined) {
    return openWith(found.password);
  }
  for (let attempt = 1; ; attempt++) {
    const password = await askSecret(ctx, `Password of the ${label}`, () =>
      passwordMissing(`The ${label} is encrypted.`),
    );
    try {
      return await openWith(password);
    } catch (error) {
      const wrong = error instanceof ColosseumError && error.code === "wallet.wrong-password";
      if (!wrong || attempt === ATTEMPTS) throw error;
      ctx.io.stderr.write("That is not its password.\n");
    }
  }
}

/** "coldkey "validator"", "hotkey "validator/default"". */
export const labelOf = (place: KeyPlace): string =>
  place.kind === "coldkey" ? `coldkey "${place.wallet}"` : `hotkey "${place.wallet}/${place.name}"`;

/** The usage error where a password is needed and nobody can be asked. */
export const passwordMissing = (why: string): UsageError =>
  unansweredError(
    why,
    "wallet.password-missing",
    "Add --password-file FILE, or set BT_WALLET_PASSWORD or BT_WALLET_PASSWORD_FILE.",
  );

/** Points out a key file that others than its owner may read. */
export async function warnIfLoose(ctx: Context, path: string): Promise<void> {
  const { looseRights } = await import("../wallet/folder.ts");
  const loose = await looseRights(path);
  if (loose !== undefined) ctx.out.warn(loose);
}
