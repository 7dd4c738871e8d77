import { spawn } from "node:child_process";
import { ExitCode } from "../base/errors.ts";
import { BrainError } from "./brain.ts";

/** What a program may print before it is ended. */
const MAX_OUTPUT_BYTES = 2 * 1_048_576;
const MAX_STDERR_BYTES = 65_536;

export interface CommandRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Each line of standard error, raw; whoever prints it escapes it. */
  readonly onStderr?: (line: string) => void;
}

/** Secrets of wallets are no business of a brain. */
function environment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^BT_(WALLET_PASSWORD|PW_)/.test(name)));
}

/**
 * Runs a program once: text in, text out. It is ended, with everything it started, when its time or its output is over.
 *
 * @throws BrainError `brains.exec-not-found`, `brains.exec-timeout`, `brains.exec-output`, `brains.exec-failed`.
 */
export function runCommand(run: CommandRun): Promise<string> {
  const { program, signal } = run;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    // A group of its own, so that a script's children end with it.
    const child = spawn(program, [...run.args], {
      cwd: run.cwd,
      env: environment(run.env ?? process.env),
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stderr = "";
    let failure: unknown;
    const end = (why: unknown): void => {
      failure ??= why;
      try {
        if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // It is gone already.
      }
    };
    const timer = setTimeout(
      () =>
        end(
          new BrainError(`"${program}" did not answer within ${Math.round(run.timeoutMs / 1_000)} s.`, {
            code: "brains.exec-timeout",
            exitCode: ExitCode.timeout,
            hint: "Make it answer sooner; timeLeftMs in its input says how long it has.",
          }),
        ),
      Math.max(0, run.timeoutMs),
    );
    const onAbort = (): void => end(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    child.stdin.on("error", () => undefined);
    child.stdin.end(run.input);
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES)
        end(
          new BrainError(`"${program}" printed more than ${MAX_OUTPUT_BYTES} bytes.`, {
            code: "brains.exec-output",
            hint: "Print one JSON object and nothing else on standard output.",
          }),
        );
      else chunks.push(chunk);
    });
    let line = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-2_000);
      line = (line + text).slice(-MAX_STDERR_BYTES);
      const lines = line.split("\n");
      line = lines.pop() ?? "";
      for (const one of lines) run.onStderr?.(one);
    });
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      if (line !== "") run.onStderr?.(line);
    };
    child.on("error", (cause: NodeJS.ErrnoException) => {
      finish();
      const why =
        cause.code === "ENOENT"
          ? "there is no such program"
          : cause.code === "EACCES"
            ? "it may not be executed"
            : cause.message;
      reject(
        failure ??
          new BrainError(`Cannot start the brain "${program}": ${why}.`, {
            code: "brains.exec-not-found",
            exitCode: ExitCode.io,
            hint: "Check the path, and that it is executable: chmod +x FILE",
            cause,
          }),
      );
    });
    child.on("close", (code, killedBy) => {
      finish();
      if (failure !== undefined) return reject(failure);
      if (code === 0) return resolve(Buffer.concat(chunks).toString("utf8"));
      const last = stderr.trim().split("\n").pop() ?? "";
      const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
      return reject(
        new BrainError(
          `"${program}" ended with ${how}${last === "" ? "" : `: ${last.slice(0, 200)}`}.`.replace(/\.\.$/, "."),
          {
            code: "brains.exec-failed",
            hint: "Its standard error is in the log; exit code 0 and one JSON object on standard output mean success.",
          },
        ),
      );
    });
    return undefined;
  });
}
