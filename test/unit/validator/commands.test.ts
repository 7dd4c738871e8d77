import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../helpers/run-cli.ts";

let home: string;
const base = (): string[] => [
  "--home",
  home,
  "--wallet-path",
  join(home, "wallets"),
  "-w",
  "validator",
  "--netuid",
  "2",
  "--json",
];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "colosseum-commands-"));
  mkdirSync(join(home, "cwd"));
  const made = await runCli(
    ["wallet", "create", "validator", "--no-password", "--mnemonic-file", join(home, "words"), ...base()],
    { cwd: home },
  );
  expect(made.code).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const codeOf = (stderr: string): string => (JSON.parse(stderr) as { error: { code: string } }).error.code;

describe("validator start", () => {
  it.each<[string, string[], number, string]>([
    ["an address without a port", ["--listen", "127.0.0.1"], 2, "usage.listen"],
    ["a port that is none", ["--listen", "127.0.0.1:70000"], 2, "usage.listen"],
    ["a URL with a password", ["--public-url", "https://a:b@example.org"], 2, "usage.public-url"],
    ["a preset that is not there", ["--preset", "papre"], 2, "rules.unknown-preset"],
    ["a setting that is not there", ["--set", "trapPenality=2"], 2, "rules.unknown-setting"],
    ["a kind that is not there", ["--first-kinds", "synthetic,tarp"], 2, "usage.first-kinds"],
    ["no time at all", ["--vote-time", "0s"], 2, "usage.duration"],
    ["a subset of nobody", ["--voters-per-task", "0"], 2, "usage.voters-per-task"],
    ["own prompts for the fixture builder", ["--prompts", "prompts.txt"], 2, "usage.baseline"],
    ["rules that are not there", ["--rules", "nowhere.json"], 14, "rules.unreadable"],
    ["rules that are no object", ["--rules", "list.json"], 12, "rules.malformed"],
    ["rules and a preset that disagree", ["--rules", "scaled.json", "--preset", "paper"], 2, "usage.preset"],
    ["a chain that is not there", ["--network", "ws://127.0.0.1:9"], 10, "chain.unreachable"],
  ])("refuses %s", async (_, flags, code, name) => {
    const cwd = join(home, "cwd");
    writeFileSync(join(cwd, "list.json"), "[]");
    writeFileSync(join(cwd, "prompts.txt"), "make a page\n");
    writeFileSync(join(cwd, "scaled.json"), '{"preset": "scaled"}');
    const here = flags.map((flag) => (/\.(json|txt)$/.test(flag) && flag !== "nowhere.json" ? join(cwd, flag) : flag));
    const run = await runCli(["validator", "start", ...here, ...base()], { cwd });
    expect([run.code, codeOf(run.stderr), run.stdout]).toEqual([code, name, ""]);
  });
});

describe("validator export, status, backup and restore", () => {
  it.each([["export"], ["status"], ["backup", "copy.sqlite"]])(
    "%s says that there is nothing yet",
    async (...words) => {
      const run = await runCli(["validator", ...words.filter(Boolean), ...base()], { cwd: home });
      expect([run.code, codeOf(run.stderr)]).toEqual([14, "store.missing"]);
    },
  );

  it("restore refuses what is no backup", async () => {
    const file = join(home, "diary");
    writeFileSync(file, "dear diary ".repeat(1_000));
    const run = await runCli(["validator", "restore", file, ...base()], { cwd: home });
    expect([run.code, codeOf(run.stderr)]).toEqual([14, "store.corrupt"]);
  });

  it("shows examples first in every help", async () => {
    for (const verb of ["start", "status", "export", "backup", "restore"]) {
      const run = await runCli(["validator", verb, "--help"]);
      expect(run.code).toBe(0);
      expect(run.stdout.startsWith("Examples:")).toBe(true);
    }
  });
});
