import { dirname } from "node:path";
import type { CryptoType } from "../base/ports.ts";
import { type KeyPlace, keyFacts, refuseOutsideLink } from "./folder.ts";
import { createKeyFiles, ensureFolder, exists, existsError, type NewFile } from "./key-files.ts";
import { filesOf } from "./keyfile.ts";
import type { Keypair } from "./keypair.ts";
import { publicContent } from "./public-content.ts";

/** A key to be written, under a password if there is one. */
export interface NewKey {
  readonly place: KeyPlace;
  readonly pair: Keypair;
  readonly password: string | undefined;
}

/**
 * Refuses, before anything slow or irreversible is done, to make a key where one is.
 *
 * @param address - The key about to come: where only its own public file lies there, the private one may join it.
 * @throws WalletError `wallet.exists`, `wallet.symlink`.
 */
export async function refuseExisting(root: string, place: KeyPlace, address?: string): Promise<void> {
  await refuseOutsideLink(root, place);
  if (await exists(place.path)) throw existsError(place.path);
  if ((await exists(place.publicPath)) && (address === undefined || (await keyFacts(place)).address !== address)) {
    throw existsError(place.publicPath);
  }
}

export interface CreateOptions {
  /** Other private files that belong to the same step, such as the mnemonic's. */
  readonly beside?: readonly NewFile[];
  /** Once aborted, nothing is written any more. */
  readonly signal?: AbortSignal;
}

/**
 * Writes new keys in Bittensor's layout, all or none: folders 0700, files 0600, nothing overwritten.
 *
 * @throws WalletError `wallet.exists`, `wallet.symlink`, `wallet.unwritable`.
 */
export async function createKeys(root: string, keys: readonly NewKey[], options: CreateOptions = {}): Promise<void> {
  for (const { place, pair } of keys) await refuseExisting(root, place, pair.address);
  const files = [...(options.beside ?? [])];
  // At the same time, since one derivation serves all keys under one password.
  const made = await Promise.all(
    keys.map(async ({ place, pair, password }) => {
      const both = await filesOf(place, pair, password);
      return (await exists(place.publicPath)) ? both.slice(1) : both;
    }),
  );
  files.push(...made.flat());
  options.signal?.throwIfAborted();
  for (const { place } of keys) await ensureFolder(dirname(place.path));
  await createKeyFiles(files);
}

/** Writes only the public file of a key: a public-only machine. @throws WalletError `wallet.exists`, `wallet.unwritable`. */
export async function createPublicFile(
  place: KeyPlace,
  key: { address: string; publicKey: Uint8Array; cryptoType: CryptoType },
): Promise<void> {
  await ensureFolder(dirname(place.publicPath));
  await createKeyFiles([{ path: place.publicPath, content: publicContent(key) }]);
}
