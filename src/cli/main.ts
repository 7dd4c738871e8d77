import { Writable } from "node:stream";
import { type Command, CommanderError } from "commander";
import { ExitCode, UsageError } from "../base/errors.ts";
import { closest } from "../base/text.ts";
import { canonicalArgs } from "./aliases.ts";
import { contextOpener, type OpenedKeys, outputFlagsOf, type ResultPlace } from "./context.ts";
import type { Io } from "./io.ts";
import { NOUNS } from "./nouns.ts";
import { Output } from "./output.ts";
import { buildProgram, rootCommand } from "./program.ts";
import { systemClock } from "./system-clock.ts";
import { VERSION } from "./version.ts";

/** A terminal's Ctrl-C reaches a re-executed child twice, from the terminal and from its parent: one press all the same. */
const SAME_PRESS_MS = 100;

/**
 * Runs one command line from its first word to its exit code. Never ends the process, never throws.
 *
 * @param args - Without node and script.
 * @param force - Called at the second Ctrl-C; only `bin` may end the process there.
 * @param nested - Another command runs this line and has announced the first Ctrl-C already.
 * @param openedKeys - Keys that such a command unlocked before, and takes what this line unlocks.
 */
export async function main(
  args: readonly string[],
  io: Io,
  force: (code: ExitCode) => void,
  nested = false,
  openedKeys?: OpenedKeys,
): Promise<ExitCode> {
  const argv = canonicalArgs(args);
  const root = rootCommand(VERSION);
  root.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: () => undefined,
    getOutHelpWidth: () => io.stdout.columns ?? 80,
    getErrHelpWidth: () => io.stdout.columns ?? 80,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });

  const stop = new AbortController();
  let ended: ExitCode | undefined;
  let firstAtMs = 0;
  const onSignal = (signal: "SIGINT" | "SIGTERM"): void => {
    const code = signal === "SIGINT" ? ExitCode.interrupted : ExitCode.terminated;
    if (ended !== undefined) {
      if (Date.now() - firstAtMs >= SAME_PRESS_MS) force(code);
      return;
    }
    ended = code;
    firstAtMs = Date.now();
    stop.abort();
  };
  /** The command's own, once it is open: it knows what its line was told. */
  let own: Output | undefined;
  const speak = (): Output => {
    if (own !== undefined) return own;
    // A wrong command line leaves options unparsed; --json must still decide how the error is worded.
    const flags = outputFlagsOf(root.opts(), io.env);
    return new Output(io, { ...flags, json: flags.json || argv.includes("--json") });
  };
  // A screen reads Ctrl-C as a key and says so itself; here it is a signal.
  const unsubscribe = io.onSignal((signal) => {
    if (ended === undefined && !nested) speak().status("Finishing what is in work; once more ends at once.");
    onSignal(signal);
  });
  try {
    let code: ExitCode = ExitCode.ok;
    const commands: Parameters<typeof contextOpener>[3] = {
      exitWith: (chosen) => {
        code = chosen;
      },
      interrupt: () => onSignal("SIGINT"),
      runLine: (line, to, keys) => main(line, nestedIo(io, to, stop.signal), force, true, keys),
      openedKeys,
    };
    const open = contextOpener(io, systemClock(), stop.signal, commands, (out) => {
      own = out;
    });
    await buildProgram(root, open, argv);
    refuseUnknownNoun(root, argv);
    root.action(async () => {
      await using ctx = await open(root);
      await (await import("./greeting.ts")).greet(ctx);
    });
    await root.parseAsync(argv, { from: "user" });
    return ended ?? code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return usageExit(thrown, speak(), argv);
    if (ended !== undefined && stop.signal.aborted && isAbort(thrown)) return ended;
    return speak().failure(thrown);
  } finally {
    unsubscribe();
  }
}

/** The outside world for a command line that another command runs. */
const nestedIo = (io: Io, to: ResultPlace, signal: AbortSignal): Io => ({
  ...io,
  stdout: to === "result" ? io.stdout : to === "status" ? io.stderr : new Writable({ write: (_, __, done) => done() }),
  onSignal: (listener) => {
    const pass = (): void => listener("SIGINT");
    if (signal.aborted) pass();
    signal.addEventListener("abort", pass, { once: true });
    return () => signal.removeEventListener("abort", pass);
  },
});

/** Commander answers `--help` before it looks at the command; a mistyped one must not get the help of everything. */
function refuseUnknownNoun(root: Command, argv: readonly string[]): void {
  const noun = firstWord(root, argv);
  if (noun === undefined || noun === "help" || NOUNS.some(({ name }) => name === noun)) return;
  throw unknownCommand(noun);
}

function unknownCommand(word: string): UsageError {
  const [guess] = closest(
    word,
    NOUNS.map(({ name }) => name),
    1,
  );
  return new UsageError(`Unknown command '${word}'.`, {
    code: "usage.command-line",
    hint: guess === undefined ? "Add --help to see all commands." : `Did you mean ${guess}?`,
  });
}

/** The first word that is neither a flag of every command nor its value. */
function firstWord(root: Command, argv: readonly string[]): string | undefined {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-")) return word;
    const option = root.options.find(({ short, long }) => short === word || long === word.split("=", 1)[0]);
    // What follows an option that nobody knows may be its value; the option itself is the mistake to name.
    if (option === undefined && word.startsWith("--") && word !== "--help" && word !== "--version") return undefined;
    if (option?.required === true && !word.includes("=")) i++;
  }
  return undefined;
}

const isAbort = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === "AbortError";

/** Flags that other programs take secrets by; whoever types one here may have typed a secret behind it. */
const SECRET_FLAG = /^--?(?:mnemonic|seed|private-?key|secret|password|passphrase|pw)\b/i;

/** What was typed behind a flag, or beside one, may be a secret: it is never said again. */
function withoutValues(error: CommanderError): string {
  const text = error.message.replace(/^error: /, "");
  if (error.code === "commander.unknownOption") return text.replace(/'(-[^'=\s]*).*?'(?=\n|$)/s, "'$1'");
  return error.code === "commander.excessArguments" ? text.replace(/(but got \d+):.*$/s, "$1.") : text;
}

/** Commander's own endings: help and version are answers, everything else is a wrong command line. */
function usageExit(error: CommanderError, out: Output, argv: readonly string[]): ExitCode {
  if (error.exitCode === 0) return ExitCode.ok;
  const [first = "", ...rest] = withoutValues(error).split("\n");
  const flag = /^unknown option '([^']*)'/.exec(first)?.[1] ?? "";
  if (SECRET_FLAG.test(flag)) {
    return out.failure(
      new UsageError(`There is no ${flag}: a secret on a command line can be read by every process of this machine.`, {
        code: "wallet.secret-in-flag",
        hint: "Put it into a file and name that: --mnemonic-file, --seed-file, --private-key-file or --password-file FILE.",
      }),
    );
  }
  const suggestion = rest.join(" ").replace(/^\((.*)\)$/, "$1");
  // A command in front of this one may have such an option; here it is none.
  const isItself = flag !== "" && suggestion === `Did you mean ${flag}?`;
  const missing = error.code === "commander.help";
  const helpWanted = missing && argv.includes("help") ? argv[argv.indexOf("help") + 1] : undefined;
  if (helpWanted !== undefined) return out.failure(unknownCommand(helpWanted));
  return out.failure(
    new UsageError(missing ? "Which command? This one has sub-commands." : `${sentence(first)}`, {
      code: "usage.command-line",
      hint: suggestion === "" || isItself ? "Add --help to see what it takes." : suggestion,
    }),
  );
}

const sentence = (text: string): string => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
};
