import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";

/**
 * Writes a result file whole or not at all: beside its place first, then moved there.
 *
 * @param name - How the user called it.
 * @throws ColosseumError `output.write-failed` (14).
 */
export async function writeResultFile(path: string, name: string, content: string): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(beside, "wx", 0o644);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new ColosseumError(`${name} could not be written: ${messageOf(cause)}.`, {
      code: "output.write-failed",
      exitCode: ExitCode.io,
      hint: "Check that its folder exists and may be written to.",
      cause,
      details: { file: name },
    });
  }
}
