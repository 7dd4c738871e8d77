import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";
import { describe, expect, it } from "vitest";
import { completingHome, completionScript } from "../helpers/completing-home.ts";

const installed = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

/** What a person at a terminal sees after some keys. */
async function typed(
  shell: string,
  args: readonly string[],
  home: { readonly path: string; readonly env: Record<string, string> },
  lines: readonly string[],
  expected: RegExp,
): Promise<void> {
  const env = { ...home.env, TERM: "dumb", PS1: "> ", ZDOTDIR: home.path };
  const pty = spawn(shell, [...args], { cols: 200, rows: 50, cwd: home.path, env });
  let text = "";
  try {
    await new Promise<void>((resolve, reject) => {
      pty.onData((chunk) => {
        text += stripVTControlCharacters(chunk);
        if (expected.test(text)) resolve();
      });
      pty.onExit(() => reject(new Error(`the shell ended without ${expected}:\n${text}`)));
      for (const line of lines) pty.write(line);
    });
  } finally {
    pty.kill();
  }
}

describe.skipIf(!installed("fish"))("completion in fish", () => {
  it("offers commands, flags, wallets and files", async () => {
    using home = await completingHome();
    const offered = (line: string): string[] => {
      const script = completionScript("colosseum.fish");
      const run = spawnSync("fish", ["--no-config", "-c", `source ${script}; complete -C '${line}'`], {
        encoding: "utf8",
        cwd: home.path,
        env: home.env,
      });
      expect(run.stderr).toBe("");
      return run.stdout
        .split("\n")
        .filter((word) => word !== "")
        .map((word) => word.split("\t")[0] ?? "");
    };
    expect(offered("colosseum wal")).toEqual(["wallet"]);
    expect(offered("colosseum wallet show --wallet-p")).toEqual(["--wallet-path"]);
    expect(offered("colosseum wallet show ")).toEqual(expect.arrayContaining(["one", "two words"]));
    expect(offered("colosseum config list --network fin")).toEqual(["finney"]);
    expect(offered("colosseum explain wallet.exi")).toEqual(["wallet.exists"]);
    expect(offered("colosseum simulate diff --preset sc")).toEqual(["scaled"]);
    expect(offered("colosseum wallet import --seed-file ta")).toEqual(["tasks.json"]);
  });
});

describe.skipIf(!installed("zsh"))("completion in zsh", () => {
  const load = `autoload -Uz compinit && compinit -u -D && source ${completionScript("_colosseum")}; echo loa''ded\n`;

  it.each([
    ["a command", "colosseum walle\tlist --json\n", /"wallets"/],
    ["a wallet of the moment", "colosseum wallet show o\t --json\n", /"name":"one"/],
    ["a wallet with a space in its name", "colosseum wallet show t\t --json\n", /"name":"two words"/],
    ["a flag", "colosseum config list --ori\t | cat\n", /FROM/],
    ["a code", "colosseum explain wallet.exi\t\n", /overwritten/],
    ["a file", "colosseum simulate ta\t --json\n", /"preset":"paper"/],
  ])("offers %s", async (_, keys, expected) => {
    using home = await completingHome();
    await typed("zsh", ["-f", "-i"], home, [load, keys], new RegExp(`loaded[\\s\\S]*${expected.source}`));
  });
});

describe.skipIf(!installed("pwsh"))("completion in PowerShell", () => {
  it("offers commands, flags and wallets", async () => {
    using home = await completingHome();
    const offered = (line: string): string[] => {
      const script = completionScript("colosseum.ps1");
      const ask = `. '${script}'; (TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText`;
      const run = spawnSync("pwsh", ["-NoProfile", "-NonInteractive", "-Command", ask], {
        encoding: "utf8",
        cwd: home.path,
        env: home.env,
      });
      expect(run.stderr).toBe("");
      return run.stdout.split(/\r?\n/).filter((word) => word !== "");
    };
    expect(offered("colosseum wal")).toEqual(["wallet"]);
    expect(offered("colosseum wallet show --wallet-p")).toEqual(["--wallet-path"]);
    expect(offered("colosseum wallet show ")).toEqual(["one", "'two words'"]);
    expect(offered("colosseum config list -w ''two words'' --ori")).toEqual(["--origin"]);
    expect(offered("colosseum simulate tasks.json --report=ta").every((word) => word.startsWith("--report="))).toBe(
      true,
    );
  });
});
