import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";

const BIN = new URL("../../bin/colosseum.js", import.meta.url).pathname;
const SCRIPT = new URL("../../completions/colosseum.bash", import.meta.url).pathname;

/** What a real bash offers at the end of a line. */
function offered(home: { path: string; env: Record<string, string> }, line: string): string[] {
  const bin = join(home.path, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "colosseum"), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(bin, "colosseum"), 0o755);
  const run = spawnSync(
    "bash",
    [
      "--norc",
      "-c",
      `source "$1"; COMP_LINE="$2" COMP_POINT=\${#2}; _colosseum; printf '%s\\n' "\${COMPREPLY[@]}"`,
      "bash",
      SCRIPT,
      line,
    ],
    { encoding: "utf8", cwd: home.path, env: { ...home.env, PATH: `${bin}:${home.env["PATH"]}` } },
  );
  expect(run.stderr).toBe("");
  return run.stdout.split("\n").filter((word) => word !== "");
}

describe("completion in a real bash", () => {
  it("offers commands, flags, wallets, values behind = and :, and files", { timeout: 60_000 }, async () => {
    using home = temporaryHome();
    for (const name of ["one", "two words"]) {
      await runBin(["wallet", "hotkey", "import", "bob", "-w", name, "--uri", "//Bob"], { env: home.env });
    }
    writeFileSync(join(home.path, "tasks.json"), "[]");
    expect(offered(home, "colosseum wal")).toEqual(["wallet"]);
    expect(offered(home, "colosseum wallet sh")).toEqual(["show"]);
    expect(offered(home, "colosseum wallet show --wallet-p")).toEqual(["--wallet-path"]);
    expect(offered(home, "colosseum wallet show ")).toEqual(["one", "two\\ words"]);
    expect(offered(home, "colosseum config list --network=fin")).toEqual(["finney"]);
    expect(offered(home, "colosseum config list --network ws:")).toEqual(["//127.0.0.1:9944"]);
    expect(offered(home, "colosseum wallet import --seed-file ta")).toEqual(["tasks.json"]);
    expect(offered(home, "colosseum nonsense ")).toEqual([]);
  });
});
