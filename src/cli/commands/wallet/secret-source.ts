import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { messageOf, UsageError } from "../../../base/errors.ts";
import type { CryptoType } from "../../../base/ports.ts";
import { InvalidSecretError, WalletError } from "../../../wallet/errors.ts";
import type { Keypair } from "../../../wallet/keypair.ts";
import type { Context } from "../../context.ts";
import { askSecret, unansweredError } from "../../prompts.ts";

export interface SecretOptions {
  readonly cryptoType: CryptoType;
  readonly mnemonicFile?: string;
  readonly seedFile?: string;
  readonly privateKeyFile?: string;
  readonly jsonFile?: string;
  readonly exportPasswordFile?: string;
  readonly uri?: string;
}

/** A secret file is a line; an export some kilobytes. */
const MAX_SECRET_BYTES = 65_536;

/** The options that say where a secret comes from. A secret itself is never an option's value: others could read it in `ps`. */
export const withSecretSources = (command: Command): Command =>
  command
    .option("--mnemonic-file <file>", "a file with the mnemonic (- is stdin)")
    .option("--seed-file <file>", "a file with the 32-byte seed in hex (- is stdin)")
    .option("--private-key-file <file>", "a file with the private key in hex (- is stdin)")
    .option("--json-file <file>", "a polkadot.js export (- is stdin)")
    .option("--export-password-file <file>", "the export's own password")
    .option("--uri <uri>", "a public development key such as //Alice");

const FILE_FLAGS = [
  ["mnemonicFile", "--mnemonic-file", "mnemonic"],
  ["seedFile", "--seed-file", "seed"],
  ["privateKeyFile", "--private-key-file", "private-key"],
  ["jsonFile", "--json-file", "export"],
] as const;
type SecretKind = (typeof FILE_FLAGS)[number][2];

/**
 * The key to be imported: from the one source that was named, else from a hidden question at the terminal.
 *
 * @throws UsageError `usage.two-sources`, `wallet.secret-missing`, `wallet.secret-in-flag`; InvalidSecretError if it is none.
 */
export async function importedKey(ctx: Context, options: SecretOptions): Promise<Keypair> {
  const named = FILE_FLAGS.filter(([key]) => options[key] !== undefined);
  const flags = [...named.map(([, flag]) => flag), ...(options.uri === undefined ? [] : ["--uri"])];
  if (flags.length > 1) {
    throw new UsageError(`${flags.join(" and ")} exclude each other.`, {
      code: "usage.two-sources",
      hint: "Name one source of the key.",
    });
  }
  if (options.uri !== undefined) return developmentKey(options.uri, options.cryptoType);
  const [source] = named;
  if (source === undefined) {
    const text = await askSecret(ctx, "Mnemonic, seed or private key", secretMissing);
    return keyOf(ctx, text, kindOf(text), options);
  }
  const [key, , kind] = source;
  return keyOf(ctx, await readSecret(ctx, options[key] ?? ""), kind, options);
}

const secretMissing = (): UsageError =>
  unansweredError(
    "Which key shall be imported?",
    "wallet.secret-missing",
    "Add --mnemonic-file, --seed-file, --private-key-file or --json-file with a FILE, or - for stdin.",
  );

/** What was typed, by its shape: hex of 32 or 64 bytes, JSON, else words. */
function kindOf(text: string): SecretKind {
  const raw = text.trim();
  if (raw.startsWith("{")) return "export";
  if (/^(?:0x)?[0-9a-fA-F]{128}$/.test(raw)) return "private-key";
  return /^(?:0x)?[0-9a-fA-F]{64}$/.test(raw) ? "seed" : "mnemonic";
}

async function keyOf(ctx: Context, text: string, kind: SecretKind, options: SecretOptions): Promise<Keypair> {
  const keyring = await import("../../../wallet/keyring.ts");
  if (kind === "mnemonic") return keyring.keypairFromMnemonic(text, options.cryptoType);
  if (kind === "seed") return keyring.keypairFromSeed(hexSecret(text, "seed"), options.cryptoType);
  if (kind === "private-key") return keyring.keypairFromPrivateKey(hexSecret(text, "private key"), options.cryptoType);
  const { exportKind, keypairFromExport } = await import("../../../wallet/polkadot-export.ts");
  if (exportKind(text) === "plain") return keypairFromExport(text, "");
  const password = await exportPassword(ctx, options.exportPasswordFile);
  ctx.out.status("Opening the export…");
  return keypairFromExport(text, password);
}

async function exportPassword(ctx: Context, file: string | undefined): Promise<string> {
  if (file === undefined) {
    return askSecret(ctx, "Password of the export", () =>
      unansweredError("The export is encrypted.", "wallet.password-missing", "Add --export-password-file FILE."),
    );
  }
  const { readPasswordFile } = await import("../../../wallet/password.ts");
  return readPasswordFile(resolve(ctx.io.cwd, file));
}

function hexSecret(text: string, what: string): Uint8Array {
  const digits = text.trim().replace(/^0x/, "");
  if (/^(?:[0-9a-fA-F]{2})+$/.test(digits)) return new Uint8Array(Buffer.from(digits, "hex"));
  throw new InvalidSecretError(`The ${what} is not hex.`, {
    code: "wallet.bad-private-key",
    hint: "A seed has 64 hex digits (both schemes); an sr25519 private key has 128.",
  });
}

/** Everybody knows these keys, so they may stand on a command line; a mnemonic may not. */
async function developmentKey(uri: string, cryptoType: CryptoType): Promise<Keypair> {
  if (!/^\/\/[^/]/.test(uri) || uri.includes("///")) {
    throw new UsageError(
      "--uri takes only public development keys such as //Alice; a secret never belongs on the command line.",
      {
        code: "wallet.secret-in-flag",
        hint: "Put the secret into a file and name that: --mnemonic-file FILE, --seed-file FILE",
      },
    );
  }
  const { keypairFromUri } = await import("../../../wallet/keyring.ts");
  return keypairFromUri(uri, cryptoType);
}

async function readSecret(ctx: Context, name: string): Promise<string> {
  if (name === "-") return readAll(ctx);
  const path = resolve(ctx.io.cwd, name);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new WalletError(`Cannot read ${path}: ${messageOf(error)}.`, {
      code: "wallet.unreadable",
      hint: "Check the name, and that you may read it.",
      details: { path },
      cause: error,
    });
  }
}

async function readAll(ctx: Context): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.io.stdin) {
    const buffer = Buffer.from(chunk as Uint8Array);
    bytes += buffer.length;
    if (bytes > MAX_SECRET_BYTES) throw secretMissing();
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
