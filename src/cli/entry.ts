import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Io } from "./io.ts";
import { main } from "./main.ts";
import { Output } from "./output.ts";
import { keepHeapSmall } from "./small-heap.ts";

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

/** Ends the process because a stream takes no more: a reader that left (`| head`) is no failure, a full disk is one. */
function endUnwritten(error: NodeJS.ErrnoException, io: Io, json: boolean): never {
  if (error.code === "EPIPE") process.exit(ExitCode.ok);
  const failure = new ColosseumError(`The result could not be written to stdout: ${error.message}.`, {
    code: "output.unwritable",
    exitCode: ExitCode.io,
    hint: "Make room, or send the output elsewhere.",
    cause: error,
  });
  process.exit(new Output(io, { json, quiet: false, verbose: 0, color: false }).failure(failure));
}

/** Called by `bin`: runs the command, then ends the process even if a library left something open. */
export async function run(args: readonly string[]): Promise<void> {
  if (args.includes("miner") && args.includes("start")) keepHeapSmall();
  const io = processIo();
  const json = args.includes("--json");
  process.stdout.on("error", (error) => endUnwritten(error, io, json));
  // Nobody is left to be told; a service whose log is gone still ends as it should.
  process.stderr.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : ExitCode.io));
  const end = (code: ExitCode): void => process.exit(code);
  const code = await main(args, io, end);
  process.stdout.write("", (error) => {
    // The write that failed may be reported only after this one.
    const lost = process.stdout.errored ?? error;
    if (lost) endUnwritten(lost, io, json);
    process.stderr.write("", () => end(code));
  });
}
