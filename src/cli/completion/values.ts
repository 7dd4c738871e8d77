import { escapeControl } from "../../base/text.ts";
import type { Context } from "../context.ts";
import type { Candidate, Completion, ValueSource } from "./candidates.ts";
import { SHELLS } from "./scripts.ts";

const words = (...values: readonly string[]): Completion => ({ words: values.map((value) => ({ value, text: "" })) });

/** Names from the disk: one that would not survive a line of text is left to be typed. */
const named = (candidates: readonly Candidate[]): Completion => ({
  words: candidates.filter(({ value }) => escapeControl(value) === value),
});

/** Options with a fixed or growing set of values, wherever they occur. */
const OPTIONS: Readonly<Record<string, () => Completion | Promise<Completion>>> = {
  network: () => words("finney", "test", "local", "ws://127.0.0.1:9944"),
  "crypto-type": () => words("sr25519", "ed25519"),
  "n-words": () => words("12", "15", "18", "21", "24"),
  preset: presets,
  formula: async () => words(...(await import("../../arena/formula.ts")).FORMULAS.map(({ name }) => name)),
  role: () => words("generator", "discriminator", "generator,discriminator"),
  brain: brains,
  judge: brains,
  baseline: brains,
  "fail-on": () => words("rank-change"),
  "when-empty": () => words("hold", "owner"),
  publish: () => words("hashes", "files"),
  uri: () => words("//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie"),
};

async function presets(): Promise<Completion> {
  const { PRESET_NAMES } = await import("../../mechanism/rule-set.ts");
  return words(...PRESET_NAMES);
}

function brains(): Completion {
  return words("heuristic", "fixtures:0.8", "openai:", "exec:", "human");
}

/** Names of options and arguments whose value is a file or a folder. */
const FILE = /(^|-)(file|files|state|prompts|rules|csv|report|battles|output|tasks|scenario|scores|registry)$/;
const FOLDER = /^(wallet-path|home|keep|receipts)$/;

const filesFor = (name: string): Completion => (FILE.test(name) ? { words: [], names: "files" } : { words: [] });

/** The values that only this machine or the catalogue of codes knows. */
export function valueSource(ctx: Context): ValueSource {
  const walletDir = (given: ReadonlyMap<string, string>): string => given.get("wallet-path") ?? ctx.paths.walletDir;
  const wallets = async (given: ReadonlyMap<string, string>) => {
    const { listWallets } = await import("../../wallet/folder.ts");
    return listWallets(walletDir(given), () => undefined);
  };
  const walletNames = async (given: ReadonlyMap<string, string>): Promise<Completion> =>
    named((await wallets(given)).map(({ name, coldkey }) => ({ value: name, text: coldkey ?? "" })));
  const hotkeyNames = async (given: ReadonlyMap<string, string>): Promise<Completion> => {
    const wallet = given.get("wallet") ?? ctx.config.wallet.value;
    const found = (await wallets(given)).find(({ name }) => name === wallet);
    return named((found?.hotkeys ?? []).map(({ name, address }) => ({ value: name, text: address ?? "" })));
  };
  return async ({ name, kind, path, given }) => {
    const command = path.join(" ");
    if (kind === "option") {
      if (name === "wallet") return walletNames(given);
      if (name === "wallet-hotkey") return hotkeyNames(given);
      if (FOLDER.test(name)) return { words: [], names: "folders" };
      return OPTIONS[name]?.() ?? filesFor(name);
    }
    if (/^wallet (show|encrypt|decrypt)$/.test(command)) return walletNames(given);
    if (command === "localnet faucet" && name === "address") return walletNames(given);
    if (command === "wallet hotkey remove") return hotkeyNames(given);
    if (command === "completion") return words(...SHELLS);
    if (command === "explain") {
      const { allCodes } = await import("../explanations/lookup.ts");
      return words(...allCodes());
    }
    if (path[0] === "config" && name === "key") {
      const { SETTINGS } = await import("../../config/schema.ts");
      return { words: SETTINGS.map(({ key, summary }) => ({ value: key, text: summary })) };
    }
    return filesFor(name);
  };
}
