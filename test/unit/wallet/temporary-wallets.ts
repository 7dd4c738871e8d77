import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CliRun, runCli } from "../../helpers/run-cli.ts";
import { VECTOR_WALLETS } from "./wallet-vectors.ts";

/** A home of its own for one test, with the folder of wallets below it. */
export interface TemporaryHome extends Disposable {
  readonly home: string;
  readonly wallets: string;
  /** Runs `colosseum` with this home, in this home, without a terminal. */
  cli(args: readonly string[], options?: { env?: Record<string, string>; stdin?: string }): Promise<CliRun>;
}

export function temporaryHome(): TemporaryHome {
  const home = mkdtempSync(join(tmpdir(), "colosseum-wallet-"));
  return {
    home,
    wallets: join(home, ".bittensor", "wallets"),
    cli: (args, options = {}) => runCli(args, { ...options, cwd: home, env: { HOME: home, ...options.env } }),
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Puts copies of bittensor-wallet's own folders there, with the rights it gave them. */
export function copyVectorWallets(home: TemporaryHome, ...names: readonly string[]): void {
  for (const name of names) {
    cpSync(join(VECTOR_WALLETS, name), join(home.wallets, name), { recursive: true });
    for (const file of filesBelow(join(home.wallets, name))) chmodSync(file, 0o600);
  }
}

/** Every file below a folder. */
export const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** The permission bits, as people write them. */
export const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** `data` of a `--json` answer. */
export const dataOf = <T>(run: CliRun): T => (JSON.parse(run.stdout) as { data: T }).data;
/** `error` of a `--json` failure. */
export const errorOf = (run: CliRun): { code: string; message: string; hint: string } =>
  (JSON.parse(run.stderr) as { error: { code: string; message: string; hint: string } }).error;
