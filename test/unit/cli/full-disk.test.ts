import { writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import type { Io } from "../../../src/cli/io.ts";
import { Output } from "../../../src/cli/output.ts";

/** Words a failure with `--json`; → its exit code and code. */
function worded(thrown: unknown): [number, string] {
  const stderr = new PassThrough();
  const out = new Output({ stderr } as unknown as Io, { json: true, quiet: false, verbose: 0, color: false });
  const exit = out.failure(thrown);
  const { error } = JSON.parse(String(stderr.read())) as { error: { code: string } };
  return [exit, error.code];
}

const refused = (fields: object): Error => Object.assign(new Error("refused"), fields);

it.each<[string, unknown, [number, string]]>([
  ["a folder without rights", refused({ code: "EACCES", syscall: "open", path: "/x" }), [14, "files.refused"]],
  [
    "a full disk, which does not say of which file",
    refused({ code: "ENOSPC", syscall: "write" }),
    [14, "files.refused"],
  ],
  ["a port without rights", refused({ code: "EACCES", syscall: "listen" }), [1, "bug"]],
  ["nothing at all", undefined, [1, "bug"]],
])("%s is worded as what it is", (_, thrown, expected) => {
  expect(worded(thrown)).toEqual(expected);
});

it.skipIf(process.platform !== "linux")("a write to a full disk is such an error", () => {
  let thrown: unknown;
  try {
    writeFileSync("/dev/full", "x");
  } catch (error) {
    thrown = error;
  }
  expect(worded(thrown)).toEqual([14, "files.refused"]);
});
