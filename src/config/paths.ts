import { homedir } from "node:os";
import { join } from "node:path";

/** Where things are kept; nothing is created by knowing it. */
export interface Paths {
  readonly configDir: string;
  readonly stateDir: string;
  readonly cacheDir: string;
  readonly userConfigFile: string;
  readonly walletDir: string;
}

/**
 * The XDG places, or everything below `home` where one is given (`--home`, `COLOSSEUM_HOME`).
 * Wallets stay where Bittensor keeps them unless a wallet path is given.
 */
export function resolvePaths(
  env: Readonly<Record<string, string | undefined>>,
  options: { home?: string | undefined; walletPath?: string | undefined } = {},
): Paths {
  const user = env["HOME"] ?? homedir();
  const home = options.home ?? (env["COLOSSEUM_HOME"] || undefined);
  const place = (variable: string, fallback: readonly string[], below: string): string =>
    home !== undefined ? join(home, below) : join(env[variable] || join(user, ...fallback), "colosseum");
  const configDir = place("XDG_CONFIG_HOME", [".config"], "config");
  const walletPath = options.walletPath?.replace(/^~(?=\/|$)/, user);
  return {
    configDir,
    stateDir: place("XDG_STATE_HOME", [".local", "state"], "state"),
    cacheDir: place("XDG_CACHE_HOME", [".cache"], "cache"),
    userConfigFile: join(configDir, "config.json"),
    walletDir: walletPath ?? join(user, ".bittensor", "wallets"),
  };
}
