import { randomBytes } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { createKeys } from "../wallet/create.ts";
import { coldkeyPlace, hotkeyPlace } from "../wallet/folder.ts";
import type { Keypair } from "../wallet/keypair.ts";
import { keypairFromMnemonic } from "../wallet/keyring.ts";
import { mnemonicOf } from "../wallet/mnemonic.ts";

/** A wallet of the demo, open: its keys are made here and written without a password, for a chain that is worth nothing. */
export interface DemoWallet {
  readonly name: string;
  readonly coldkey: Keypair;
  readonly hotkey: Keypair;
}

/** 128 bits: from the seed where there is one (then anybody can make the same keys), else from the system. */
const entropy = (seed: string | undefined, name: string): Uint8Array =>
  seed === undefined ? randomBytes(16) : sha256(utf8ToBytes(`colosseum demo/${seed}/${name}`)).subarray(0, 16);

/**
 * Makes wallets with one hotkey each, in Bittensor's layout below `root`.
 *
 * @param seed - Decides every key; undefined draws them.
 * @returns In the order of `names`.
 */
export async function makeWallets(
  root: string,
  names: readonly string[],
  seed: string | undefined,
): Promise<DemoWallet[]> {
  const wallets = names.map((name) => ({
    name,
    coldkey: keypairFromMnemonic(mnemonicOf(entropy(seed, `${name}/coldkey`)), "sr25519"),
    hotkey: keypairFromMnemonic(mnemonicOf(entropy(seed, `${name}/hotkey`)), "sr25519"),
  }));
  const keys = wallets.flatMap(({ name, coldkey, hotkey }) => [
    { place: coldkeyPlace(root, name), pair: coldkey, password: undefined },
    { place: hotkeyPlace(root, name, "default"), pair: hotkey, password: undefined },
  ]);
  await createKeys(root, keys);
  return wallets;
}
