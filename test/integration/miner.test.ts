import { spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { startFakeValidator } from "../helpers/fake-validator.ts";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";

const BIN = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));
const outputs = [
  { label: "A" as const, files: [{ name: "index.html", content: "<h1>a</h1>" }] },
  { label: "B" as const, files: [{ name: "index.html", content: "<h1>b</h1><p>more</p>" }] },
];

/** Sockets of a process that listen, as the system knows them (Linux). */
function listening(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ["tcp", "tcp6"].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      // 0A: LISTEN. The tenth column is the inode.
      .filter((columns) => columns[3] === "0A" && inodes.has(columns[9] ?? ""))
      .map((columns) => columns[1] ?? ""),
  );
}

async function walletIn(home: { path: string; env: Record<string, string> }): Promise<string[]> {
  const wallets = join(home.path, "wallets");
  const { code } = await runBin(
    ["wallet", "create", "me", "--no-password", "--mnemonic-file", join(home.path, "words"), "--wallet-path", wallets],
    { env: home.env },
  );
  expect(code).toBe(0);
  return ["--wallet-path", wallets, "-w", "me"];
}

function startMiner(home: { env: Record<string, string> }, args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, "miner", "start", "--json", ...args], {
    env: home.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    for (const listener of listeners) listener();
  });
  const exit = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return {
    child,
    exit,
    count: (type: string): number => text.split(`"type":"${type}"`).length - 1,
    saw: (type: string, times = 1): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (text.split(`"type":"${type}"`).length - 1 < times) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
  };
}

describe("the miner's process", () => {
  it.skipIf(process.platform !== "linux")("holds no listening socket while it works", async () => {
    using home = temporaryHome();
    const wallet = await walletIn(home);
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const miner = startMiner(home, ["--validator", validator.url, "--brain", "fixtures:1", ...wallet]);
    const { pid = 0 } = miner.child;
    const seen: string[][] = [];
    await miner.saw("checked-in");
    seen.push(listening(pid));
    for (let index = 0; index < 5; index++) {
      validator.assign({
        id: `generate-000${index}`,
        role: "generator",
        prompt: "Build a page called “Tally” that keeps a count.",
      });
      validator.assign({ id: `discriminate-000${index}`, role: "discriminator", outputs });
      await miner.saw("accepted", 2 * index + 1);
      seen.push(listening(pid));
    }
    await miner.saw("accepted", 10);
    expect(seen.flat()).toEqual([]);
    // The method does find a listener: this process has the fake validator's.
    expect(listening(process.pid).length).toBeGreaterThan(0);
    miner.child.kill("SIGINT");
    expect(await miner.exit).toBe(130);
  });

  it("delivers after a kill -9 what it had made, without asking its brain again", async () => {
    using home = temporaryHome();
    const wallet = await walletIn(home);
    let refuse = true;
    await using validator = await startFakeValidator({
      signer: signerFromUri("//Validator"),
      misbehave: ({ path }) => (refuse && path.endsWith("/completion") ? { hangUp: true } : undefined),
    });
    validator.assign({
      id: "generate-0001",
      role: "generator",
      prompt: "Build a page called “Tally” that keeps a count.",
    });
    const args = ["--validator", validator.url, "--brain", "fixtures:0.5", ...wallet];
    const first = startMiner(home, args);
    await first.saw("generated");
    await validator.until(() => validator.seen.some(({ path }) => path.endsWith("/completion")));
    first.child.kill("SIGKILL");
    await first.exit;
    const made = validator.seen.find(({ path }) => path.endsWith("/completion"))?.body;
    refuse = false;
    const second = startMiner(home, args);
    await second.saw("accepted");
    expect(second.count("thinking")).toBe(0);
    expect(validator.completions.get("generate-0001")).toEqual(made);
    second.child.kill("SIGTERM");
    expect(await second.exit).toBe(143);
  });
});
