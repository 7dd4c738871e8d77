import { CorruptKeyfileError } from "./errors.ts";

export type Encryption = "nacl" | "ansible-vault" | "fernet";

const PREFIXES: readonly (readonly [prefix: string, Encryption])[] = [
  ["$NACL", "nacl"],
  ["$ANSIBLE_VAULT", "ansible-vault"],
  ["gAAAAA", "fernet"],
];

/** How a key file is encrypted, told by its first bytes alone; undefined if it is not. */
export function encryptionOf(file: Uint8Array): Encryption | undefined {
  const start = Buffer.from(file.subarray(0, 16)).toString("latin1");
  return PREFIXES.find(([prefix]) => start.startsWith(prefix))?.[1];
}

/**
 * The text of an encrypted key file. Takes seconds of another thread's time; each scheme is loaded only when met.
 *
 * @throws WrongPasswordError, CorruptKeyfileError, WalletError `wallet.no-memory`, `wallet.node-too-old`.
 */
export async function decryptKeyfile(file: Uint8Array, encryption: Encryption, password: string): Promise<string> {
  const decrypt = {
    nacl: async () => (await import("./nacl.ts")).decryptNacl(file, password),
    "ansible-vault": async () => (await import("./ansible-vault.ts")).decryptVault(file, password),
    fernet: async () => (await import("./fernet.ts")).decryptFernet(file, password),
  }[encryption];
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await decrypt());
  } catch (error) {
    if (error instanceof TypeError) throw new CorruptKeyfileError("its content is not text", error);
    throw error;
  }
}

/** A key file's bytes under a password, in the format that every Bittensor program writes today. */
export async function encryptKeyfile(text: string, password: string): Promise<Uint8Array> {
  const { encryptNacl } = await import("./nacl.ts");
  return encryptNacl(new TextEncoder().encode(text), password);
}
