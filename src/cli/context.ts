import { join, resolve } from "node:path";
import type { Command } from "commander";
import type { Clock } from "../base/clock.ts";
import { type ExitCode, UsageError } from "../base/errors.ts";
import { type Netuid, parseNetuid } from "../base/ids.ts";
import { parseNetwork } from "../chain/networks.ts";
import { type Paths, resolvePaths } from "../config/paths.ts";
import { readConfigFile } from "../config/read.ts";
import { type ResolvedConfig, resolveConfig } from "../config/resolve.ts";
import type { Keypair } from "../wallet/keypair.ts";
import type { Io } from "./io.ts";
import { refuseDryRun } from "./no-dry-run.ts";
import { Output, type OutputFlags } from "./output.ts";
import type { Scope } from "./same-scope.ts";

/** What the flags of every command say. */
export interface GlobalFlags {
  readonly json: boolean;
  readonly yes: boolean;
  readonly input: boolean;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly verbose: number;
  readonly color: boolean;
  readonly plain: boolean;
}

/** Where the result of a command line goes that another command runs. */
export type ResultPlace = "result" | "status" | "nowhere";

/** Everything a command may touch; closed on every path out of it. */
export interface Context extends AsyncDisposable {
  readonly io: Io;
  readonly flags: GlobalFlags;
  readonly out: Output;
  readonly config: ResolvedConfig;
  readonly paths: Paths;
  /** `--home` as it was given. */
  readonly home: string | undefined;
  readonly clock: Clock;
  /** Aborts at the first Ctrl-C or SIGTERM: finish what is in work, then return. */
  readonly signal: AbortSignal;
  /** Both stdin and stdout are terminals, and nobody said `--no-input`: questions may be asked. */
  readonly interactive: boolean;
  /** A live screen may be drawn: interactive, and not `--plain`, `--json`, CI, a dumb terminal or a screen reader. */
  readonly liveScreen: boolean;
  /** Closes something when the command ends; last in, first out. */
  defer(close: () => unknown): void;
  /** The user pressed Ctrl-C where a screen reads keys itself: the same as the signal. */
  interrupt(): void;
  /**
   * Runs another command line of this program; its result goes to stdout, to stderr (`"status"`) or nowhere. Ctrl-C reaches it.
   * A failure is worded there and then; the exit code says so.
   */
  runLine(args: readonly string[], to: ResultPlace, keys?: OpenedKeys): Promise<ExitCode>;
  /** Keys that lines run by one command share, so that one password is asked for once; undefined for a command of its own. */
  readonly openedKeys: OpenedKeys | undefined;
  /** The exit code of a command that succeeded in finding something (`ExitCode.findings`). */
  exitWith(code: ExitCode): void;
  /** The chosen subnet. @throws UsageError naming the flag if there is none. */
  netuid(): Netuid;
}

/** Unlocked keys by the path of their file. */
export type OpenedKeys = Map<string, Keypair>;

export type OpenContext = (command: Command) => Promise<Context>;

type RawFlags = Record<string, string | boolean | number | undefined>;

const text = (value: string | boolean | number | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** The flags that decide how to speak, readable even when the rest of the command line is wrong. */
export function outputFlagsOf(raw: RawFlags, env: Io["env"]): OutputFlags {
  return {
    json: raw["json"] === true,
    quiet: raw["quiet"] === true,
    verbose: Number(raw["verbose"] ?? 0),
    color: raw["color"] !== false && !env["NO_COLOR"] && env["TERM"] !== "dumb",
  };
}

/** Resolves configuration for one command; adapters are opened by the commands that need them. */
export function contextOpener(
  io: Io,
  clock: Clock,
  signal: AbortSignal,
  run: Pick<Context, "exitWith" | "interrupt" | "openedKeys" | "runLine">,
  onOutput: (out: Output) => void,
): OpenContext {
  return async (command) => {
    const raw: RawFlags = command.optsWithGlobals();
    const flags: GlobalFlags = {
      ...outputFlagsOf(raw, io.env),
      yes: raw["yes"] === true,
      input: raw["input"] !== false,
      dryRun: raw["dryRun"] === true,
      plain: raw["plain"] === true,
    };
    if (flags.dryRun) refuseDryRun(pathOf(command), raw);
    const home = folderFlag("--home", text(raw["home"]));
    folderFlag("--wallet-path", text(raw["walletPath"]));
    const below = home ?? (io.env["COLOSSEUM_HOME"] || undefined);
    const places = { home: below === undefined ? undefined : resolve(io.cwd, below) };
    const { userConfigFile } = resolvePaths(io.env, places);
    const projectFile = join(io.cwd, "colosseum.config.json");
    const config = resolveConfig({
      flags: definedOnly({
        network: text(raw["network"]),
        netuid: text(raw["netuid"]),
        wallet: text(raw["wallet"]),
        hotkey: text(raw["walletHotkey"]),
        walletPath: text(raw["walletPath"]),
      }),
      env: io.env,
      project: { path: projectFile, values: await readConfigFile(projectFile) },
      user: { path: userConfigFile, values: await readConfigFile(userConfigFile) },
    });
    // A malformed flag is refused even where the command has no use for it; what a file says waits until it is needed.
    const netuidFlag = text(raw["netuid"]);
    if (netuidFlag !== undefined) parseNetuid(netuidFlag);
    const networkFlag = text(raw["network"]);
    if (networkFlag !== undefined) parseNetwork(networkFlag);
    const out = new Output(io, outputFlagsOf(raw, io.env), {
      scope: scopeOf(config, home),
      nowMs: () => clock.nowMs(),
    });
    onOutput(out);
    const interactive = io.stdin.isTTY === true && io.stdout.isTTY === true && flags.input;
    const closers: (() => unknown)[] = [];
    return {
      io,
      flags,
      out,
      config,
      home,
      paths: resolvePaths(io.env, { ...places, walletPath: fromHere(io.cwd, config.walletPath.value) }),
      clock,
      signal,
      interactive,
      liveScreen: interactive && !flags.plain && !flags.json && drawsScreens(io.env),
      defer: (close) => closers.push(close),
      ...run,
      netuid: () => {
        if (config.netuid.value === undefined) {
          throw new UsageError("Which subnet? No netuid was given.", {
            code: "usage.netuid",
            hint: "Add --netuid N, or keep it: colosseum config set netuid N",
          });
        }
        return parseNetuid(config.netuid.value);
      },
      [Symbol.asyncDispose]: async () => {
        for (const close of closers.reverse()) await close();
      },
    };
  };
}

/** An empty name would be the folder that the command stands in. @throws UsageError `usage.folder`. */
function folderFlag(flag: string, value: string | undefined): string | undefined {
  if (value !== "") return value;
  throw new UsageError(`${flag} names no folder.`, { code: "usage.folder", hint: `For example: ${flag} ./somewhere` });
}

/** What was said by flag, and what a hint may know of the subnet. */
function scopeOf(config: ResolvedConfig, home: string | undefined): Scope {
  const byFlag = (key: keyof ResolvedConfig): string | undefined =>
    config[key].origin === "flag" ? config[key].value : undefined;
  return definedOnly({
    network: byFlag("network"),
    wallet: byFlag("wallet"),
    hotkey: byFlag("hotkey"),
    walletPath: byFlag("walletPath"),
    home,
    netuid: /^[0-9]{1,5}$/.test(config.netuid.value ?? "") ? config.netuid.value : undefined,
    netuidFlag: byFlag("netuid"),
  });
}

/** Whether whoever reads has use for a screen that is drawn over and over; a screen reader reads lines (Ink's own switch). */
const drawsScreens = (env: Io["env"]): boolean =>
  !env["CI"] && env["TERM"] !== "dumb" && env["INK_SCREEN_READER"] !== "true";

/** "validator start": the words behind the program's name. */
const pathOf = (command: Command): string =>
  command.parent === null ? "" : `${pathOf(command.parent)} ${command.name()}`.trim();

/** A relative folder as seen from where the command was typed; `~` is the home's. */
const fromHere = (cwd: string, path: string | undefined): string | undefined =>
  path === undefined || /^~(\/|$)/.test(path) ? path : resolve(cwd, path);

const definedOnly = <K extends string>(values: Record<K, string | undefined>): Partial<Record<K, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Record<K, string>>;
