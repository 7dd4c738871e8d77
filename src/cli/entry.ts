import type { ExitCode } from "../base/errors.ts";
import type { Io } from "./io.ts";
import { main } from "./main.ts";

/** The process as an {@link Io}. */
function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    onSignal: (listener) => {
      const signals = ["SIGINT", "SIGTERM"] as const;
      const bound = signals.map((signal) => ({ signal, on: () => listener(signal) }));
      for (const { signal, on } of bound) process.on(signal, on);
      return () => {
        for (const { signal, on } of bound) process.off(signal, on);
      };
    },
  };
}

/** Called by `bin`: runs the command, then ends the process even if a library left something open. */
export async function run(args: readonly string[]): Promise<void> {
  // A reader that closed our stdout (`| head`) is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
  const end = (code: ExitCode): void => process.exit(code);
  const code = await main(args, processIo(), end);
  process.stdout.write("", () => process.stderr.write("", () => end(code)));
}
