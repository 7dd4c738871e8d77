import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** A file in a folder of its own that goes when the test ends. */
export function tempFile(name: string, content: string | Uint8Array): string {
  const dir = mkdtempSync(join(tmpdir(), "colosseum-log-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

/** The same tasks in every shape that the format allows. */
export function shapesOf(
  tasks: readonly unknown[],
  header: object = { format: "colosseum/tasks@1" },
): [string, string | Uint8Array][] {
  const lines = tasks.map((task) => JSON.stringify(task));
  const object = { ...header, tasks };
  return [
    ["array.json", JSON.stringify(tasks)],
    ["array-pretty.json", `\n ${JSON.stringify(tasks, null, 2)}\r\n`],
    ["object.json", JSON.stringify(object)],
    ["object-pretty.json", JSON.stringify(object, null, "\t")],
    ["object-late-header.json", JSON.stringify({ tasks, ...header })],
    ["object-bom.json", `\ufeff${JSON.stringify(object)}`],
    ["lines.jsonl", `${lines.join("\n")}\n`],
    ["lines-header.jsonl", [JSON.stringify(header), ...lines].join("\n")],
    ["lines-crlf-blank.jsonl", `\ufeff\r\n\r\n${[JSON.stringify(header), "", ...lines, " \t"].join("\r\n")}\r\n`],
    ["object.json.gz", gzipSync(JSON.stringify(object))],
    ["lines.jsonl.gz", gzipSync(lines.join("\n"))],
    ["without-ending", Buffer.concat([gzipSync(`${lines[0]}\n`), gzipSync(lines.slice(1).join("\n"))])],
  ];
}
