import { Chalk, type ChalkInstance } from "chalk";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { escapeControl } from "../base/text.ts";
import type { Io } from "./io.ts";
import { linesForTerminal } from "./lines-for-terminal.ts";
import { repeatScope, type Scope } from "./same-scope.ts";
import { wrapText } from "./wrap-text.ts";

export interface Warning {
  readonly code: string;
  readonly message: string;
}

export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: number;
  readonly color: boolean;
}

/** Version of every `--json` envelope. */
const SCHEMA_VERSION = 1;

/** JSON for machines: bigint as decimal strings, one line. */
const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item));

/** How the words that begin a line on stderr are painted. */
const LABEL_PAINT: Readonly<Record<string, (paint: ChalkInstance) => ChalkInstance>> = {
  "error:": (paint) => paint.red.bold,
  "warning:": (paint) => paint.yellow,
  "hint:": (paint) => paint.cyan,
  "next:": (paint) => paint.cyan,
};

/**
 * The two channels. stdout carries the result and nothing else; stderr carries status, warnings and errors.
 * `--json` changes the format, never the channel; `--quiet` never hides a result or an error.
 */
export class Output {
  /** With `--json`: what the envelope, or the first event, has not carried yet. */
  readonly #warnings: Warning[] = [];
  /** The command writes a stream of events, not one result. */
  #streams = false;
  readonly #nowMs: () => number;
  readonly #io: Io;
  /** Paints labels on stderr; plain where that is no terminal or nobody wants colour. */
  readonly #paint: ChalkInstance;
  readonly flags: OutputFlags;
  /** What the command lines that are recommended must be told again. */
  readonly #scope: Scope;

  /** @param nowMs - Stamps warnings in a stream of events. */
  constructor(
    io: Io,
    flags: OutputFlags,
    { scope = {}, nowMs = Date.now }: { readonly scope?: Scope; readonly nowMs?: () => number } = {},
  ) {
    this.#io = io;
    this.#nowMs = nowMs;
    this.flags = flags;
    this.#scope = scope;
    this.#paint = new Chalk({ level: flags.color && io.stderr.isTTY === true ? 1 : 0 });
  }

  /** Columns to draw tables for: the terminal's, at least 40; 80 where there is none. */
  get columns(): number {
    return Math.max(40, this.#io.stdout.columns ?? 80);
  }

  /** Columns that a line of words may take: the terminal's, or as many as it likes where stdout is none. */
  get lineWidth(): number {
    return this.#io.stdout.isTTY === true ? this.columns : Number.POSITIVE_INFINITY;
  }

  /** The answer: `data` in the JSON envelope, or what `text` draws for people. */
  result(data: unknown, text: () => string): void {
    if (this.flags.json) {
      this.#io.stdout.write(`${toJson({ schemaVersion: SCHEMA_VERSION, ok: true, data, warnings: this.#warnings })}\n`);
      return;
    }
    const drawn = text();
    if (drawn !== "") this.#io.stdout.write(drawn.endsWith("\n") ? drawn : `${drawn}\n`);
  }

  /** A line of a long-running command on stdout: a JSON line with `--json`, else what `text` says. */
  event(event: { readonly type: string; readonly at: string } & Record<string, unknown>, text: () => string): void {
    if (!this.flags.json) {
      this.#io.stdout.write(`${this.#broken(text())}\n`);
      return;
    }
    this.#io.stdout.write(`${toJson({ v: 1, ...event })}\n`);
    if (this.#streams) return;
    this.#streams = true;
    for (const warning of this.#warnings.splice(0)) this.#warningEvent(warning);
  }

  #warningEvent(warning: Warning): void {
    this.event({ type: "warning", at: new Date(this.#nowMs()).toISOString(), ...warning }, () => "");
  }

  /** A terminal breaks long lines in the middle of words; a line that names a command of ours stays whole, to be copied. */
  #broken(line: string): string {
    if (line.length <= this.lineWidth || /\n|\bcolosseum \w/.test(line)) return line;
    return wrapText(line, this.lineWidth, "    ").join("\n");
  }

  /** A line of words on stderr, behind its label; broken between words where stderr is a terminal. */
  #say(text: string, label = ""): void {
    const { isTTY, columns = 80 } = this.#io.stderr;
    const line = label === "" ? text : `${label} ${text}`;
    const drawn =
      isTTY === true ? linesForTerminal(line, columns, label === "" ? "  " : " ".repeat(label.length + 1)) : line;
    const paint = LABEL_PAINT[label];
    this.#io.stderr.write(
      `${paint === undefined ? drawn : `${paint(this.#paint)(label)}${drawn.slice(label.length)}`}\n`,
    );
  }

  /** What is going on, on stderr; silent with `--json` and `--quiet`. */
  status(text: string): void {
    if (!this.flags.json && !this.flags.quiet) this.#say(text);
  }

  /** The same text, its command lines told again what this one was told by flag. */
  inScope(text: string): string {
    return repeatScope(text, this.#scope);
  }

  /** The command that usually comes next, after a success; on stderr, silent with `--json` and `--quiet`. */
  next(command: string): void {
    if (!this.flags.json && !this.flags.quiet) this.#say(this.inScope(command), "next:");
  }

  /**
   * Something the user should know that is no failure: with `--json` into the envelope, or an event of its own in a
   * stream (after the first event, which scripts wait for); else a line on stderr.
   */
  warn({ code, message }: Warning): void {
    const warning = { code, message: this.inScope(message) };
    if (!this.flags.json) {
      this.#say(escapeControl(warning.message), "warning:");
    } else if (this.#streams) this.#warningEvent(warning);
    else this.#warnings.push(warning);
  }

  /** Words a failure once, for people or machines, and returns its exit code. */
  failure(thrown: unknown): ExitCode {
    const error = thrown instanceof ColosseumError ? thrown : (refusedByFiles(thrown) ?? bug(thrown));
    const hint = error.hint === undefined ? undefined : this.inScope(error.hint);
    if (this.flags.json) {
      const { code, message, details } = error;
      this.#io.stderr.write(
        `${toJson({ schemaVersion: SCHEMA_VERSION, ok: false, error: { code, message, hint: hint ?? null, details } })}\n`,
      );
    } else {
      this.#say(escapeControl(error.message, { multiline: true }), "error:");
      if (hint !== undefined) this.#say(escapeControl(hint, { multiline: true }), "hint:");
      this.#io.stderr.write(`${this.#paint.dim(`code: ${error.code}`)}\n`);
    }
    if (this.flags.verbose >= 2 && !this.flags.json) {
      const { stack } = thrown instanceof Error ? thrown : { stack: String(thrown) };
      this.#io.stderr.write(`${escapeControl(stack ?? "", { multiline: true })}\n`);
    }
    return error.exitCode;
  }
}

/** What a disk or its rights can refuse anywhere, whoever forgot to expect it there. */
const FILE_REFUSALS = ["EACCES", "EDQUOT", "EIO", "EMFILE", "ENOSPC", "ENOTDIR", "EPERM", "EROFS"];
/** Only a disk says these; a file that was opened before does not say which it was. */
const FULL = ["EDQUOT", "ENOSPC"];

function refusedByFiles(thrown: unknown): ColosseumError | undefined {
  const { code = "", syscall, path } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>;
  const isFiles = FILE_REFUSALS.includes(code) && syscall !== undefined && (path !== undefined || FULL.includes(code));
  if (!isFiles) return undefined;
  return new ColosseumError(`The disk refused ${path ?? "a write"}: ${messageOf(thrown)}.`, {
    code: "files.refused",
    exitCode: ExitCode.io,
    hint: "Check its owner, its rights and the space left; --home DIR keeps everything elsewhere.",
    details: path === undefined ? {} : { path },
    cause: thrown,
  });
}

const bug = (thrown: unknown): ColosseumError =>
  new ColosseumError(`Something in colosseum itself went wrong: ${messageOf(thrown)}`, {
    code: "bug",
    exitCode: ExitCode.bug,
    hint: "Run it again with -vv for the stack trace, and report it with that.",
    cause: thrown,
  });
