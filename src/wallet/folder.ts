import { lstat, readdir, realpath } from "node:fs/promises";
import { join, relative } from "node:path";
import { messageOf } from "../base/errors.ts";
import { shellWord } from "../base/shell-word.ts";
import { closest, compareNatural } from "../base/text.ts";
import { type Encryption, encryptionOf } from "./encryption.ts";
import { atFile, WalletError } from "./errors.ts";
import { looseMode, readKeyBytes } from "./key-files.ts";
import { checkHotkeyName, checkWalletName, isCompanion } from "./names.ts";
import { addressOf, parsePublicContent } from "./public-content.ts";

/** Where one key of a wallet lies. */
export interface KeyPlace {
  readonly kind: "coldkey" | "hotkey";
  readonly wallet: string;
  /** `default`, …; `coldkey` for the coldkey. */
  readonly name: string;
  readonly path: string;
  readonly publicPath: string;
}

export interface HotkeyEntry {
  readonly name: string;
  /** null where neither a public file nor a plain key file tells it. */
  readonly address: string | null;
}

/** A wallet as `wallet list` shows it. */
export interface WalletEntry {
  readonly name: string;
  readonly path: string;
  readonly coldkey: string | null;
  /** Whether the coldkey file is encrypted; null on a public-only machine. */
  readonly encrypted: boolean | null;
  readonly hotkeys: readonly HotkeyEntry[];
}

/** Something odd on the way that stopped nothing. */
export interface Oddity {
  readonly code: string;
  readonly message: string;
}

/** @throws UsageError `wallet.bad-name`. */
export function coldkeyPlace(root: string, wallet: string): KeyPlace {
  const path = join(root, checkWalletName(wallet), "coldkey");
  return { kind: "coldkey", wallet, name: "coldkey", path, publicPath: `${path}pub.txt` };
}

/** @throws UsageError `wallet.bad-name`. */
export function hotkeyPlace(root: string, wallet: string, hotkey: string): KeyPlace {
  const path = join(root, checkWalletName(wallet), "hotkeys", checkHotkeyName(hotkey));
  return { kind: "hotkey", wallet, name: hotkey, path, publicPath: `${path}pub.txt` };
}

/** A key's address as its files tell it without a password, and how the private one is kept. */
export interface KeyFacts {
  readonly address: string | null;
  /** Whether the private file is there. */
  readonly present: boolean;
  readonly encryption: Encryption | undefined;
}

/**
 * Reads what can be known of a key without a password: from its public file, else from a plain private one.
 *
 * @throws WalletError `wallet.unreadable`, `wallet.corrupt-keyfile`, `wallet.unknown-crypto-type`.
 */
export async function keyFacts(place: KeyPlace): Promise<KeyFacts> {
  const [publicFile, privateFile] = await Promise.all([readKeyBytes(place.publicPath), readKeyBytes(place.path)]);
  const encryption = privateFile === undefined ? undefined : encryptionOf(privateFile);
  const facts = { present: privateFile !== undefined, encryption };
  if (publicFile !== undefined) return { ...facts, address: await publicAddress(place.publicPath, publicFile) };
  if (privateFile === undefined || encryption !== undefined) return { ...facts, address: null };
  return { ...facts, address: await plainAddress(place.path, privateFile) };
}

async function publicAddress(path: string, file: Uint8Array): Promise<string> {
  try {
    return await addressOf(parsePublicContent(new TextDecoder().decode(file)));
  } catch (error) {
    throw atFile(path, error);
  }
}

/** JSON tells its address; a raw secret of the first versions must be derived, and only that loads any cryptography. */
async function plainAddress(path: string, file: Uint8Array): Promise<string> {
  const text = new TextDecoder().decode(file);
  if (text.trimStart().startsWith("{")) return publicAddress(path, file);
  try {
    const { parsePrivateContent } = await import("./private-content.ts");
    return parsePrivateContent(text).address;
  } catch (error) {
    throw atFile(path, error);
  }
}

/** Names in a folder; none where there is no folder (strangers among the wallets may be files). */
async function namesIn(path: string, options: { orFile: boolean } = { orFile: true }): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || (code === "ENOTDIR" && options.orFile)) return [];
    throw new WalletError(`Cannot read the folder ${path}: ${messageOf(error)}.`, {
      code: "wallet.unreadable",
      hint: "Check its owner and rights.",
      details: { path },
      cause: error,
    });
  }
}

/** Whether a path is a link that leads out of the folder of wallets. */
async function leadsOutside(root: string, path: string): Promise<boolean> {
  try {
    if (!(await lstat(path)).isSymbolicLink()) return false;
    const inside = relative(await realpath(root), await realpath(path));
    return inside === "" || inside.startsWith("..");
  } catch {
    return false;
  }
}

const outsideError = (path: string): WalletError =>
  new WalletError(`${path} is a symbolic link that leads out of the folder of wallets.`, {
    code: "wallet.symlink",
    hint: "Name the folder it leads to with --wallet-path instead.",
    details: { path },
  });

/** @throws WalletError `wallet.symlink` if a wallet or one of its key files is a link out of the folder of wallets. */
export async function refuseOutsideLink(root: string, place: KeyPlace): Promise<void> {
  for (const path of [join(root, place.wallet), join(root, place.wallet, "hotkeys"), place.path]) {
    if (await leadsOutside(root, path)) throw outsideError(path);
  }
}

/** What to say of a private key file that others than its owner may read; undefined if its rights are tight. */
export async function looseRights(path: string): Promise<Oddity | undefined> {
  const mode = await looseMode(path);
  if (mode === undefined) return undefined;
  const message = `${path} may be read by others than its owner (${mode}); tighten it with: chmod 600 ${path}`;
  return { code: "wallet.loose-rights", message };
}

/** A hotkey's or coldkey's facts; what is wrong with it becomes an oddity, so that one bad file hides no other. */
async function lenientFacts(place: KeyPlace, onOddity: (oddity: Oddity) => void): Promise<KeyFacts> {
  try {
    const facts = await keyFacts(place);
    const loose = facts.present ? await looseRights(place.path) : undefined;
    if (loose !== undefined) onOddity(loose);
    return facts;
  } catch (error) {
    if (!(error instanceof WalletError)) throw error;
    onOddity({ code: error.code, message: error.message });
    // A coldkey that another user keeps to himself has a public file for everybody else.
    const [publicFile, file] = await Promise.all(
      [place.publicPath, place.path].map((path) => readKeyBytes(path).catch(() => undefined)),
    );
    const address = publicFile && (await publicAddress(place.publicPath, publicFile).catch(() => null));
    return { address: address ?? null, present: file !== undefined, encryption: file && encryptionOf(file) };
  }
}

async function entryOf(
  root: string,
  name: string,
  onOddity: (oddity: Oddity) => void,
): Promise<WalletEntry | undefined> {
  const path = join(root, name);
  if (await leadsOutside(root, path)) {
    onOddity({ code: "wallet.symlink", message: outsideError(path).message });
    return undefined;
  }
  const cold = coldkeyPlace(root, name);
  const [facts, hotkeyFiles] = await Promise.all([
    lenientFacts(cold, onOddity),
    namesIn(join(path, "hotkeys")).catch((error: unknown) => {
      if (!(error instanceof WalletError)) throw error;
      onOddity({ code: error.code, message: error.message });
      return [];
    }),
  ]);
  const hotkeyNames = hotkeyFiles.filter((file) => !file.startsWith(".") && !isCompanion(file)).sort(compareNatural);
  if (!facts.present && facts.address === null && hotkeyNames.length === 0) return undefined;
  const hotkeys = await Promise.all(
    hotkeyNames.map(async (hotkey) => {
      const place = { ...cold, kind: "hotkey" as const, name: hotkey, path: join(path, "hotkeys", hotkey) };
      const { address } = await lenientFacts({ ...place, publicPath: `${place.path}pub.txt` }, onOddity);
      return { name: hotkey, address };
    }),
  );
  const encrypted = facts.present ? facts.encryption !== undefined : null;
  return { name, path, coldkey: facts.address, encrypted, hotkeys };
}

/**
 * All wallets of a folder in natural order (coldkey2 before coldkey10); none where the folder is missing. No secret is
 * read but plain key files without a public one beside them.
 *
 * @param onOddity - Told of damaged files, of private ones that others may read, and of links that lead outside; they stop
 * nothing.
 */
export async function listWallets(root: string, onOddity: (oddity: Oddity) => void): Promise<WalletEntry[]> {
  const names = (await namesIn(root, { orFile: false })).filter((name) => !name.startsWith(".")).sort(compareNatural);
  const entries = await Promise.all(names.map((name) => entryOf(root, name, onOddity)));
  return entries.filter((entry) => entry !== undefined);
}

/**
 * One wallet by name.
 *
 * @throws WalletError `wallet.not-found`, with the names nearest to it in the hint; UsageError `wallet.bad-name`.
 */
export async function readWallet(root: string, name: string, onOddity: (oddity: Oddity) => void): Promise<WalletEntry> {
  const { path } = coldkeyPlace(root, name);
  if (await leadsOutside(root, join(path, ".."))) throw outsideError(join(root, name));
  const entry = await entryOf(root, name, onOddity);
  if (entry === undefined) throw await walletNotFound(root, name);
  return entry;
}

/** The error for a wallet that is not there. */
export async function walletNotFound(root: string, name: string): Promise<WalletError> {
  const near = closest(name, await namesIn(root));
  return new WalletError(`There is no wallet "${name}" in ${root}.`, {
    code: "wallet.not-found",
    hint:
      near.length > 0
        ? `Did you mean ${near.join(" or ")}? All of them: colosseum wallet list`
        : `Create it with: colosseum wallet create ${shellWord(name)}`,
    details: { wallet: name, root },
  });
}

/** The error for a hotkey that is not there. */
export async function hotkeyNotFound(root: string, wallet: string, hotkey: string): Promise<WalletError> {
  const names = (await namesIn(join(root, wallet, "hotkeys"))).filter((file) => !isCompanion(file));
  if (names.length === 0 && !(await namesIn(root)).includes(wallet)) return walletNotFound(root, wallet);
  const near = closest(hotkey, names);
  return new WalletError(`The wallet "${wallet}" has no hotkey "${hotkey}".`, {
    code: "wallet.hotkey-not-found",
    hint:
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : `Make it with: colosseum wallet hotkey add ${shellWord(hotkey)} -w ${shellWord(wallet)}`,
    details: { wallet, hotkey, root },
  });
}
