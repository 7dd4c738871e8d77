import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { shellWord } from "../../../base/shell-word.ts";
import type { Context } from "../../context.ts";
import { chosenNames } from "../../wallet-choice.ts";
import type { ChainFacts } from "./chain-checks.ts";
import { type Check, checked, type Finding, fail, ok, skip } from "./check.ts";

/** The chosen wallet as its files show it, without a password. */
export interface WalletFacts {
  readonly check: Check;
  readonly name: string;
  readonly exists: boolean;
  /** Address of the chosen hotkey, where its files tell it. */
  readonly hotkey: string | undefined;
  /** How the coldkey's secret lies on this machine. */
  readonly coldkey: "absent" | "plain" | "encrypted";
}

/** Reads the chosen wallet and hotkey (`-w`, `-H`). */
export async function lookAtWallet(ctx: Context): Promise<WalletFacts> {
  const { wallet: name, hotkey: hotkeyName } = chosenNames(ctx);
  const { coldkeyPlace, hotkeyNotFound, hotkeyPlace, keyFacts, walletNotFound } = await import(
    "../../../wallet/folder.ts"
  );
  const root = ctx.paths.walletDir;
  let exists = false;
  let hotkey: string | undefined;
  let coldkey: WalletFacts["coldkey"] = "absent";
  const check = await checked("wallet", async () => {
    const cold = await keyFacts(coldkeyPlace(root, name));
    if (cold.present) coldkey = cold.encryption === undefined ? "plain" : "encrypted";
    const hot = await keyFacts(hotkeyPlace(root, name, hotkeyName));
    if (!cold.present && cold.address === null && !hot.present && hot.address === null) {
      throw await walletNotFound(root, name);
    }
    exists = true;
    if (!hot.present && hot.address === null) throw await hotkeyNotFound(root, name, hotkeyName);
    hotkey = hot.address ?? undefined;
    if (!hot.present) {
      return fail(
        `The hotkey "${name}/${hotkeyName}" has only its public file here, so nothing can be signed with it.`,
        `Bring its secret: colosseum wallet hotkey import ${shellWord(hotkeyName)} -w ${shellWord(name)}`,
      );
    }
    const lock = hot.encryption === undefined ? "" : ", encrypted";
    return ok(`"${name}/${hotkeyName}" is ${hotkey ?? "there, its address unknown without the password"}${lock}.`);
  });
  return { check, name, exists, hotkey, coldkey };
}

/** Money is safest where its key is not: the coldkey's secret on a server, or unprotected where money is real. */
export function coldkeyCheck(ctx: Context, wallet: WalletFacts, chain: ChainFacts, server: boolean): Finding {
  const { coldkey, name } = wallet;
  if (!wallet.exists) return skip(`There is no wallet "${name}" to look at.`);
  if (coldkey === "absent") return ok(`The secret of the coldkey "${name}" is not on this machine.`);
  const away = `Keep it elsewhere and leave ${join(ctx.paths.walletDir, name, "coldkeypub.txt")}: miners and validators need only the hotkey.`;
  if (server) return fail(`The secret of the coldkey "${name}" is on this server.`, away);
  if (chain.worthless) return ok(`The coldkey "${name}" is here; this chain's money is worth nothing.`);
  if (chain.serves) return fail(`The secret of the coldkey "${name}" is on a machine that runs a validator.`, away);
  if (coldkey === "plain") {
    return fail(
      `The coldkey "${name}" lies on the disk without a password.`,
      `Protect it: colosseum wallet encrypt ${shellWord(name)}`,
    );
  }
  return ok(`The coldkey "${name}" is here, encrypted. On a server it should not be: --server checks that.`);
}

/** Every private key file of every wallet, and the folders that hold them. */
export async function rightsCheck(ctx: Context): Promise<Finding> {
  if (process.platform === "win32") return skip("Windows keeps rights in another way, which is not looked at.");
  const { looseMode } = await import("../../../wallet/key-files.ts");
  const root = ctx.paths.walletDir;
  const loose: string[] = [];
  const files = await privateFiles(root);
  for (const path of files) {
    const mode = await looseMode(path).catch(() => undefined);
    if (mode !== undefined) loose.push(`${path} (${mode})`);
  }
  for (const folder of new Set([root, ...files.map((path) => join(path, ".."))])) {
    const mode = await stat(folder).then(
      (found) => found.mode,
      () => 0,
    );
    if ((mode & 0o022) !== 0) loose.push(`${folder} (${(mode & 0o777).toString(8).padStart(4, "0")})`);
  }
  if (loose.length > 0) {
    return fail(`Others than the owner may read or change ${loose.join(", ")}.`, `Tighten: chmod -R go= ${root}`);
  }
  return files.length === 0
    ? skip(`There is no private key in ${root}.`)
    : ok(`${files.length} private key ${files.length === 1 ? "file is for its" : "files are for their"} owner alone.`);
}

async function privateFiles(root: string): Promise<string[]> {
  const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);
  const isSecret = (name: string): boolean => !name.startsWith(".") && !name.endsWith("pub.txt");
  const found: string[] = [];
  for (const wallet of (await namesIn(root)).filter(isSecret)) {
    const folder = join(root, wallet);
    found.push(...(await namesIn(folder)).filter((name) => name === "coldkey").map((name) => join(folder, name)));
    const hotkeys = join(folder, "hotkeys");
    found.push(...(await namesIn(hotkeys)).filter(isSecret).map((name) => join(hotkeys, name)));
  }
  return found.sort();
}
