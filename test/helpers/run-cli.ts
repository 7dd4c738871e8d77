import { PassThrough } from "node:stream";
import type { ExitCode } from "../../src/base/errors.ts";
import type { Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

export interface CliRun {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** Hands over a function that delivers a signal to the running command. */
  readonly onStart?: (signal: (name: "SIGINT" | "SIGTERM") => void) => void;
  /** Called with each piece of stdout as it is written. */
  readonly onStdout?: (text: string) => void;
  /** Called with each piece of stderr as it is written. */
  readonly onStderr?: (text: string) => void;
}

/** Runs one command line in this process without a terminal, in an environment of its own. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const collect = (): { stream: PassThrough; text: () => string } => {
    const stream = new PassThrough();
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
  };
  const stdin = new PassThrough();
  stdin.end(options.stdin ?? "");
  const stdout = collect();
  const stderr = collect();
  const { onStdout, onStderr } = options;
  if (onStdout !== undefined) stdout.stream.on("data", (chunk: Buffer) => onStdout(chunk.toString("utf8")));
  if (onStderr !== undefined) stderr.stream.on("data", (chunk: Buffer) => onStderr(chunk.toString("utf8")));
  const listeners = new Set<(signal: "SIGINT" | "SIGTERM") => void>();
  const io: Io = {
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: options.env ?? {},
    cwd: options.cwd ?? "/nonexistent",
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  options.onStart?.((name) => {
    for (const listener of listeners) listener(name);
  });
  const code = await main(args, io, () => undefined);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
