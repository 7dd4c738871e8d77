import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { ColosseumError, ExitCode, messageOf } from "../../../base/errors.ts";
import type { Task, TaskLogHeader } from "../../../mechanism/task-log.ts";
import type { Context } from "../../context.ts";

/**
 * Writes a log task by task, so that its size is no matter: to a file that appears whole or not at all, or to standard
 * output.
 *
 * @param output - `.jsonl` makes JSON Lines; undefined: standard output, one JSON object.
 * @throws ColosseumError `validator.export-unwritable` (14).
 */
export async function writeLog(
  ctx: Context,
  header: TaskLogHeader,
  tasks: Iterable<Task>,
  output: string | undefined,
): Promise<{ readonly file: string; readonly tasks: number }> {
  const lines = output?.endsWith(".jsonl") === true;
  if (output === undefined) return { file: "", tasks: await write(ctx.io.stdout, header, tasks, lines) };
  const file = resolve(ctx.io.cwd, output);
  const draft = `${file}.part`;
  try {
    const stream = createWriteStream(draft, { mode: 0o600 });
    await once(stream, "open");
    const count = await write(stream, header, tasks, lines);
    stream.end();
    await finished(stream);
    await rename(draft, file);
    return { file, tasks: count };
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    if (error instanceof ColosseumError) throw error;
    throw new ColosseumError(`Cannot write ${file}: ${messageOf(error)}.`, {
      code: "validator.export-unwritable",
      exitCode: ExitCode.io,
      hint: "Name a file in a folder where you may write.",
      cause: error,
    });
  }
}

async function write(stream: Writable, header: TaskLogHeader, tasks: Iterable<Task>, lines: boolean): Promise<number> {
  const put = async (text: string): Promise<void> => {
    if (!stream.write(text)) await once(stream, "drain");
  };
  let count = 0;
  const head = JSON.stringify(header);
  await put(lines ? `${head}\n` : `${head.slice(0, -1)},\n"tasks":[`);
  for (const task of tasks) {
    const separator = lines ? "" : count === 0 ? "\n" : ",\n";
    await put(`${separator}${JSON.stringify(task)}${lines ? "\n" : ""}`);
    count++;
  }
  if (!lines) await put("\n]}\n");
  return count;
}

/** An interval that cannot be exported. */
export const noSuchInterval = (n: number, isOpen: boolean): ColosseumError =>
  new ColosseumError(isOpen ? `Interval ${n} is not settled yet.` : `There is no interval ${n}.`, {
    code: isOpen ? "validator.interval-open" : "validator.no-interval",
    exitCode: ExitCode.invalid,
    hint: isOpen ? "Add --open to see it without its seed." : "Leave --interval away for all that there are.",
  });
