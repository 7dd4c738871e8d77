import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { splitCommand } from "../../src/brains/command-line.ts";
import { closedPort } from "../helpers/fake-node.ts";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

const BIN = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));
const LOG = fileURLToPath(new URL("../../examples/tasks.json", import.meta.url));

const home = temporaryHome();
let nowhere = "";
beforeAll(async () => {
  const keys = ["-w", "me", "--uri", "//Bob", "--wallet-path", join(home.path, "wallets")];
  await runBin(["wallet", "hotkey", "import", "default", ...keys], { env: home.env });
  nowhere = `ws://127.0.0.1:${await closedPort()}`;
  mkdirSync(join(home.path, "project"));
});
afterAll(() => home[Symbol.dispose]());

/** Each command without a chain, and the exit code that it must have when nobody answers its questions. */
const COMMANDS: readonly (readonly [line: string, exit: number])[] = [
  ["", 0],
  ["--help", 0],
  ["--version", 0],
  ["wallet list", 0],
  ["wallet create me", 2],
  ["wallet show nobody", 14],
  ["config list --origin", 0],
  ["config path", 0],
  ["explain", 0],
  ["explain bug", 0],
  ["completion bash", 0],
  ["doctor", 3],
  ["init", 2],
  [`simulate '${LOG}'`, 0],
  [`simulate diff '${LOG}' --preset paper --preset scaled`, 0],
  ["simulate -", 12],
  [`leaderboard '${LOG}'`, 0],
  [`audit '${LOG}'`, 0],
  ["register --netuid 1", 14],
  ["subnet list", 10],
  ["stake list", 14],
  ["weights show --netuid 1", 10],
  ["miner status --netuid 1", 14],
  ["miner start --netuid 1", 14],
  ["vote --netuid 1", 2],
  ["validator start --netuid 1", 14],
  ["validator status --netuid 1", 14],
  ["arena score", 2],
  ["watch --netuid 1 --once", 10],
  ["localnet status", 10],
];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface How {
  readonly env?: Readonly<Record<string, string>>;
  /** The reader of stdout leaves before anything is written. */
  readonly closed?: boolean;
}

function run(line: string, { env = {}, closed = false }: How): Promise<Ended> {
  const args = line === "" ? [] : splitCommand(line);
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: join(home.path, "project"),
    env: { ...home.env, COLOSSEUM_NETWORK: nowhere, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  if (closed) child.stdout.destroy();
  else child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** Two at a time: the machine that tests run on is small. */
async function runAll(how: How, judge: (line: string, exit: number, ended: Ended) => void): Promise<void> {
  const left = [...COMMANDS];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [line, exit] = next;
      judge(line, exit, await run(line, how));
    }
  };
  await Promise.all([lane(), lane()]);
}

/** No stack trace, no bug, and an error that says what it is. */
function isPlain(line: string, exit: number, { code, stdout, stderr }: Ended): void {
  expect(code, `colosseum ${line}\n${stderr}`).toBe(exit);
  expect(`${stdout}${stderr}`, line).not.toMatch(/^\s+at .+:\d+:\d+\)?$|node:internal|Unhandled|code: bug/m);
  if (exit !== 0 && exit !== 3) expect(stderr, line).toMatch(/^code: [a-z]+[.a-z-]*$/m);
}

describe("every command without a terminal", () => {
  it("with an empty PATH, in CI, on a dumb terminal without colours: the right exit code, no stack trace", async () => {
    await runAll({ env: { PATH: "", CI: "true", TERM: "dumb", NO_COLOR: "1" } }, (line, exit, ended) => {
      isPlain(line, exit, ended);
      expect(stripVTControlCharacters(ended.stdout + ended.stderr), line).toBe(ended.stdout + ended.stderr);
    });
  });

  it("whose reader is gone: the same exit code as ever, and nothing on stderr about it", async () => {
    await runAll({ closed: true }, (line, exit, ended) => {
      // A check that found something may or may not come to say so before the pipe breaks.
      expect([exit, 0], line).toContain(ended.code);
      expect(ended.stderr, line).not.toMatch(/EPIPE|node:internal|code: bug/);
    });
  });

  it("where nothing can be written: what only reads works, the rest says so with 14", async () => {
    // A file in the place of each folder: refuses even those whom rights do not bind.
    const dead = join(home.path, "dead");
    writeFileSync(dead, "");
    const env = { XDG_CONFIG_HOME: dead, XDG_STATE_HOME: dead, XDG_CACHE_HOME: dead, TMPDIR: home.path };
    await runAll({ env }, isPlain);
    const writing: [line: string, exit: number][] = [
      ["config set netuid 1", 14],
      [`wallet create me --no-password --mnemonic-file words --wallet-path '${dead}/wallets'`, 14],
      ["demo --rounds 1", 14],
      [`arena ingest '${LOG}'`, 14],
      ["miner start --netuid 1 -w me --validator http://127.0.0.1:9 --wallet-path ../wallets", 14],
    ];
    for (const [line, exit] of writing) isPlain(line, exit, await run(line, { env }));
  });
});

describe("a terminal of 40 columns", () => {
  it.each([
    "wallet list",
    "config list",
    `simulate '${LOG}'`,
    `simulate diff '${LOG}' --preset paper --preset scaled`,
    `leaderboard '${LOG}'`,
  ])("is wide enough for colosseum %s", async (line) => {
    using screen = openScreen(splitCommand(line), home.env, { columns: 40, rows: 60 });
    expect(await screen.exit).toBe(0);
    for (const row of stripVTControlCharacters(screen.written).split(/\r?\n/)) {
      // Sentences may wrap; the columns of a table must stand under each other.
      if (/\S {2,}\S/.test(row)) expect([...row].length, row).toBeLessThanOrEqual(40);
    }
  });
});
