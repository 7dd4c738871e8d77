import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { messageOf } from "../base/errors.ts";
import { WalletError } from "./errors.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** Where a password came from, for messages; never the password. */
export interface FoundPassword {
  readonly password: string;
  readonly source: string;
}

/** The variable in which btcli keeps one key file's password: `BT_PW_` and the path in capitals, `/` and `.` as `_`. */
export const passwordVariable = (keyfilePath: string): string =>
  `BT_PW_${keyfilePath.replaceAll(/[/.]/g, "_").toUpperCase()}`;

/** XOR with the repeated name of the variable: obfuscation, as btcli does it; its own inverse. */
function mask(bytes: Uint8Array, variable: string): Uint8Array {
  const key = Buffer.from(variable, "utf8");
  return bytes.map((byte, index) => byte ^ (key[index % key.length] ?? 0));
}

function unmask(value: string, variable: string): string {
  try {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value.trim())) throw new Error("it is no base64");
    return new TextDecoder("utf-8", { fatal: true }).decode(mask(Buffer.from(value.trim(), "base64"), variable));
  } catch (error) {
    throw new WalletError(`The environment variable ${variable} holds no password of btcli's form.`, {
      code: "wallet.bad-password-variable",
      hint: "It is base64 of the password XORed with the variable's name; or use --password-file.",
      cause: error,
    });
  }
}

/** The first line of a password file, without its line end. @throws WalletError `wallet.password-file`. */
export async function readPasswordFile(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new WalletError(`Cannot read the password file ${path}: ${messageOf(error)}.`, {
      code: "wallet.password-file",
      hint: "Give a file whose first line is the password.",
      cause: error,
    });
  }
  const line = text.replace(/^\ufeff/, "").split(/\r?\n/, 1)[0] ?? "";
  if (line !== "") return line;
  throw new WalletError(`The password file ${path} is empty.`, {
    code: "wallet.password-file",
    hint: "Give a file whose first line is the password.",
  });
}

/**
 * A key file's password without asking anybody: `--password-file` (- is stdin), `BT_WALLET_PASSWORD`, the file's own `BT_PW_…` variable,
 * `BT_WALLET_PASSWORD_FILE`, in this order; undefined if none is given. Empty variables count as unset.
 *
 * @throws WalletError `wallet.password-file`, `wallet.bad-password-variable`.
 * @see bittensor 11.3.0 `wallets.py`, resolve_wallet_password
 */
export async function passwordFor(
  keyfilePath: string,
  sources: { readonly env: Env; readonly cwd: string; readonly passwordFile: string | undefined },
): Promise<FoundPassword | undefined> {
  const { env, cwd, passwordFile } = sources;
  if (passwordFile !== undefined) {
    const path = passwordFile === "-" ? "/dev/stdin" : resolve(cwd, passwordFile);
    return { password: await readPasswordFile(path), source: passwordFile };
  }
  const direct = env["BT_WALLET_PASSWORD"];
  if (direct) return { password: direct, source: "BT_WALLET_PASSWORD" };
  const variable = passwordVariable(keyfilePath);
  const masked = env[variable];
  if (masked) return { password: unmask(masked, variable), source: variable };
  const file = env["BT_WALLET_PASSWORD_FILE"];
  if (file) return { password: await readPasswordFile(resolve(cwd, file)), source: "BT_WALLET_PASSWORD_FILE" };
  return undefined;
}
