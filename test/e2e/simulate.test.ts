import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { sampleTask } from "../unit/mechanism/task-samples.ts";

const KINDS = ["synthetic", "duel", "trap"] as const;
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const votes = ["A", "B", "C"].map((voter, v): [string, string] => [voter, (index + v) % 4 === 0 ? "c2" : "c1"]);
    return JSON.stringify(sampleTask(KINDS[index % 3] ?? "duel", votes, { id: `t-${index}` }));
  }).join("\n");

describe("simulate, as it is built", () => {
  it("gives the same bytes from a file, a pipe, gzip, one list and one object, with 1, 2 and 7 workers", async () => {
    using home = temporaryHome();
    const log = lines(9_000);
    const tasks = log.split("\n").map((line) => JSON.parse(line) as unknown);
    const files = {
      "l.jsonl": log,
      "l.gz": gzipSync(log),
      "a.json": JSON.stringify(tasks),
      "o.json": JSON.stringify({ tasks }),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(home.path, name), content);
    const outputs = new Set<string>();
    for (const name of Object.keys(files)) {
      for (const workers of ["1", "2", "7"]) {
        const run = await runBin(["simulate", name, "--json", "--workers", workers], { env: home.env });
        expect(run).toMatchObject({ code: 0, stderr: "" });
        outputs.add(createHash("sha256").update(run.stdout).digest("hex"));
      }
    }
    const piped = await runBin(["simulate", "-", "--json"], { env: home.env, stdin: log });
    outputs.add(createHash("sha256").update(piped.stdout).digest("hex"));
    expect(outputs.size).toBe(1);
  });

  it("ends with the codes of the contract and one line of JSON on stderr", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.path, "empty.json"), "");
    writeFileSync(join(home.path, "bad.jsonl"), `${lines(3)}\n{"id":\n`);
    mkdirSync(join(home.path, "folder"));
    const code = async (...args: string[]): Promise<[number | null, string]> => {
      const run = await runBin(["simulate", ...args, "--json"], { env: home.env });
      expect(run.stdout).toBe("");
      return [run.code, (JSON.parse(run.stderr) as { error: { code: string } }).error.code];
    };
    expect(await code("empty.json")).toEqual([12, "log.empty"]);
    expect(await code("bad.jsonl")).toEqual([12, "log.not-json"]);
    expect(await code("folder")).toEqual([14, "input.not-a-file"]);
    expect(await code("missing.json")).toEqual([14, "input.not-found"]);
    expect(await code("bad.jsonl", "--preset", "nobody")).toEqual([2, "rules.unknown-preset"]);
  });

  it("leaves nothing behind but what it was asked for", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.path, "l.jsonl"), lines(30));
    const run = await runBin(["simulate", "l.jsonl", "--report", "r.html", "--csv", "r.csv"], { env: home.env });
    expect(run).toMatchObject({ code: 0, stderr: "Wrote r.csv\nWrote r.html\n" });
    expect(readFileSync(join(home.path, "r.html"), "utf8")).toMatch(/^<!doctype html>/);
  });

  it.skipIf(process.platform === "win32")("reads a named pipe, whose writer leaves after one reading", async () => {
    using home = temporaryHome();
    const pipe = join(home.path, "pipe");
    execFileSync("mkfifo", [pipe]);
    const writing = writeFile(pipe, `${lines(3)}\n`);
    const run = await runBin(["simulate", pipe, "--json"], { env: home.env });
    await writing;
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).data.tasks.total).toBe(3);
  });

  it("stops at a signal while it waits for standard input", async () => {
    using home = temporaryHome();
    const bin = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));
    const child = spawn(process.execPath, [bin, "simulate", "-", "--plain"], {
      env: home.env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdin.on("error", () => undefined);
    child.stdin.write(`${lines(2_000)}\n`, () => child.kill("SIGINT"));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
  });
});
