import { join } from "node:path";
import { shellWord } from "../base/shell-word.ts";
import { decryptKeyfile, type Encryption, encryptionOf, encryptKeyfile } from "./encryption.ts";
import { atFile, WalletError } from "./errors.ts";
import { hotkeyNotFound, type KeyPlace, walletNotFound } from "./folder.ts";
import { exists, type NewFile, readKeyBytes } from "./key-files.ts";
import type { Keypair } from "./keypair.ts";
import { parsePrivateContent, privateContent } from "./private-content.ts";
import { publicContent } from "./public-content.ts";

/** A private key file as it lies on the disk. */
export interface KeyFile {
  readonly place: KeyPlace;
  readonly bytes: Uint8Array;
  readonly encryption: Encryption | undefined;
}

/**
 * Reads a key's private file.
 *
 * @param root - The folder of wallets, for the error's hint.
 * @throws WalletError `wallet.not-found`, `wallet.hotkey-not-found`, `wallet.public-only` (only the public file is there).
 */
export async function readKeyFile(root: string, place: KeyPlace): Promise<KeyFile> {
  const bytes = await readKeyBytes(place.path);
  if (bytes !== undefined) return { place, bytes, encryption: encryptionOf(bytes) };
  if ((await readKeyBytes(place.publicPath)) !== undefined) {
    throw new WalletError(`This machine has only the public half of the ${place.kind} "${nameOf(place)}".`, {
      code: "wallet.public-only",
      hint: "Run this where the key is, or import it here: colosseum wallet import --help",
      details: { path: place.publicPath },
    });
  }
  throw place.kind === "hotkey"
    ? await hotkeyNotFound(root, place.wallet, place.name)
    : await missingColdkey(root, place.wallet);
}

const nameOf = (place: KeyPlace): string => (place.kind === "coldkey" ? place.wallet : `${place.wallet}/${place.name}`);

async function missingColdkey(root: string, wallet: string): Promise<WalletError> {
  if (!(await exists(join(root, wallet)))) return walletNotFound(root, wallet);
  return new WalletError(`The wallet "${wallet}" has no coldkey on this machine.`, {
    code: "wallet.no-coldkey",
    hint: `Run this where the coldkey is, or import it here: colosseum wallet import ${shellWord(wallet)}`,
    details: { wallet, root },
  });
}

/** A key and the file text it came from, which may hold fields that colosseum does not know. */
export interface OpenedKey {
  readonly pair: Keypair;
  readonly text: string;
}

/**
 * The key in a file.
 *
 * @param password - Needed where the file is encrypted.
 * @throws WrongPasswordError and everything that `parsePrivateContent` throws, with the file's path in front.
 */
export async function openKeyFile(file: KeyFile, password: string | undefined): Promise<OpenedKey> {
  try {
    const text =
      file.encryption === undefined
        ? new TextDecoder().decode(file.bytes)
        : await decryptKeyfile(file.bytes, file.encryption, password ?? "");
    return { pair: parsePrivateContent(text), text };
  } catch (error) {
    throw atFile(file.place.path, error);
  }
}

/** The two files of a new key, the private one encrypted if there is a password. */
export async function filesOf(place: KeyPlace, pair: Keypair, password: string | undefined): Promise<NewFile[]> {
  const text = privateContent(pair);
  return [
    { path: place.publicPath, content: publicContent(pair) },
    { path: place.path, content: password === undefined ? text : await encryptKeyfile(text, password) },
  ];
}
