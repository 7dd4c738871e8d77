import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { resolvePaths } from "../../../config/paths.ts";
import { readConfigFile } from "../../../config/read.ts";
import { resolveConfig } from "../../../config/resolve.ts";
import { canonicalArgs } from "../../aliases.ts";
import { type Finding, fail, ok, skip } from "./check.ts";

/** A running miner or validator, as its command line and environment tell. */
export interface NeuronProcess {
  readonly pid: number;
  readonly parent: number;
  readonly role: "miner" | "validator";
  readonly network: string;
  readonly netuid: string | undefined;
  readonly keys: readonly string[];
}

const VALUED = new Map([
  ["-n", "network"],
  ["--network", "network"],
  ["--netuid", "netuid"],
  ["-w", "wallet"],
  ["--wallet", "wallet"],
  ["-H", "hotkey"],
  ["--wallet-hotkey", "hotkey"],
  ["--wallet-path", "walletPath"],
  ["--home", "home"],
  ["--hotkeys", "hotkeys"],
]);

/** The words and the flags of a command line that matter here. */
export function readWords(args: readonly string[]): { words: string[]; flags: Record<string, string> } {
  const words: string[] = [];
  const flags: Record<string, string> = {};
  const all = canonicalArgs(args);
  for (let i = 0; i < all.length; i++) {
    const [flag = "", ...rest] = (all[i] ?? "").split("=");
    const key = VALUED.get(flag);
    if (key === undefined) words.push(all[i] ?? "");
    else flags[key] = rest.length > 0 ? rest.join("=") : (all[++i] ?? "");
  }
  return { words, flags };
}

/** Two of one role with one key in one subnet overwrite each other's work. Linux only; elsewhere nothing can be told. */
export async function secondProcessCheck(hotkey: string | undefined): Promise<Finding> {
  if (hotkey === undefined) return skip("Without a hotkey there is nothing to look for.");
  if (process.platform !== "linux") return skip("Which processes use a hotkey can be told on Linux only.");
  const running = withoutWrappers(await neuronProcesses()).filter(({ keys }) => keys.includes(hotkey));
  for (const first of running) {
    const group = running.filter(
      ({ role, network, netuid }) => role === first.role && network === first.network && netuid === first.netuid,
    );
    if (group.length < 2) continue;
    return fail(
      `${group.length} ${first.role}s run with this hotkey on ${first.network}: processes ${group.map(({ pid }) => pid).join(", ")}.`,
      "Stop all but one.",
    );
  }
  if (running.length === 0) return ok("No process on this machine uses this hotkey; others cannot be seen from here.");
  const list = running.map(({ role, pid }) => `${role} (process ${pid})`).join(", ");
  return ok(`This hotkey is used by one process for each role: ${list}; other machines cannot be seen from here.`);
}

/** A process that only re-executed itself with a fit Node is not a second one. */
const withoutWrappers = (all: readonly NeuronProcess[]): NeuronProcess[] =>
  all.filter(({ pid }) => !all.some(({ parent }) => parent === pid));

async function neuronProcesses(): Promise<NeuronProcess[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => neuronProcess(Number(pid)).catch(() => undefined)));
  return found.filter((one) => one !== undefined);
}

const parts = (text: string): string[] => text.split("\0").filter((part) => part !== "");

/** One process, or undefined if it is no miner or validator of ours. A process of another user throws. */
async function neuronProcess(pid: number): Promise<NeuronProcess | undefined> {
  const command = parts(await readFile(`/proc/${pid}/cmdline`, "utf8"));
  const program = command.findIndex((part) => /(^|\/)colosseum(\.js)?$/.test(part));
  if (program < 0 || program > 3) return undefined;
  const { words, flags } = readWords(command.slice(program + 1));
  const role = roleOf(words);
  if (role === undefined) return undefined;
  const environ = parts(await readFile(`/proc/${pid}/environ`, "utf8"));
  const env = Object.fromEntries(environ.map((line) => [line.split("=", 1)[0] ?? "", line.replace(/^[^=]*=/, "")]));
  const cwd = await readlink(`/proc/${pid}/cwd`);
  const parent = Number(/^PPid:\s*(\d+)/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  const { home, hotkeys, ...given } = flags;
  const { userConfigFile } = resolvePaths(env, { home });
  const project = join(cwd, "colosseum.config.json");
  const config = resolveConfig({
    flags: given,
    env,
    project: { path: project, values: await readConfigFile(project) },
    user: { path: userConfigFile, values: await readConfigFile(userConfigFile) },
  });
  const { walletDir } = resolvePaths(env, { home, walletPath: config.walletPath.value });
  const { hotkeyPlace, keyFacts } = await import("../../../wallet/folder.ts");
  const [wallet = "default", pair] = (config.wallet.value ?? "default").split("/");
  const names = hotkeys?.split(",") ?? [pair ?? config.hotkey.value ?? "default"];
  const keys = await Promise.all(names.map((name) => keyFacts(hotkeyPlace(walletDir, wallet, name.trim()))));
  return {
    pid,
    parent,
    role,
    network: config.network.value ?? "local",
    netuid: config.netuid.value,
    keys: keys.flatMap(({ address }) => (address === null ? [] : [address])),
  };
}

function roleOf(words: readonly string[]): NeuronProcess["role"] | undefined {
  const [noun, verb] = words.filter((word) => !word.startsWith("-"));
  if (noun === "validator" && verb === "start") return "validator";
  if (noun === "init" && words.includes("--start")) return words.includes("validator") ? "validator" : "miner";
  return (noun === "miner" && verb === "start") || noun === "vote" ? "miner" : undefined;
}
