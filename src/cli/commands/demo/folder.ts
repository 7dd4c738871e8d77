import { mkdir, readdir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ColosseumError, ExitCode, messageOf } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";

/**
 * The empty folder a demo works in: `--keep`, else a new one below the state. Never the working directory.
 *
 * @returns An absolute path without symbolic links.
 * @throws ColosseumError with exit 14: `demo.folder-not-empty`, or `demo.folder` if it cannot be made.
 */
export async function demoFolder(ctx: Context, keep: string | undefined): Promise<string> {
  const stamp = new Date(ctx.clock.nowMs()).toISOString().replace(/[:.]/g, "-");
  const path =
    keep === undefined ? join(ctx.paths.stateDir, "demo", `${stamp}-${process.pid}`) : resolve(ctx.io.cwd, keep);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if ((await readdir(path)).length === 0) return await realpath(path);
  } catch (error) {
    throw new ColosseumError(`Cannot use the folder ${path}: ${messageOf(error)}`, {
      code: "demo.folder",
      exitCode: ExitCode.io,
      hint: "Give another one: colosseum demo --keep DIR",
      cause: error,
    });
  }
  throw new ColosseumError(`The folder ${path} is not empty.`, {
    code: "demo.folder-not-empty",
    exitCode: ExitCode.io,
    hint: "Give a new or an empty one, so that nothing of an earlier run is overwritten: colosseum demo --keep DIR",
  });
}
