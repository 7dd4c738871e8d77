import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LogSource } from "../../../src/cli/commands/watch/log-source.ts";
import type { Context } from "../../../src/cli/context.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "colosseum-watch-log-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const line = (msg: string): string => `${JSON.stringify({ level: "info", time: "2026-01-01T00:00:00.000Z", msg })}\n`;

it("reads whole lines, also the first one after a rotation that came in the middle of one", async () => {
  const file = join(dir, "validator.log");
  const source = new LogSource({ clock: { nowMs: () => 0 } } as unknown as Context, file);
  const look = async (): Promise<string[]> => {
    const texts: string[] = [];
    await source.look((event) => event.type === "note" && texts.push(event.text));
    return texts;
  };
  writeFileSync(file, line("one") + line("two").slice(0, 20));
  expect(await look()).toEqual(["one"]);
  appendFileSync(file, line("two").slice(20) + line("three").slice(0, 30));
  expect(await look()).toEqual(["two"]);
  writeFileSync(file, line("new"));
  expect(await look()).toEqual(["new"]);
});
