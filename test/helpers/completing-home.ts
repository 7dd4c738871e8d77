import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runBin, temporaryHome } from "./run-bin.ts";

const BIN = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));

/** A home with two wallets, a file to name, and the built binary on the PATH: what shells complete from. */
export async function completingHome() {
  const home = temporaryHome();
  const bin = join(home.path, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "colosseum"), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(bin, "colosseum"), 0o755);
  for (const name of ["one", "two words"]) {
    await runBin(["wallet", "hotkey", "import", "bob", "-w", name, "--uri", "//Bob"], { env: home.env });
  }
  writeFileSync(join(home.path, "tasks.json"), "[]");
  return { ...home, env: { ...home.env, PATH: `${bin}:${home.env["PATH"]}` } };
}

/** The committed script of a shell. */
export const completionScript = (file: string): string =>
  fileURLToPath(new URL(`../../completions/${file}`, import.meta.url));
