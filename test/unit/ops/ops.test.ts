import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startAdmin } from "../../../src/ops/admin.ts";
import { openLogFile } from "../../../src/ops/log-file.ts";
import { deliver } from "../../../src/ops/notify.ts";
import { States } from "../../../src/ops/states.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "colosseum-ops-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const EDGE = {
  state: "chain-stale",
  edge: "begin",
  subject: "5G",
  message: "The chain is away.",
  at: "2026-01-01T00:00:00Z",
} as const;

describe("States", () => {
  it("tells each edge once, however often a state is reported", () => {
    const edges: string[] = [];
    const states = new States(({ state, edge, message }) => edges.push(`${state} ${edge}: ${message}`));
    states.set("chain-stale", false, "never was");
    for (const message of ["gone", "still gone"]) states.set("chain-stale", true, message);
    expect([...states.active]).toEqual([["chain-stale", "gone"]]);
    for (const message of ["back", "still there"]) states.set("chain-stale", false, message);
    expect(edges).toEqual(["chain-stale begin: gone", "chain-stale end: back"]);
    expect(states.active.size).toBe(0);
  });
});

describe("deliver", () => {
  it("gives a program the notification on its stdin", async () => {
    const file = join(dir, "said");
    const script = `require("fs").writeFileSync(${JSON.stringify(file)}, require("fs").readFileSync(0))`;
    expect(await deliver({ exec: [process.execPath, "-e", script] }, EDGE)).toBeUndefined();
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(EDGE);
  });

  it.each([
    ["a program that is not there", ["/nonexistent/program"] as [string], /ENOENT/],
    ["a program that fails", [process.execPath, "-e", "process.exit(3)"] as [string, ...string[]], /ended with 3$/],
    [
      "a program that says why",
      [process.execPath, "-e", "console.error('no \\u001bpager'); process.exit(3)"] as [string, ...string[]],
      /ended with 3, saying "no .u001bpager"$/,
    ],
  ])("says why with %s", async (_, exec, why) => {
    expect(await deliver({ exec }, EDGE)).toMatch(why);
  });

  it("posts to a webhook, and follows no redirect", async () => {
    const bodies: string[] = [];
    const server = createServer((request, reply) => {
      request.setEncoding("utf8").on("data", (chunk: string) => bodies.push(chunk));
      request.on("end", () => reply.writeHead(request.url === "/moved" ? 302 : 204, { location: "/" }).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await deliver({ webhook: url }, EDGE)).toBeUndefined();
    expect(await deliver({ webhook: `${url}/moved` }, EDGE)).toBe("HTTP status 302");
    expect(JSON.parse(bodies[0] ?? "")).toEqual(EDGE);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await deliver({ webhook: url }, EDGE)).toMatch(/fetch failed|ECONNREFUSED/);
  });
});

describe("startAdmin", () => {
  const pages = (ok: boolean) => ({
    health: () => ({ ok, states: {} }),
    metrics: async () => ({ contentType: "text/plain", body: "one 1\n" }),
  });
  const listen = { host: "127.0.0.1", port: 0 };

  it.each([
    [true, "/healthz", 200],
    [false, "/healthz", 503],
    [true, "/metrics", 200],
    [true, "/metrics?a=b", 200],
    [true, "/", 404],
  ])("healthy %s, GET %s answers %i", async (ok, path, status) => {
    await using admin = await startAdmin(listen, pages(ok));
    expect((await fetch(`${admin.url}${path}`)).status).toBe(status);
  });

  it("takes GET only, and only under a name of this machine", async () => {
    await using admin = await startAdmin(listen, pages(true));
    expect((await fetch(`${admin.url}/metrics`, { method: "POST" })).status).toBe(405);
    const { port } = new URL(admin.url);
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      request({ port, host: "127.0.0.1", path: "/metrics", headers: { host: "evil.example" } }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  it("refuses an address that others can reach, and a port that is taken", async () => {
    await expect(startAdmin({ host: "0.0.0.0", port: 0 }, pages(true))).rejects.toMatchObject({
      code: "ops.admin-not-loopback",
      exitCode: 2,
    });
    await using admin = await startAdmin(listen, pages(true));
    const taken = { host: "127.0.0.1", port: Number(new URL(admin.url).port) };
    await expect(startAdmin(taken, pages(true))).rejects.toMatchObject({
      code: "ops.admin-cannot-listen",
      exitCode: 14,
    });
  });
});

describe("openLogFile", () => {
  it("writes a record a line, with level, time and message, for nobody else to read", () => {
    const file = join(dir, "logs", "arena.log");
    using log = openLogFile(file);
    log.write("warn", { type: "trouble", code: "x\u001b[31m" }, "Something went wrong.");
    log.write("debug", { type: "vote" }, "left out");
    const lines = readFileSync(file, "utf8").trim().split("\n");
    expect(lines.length).toBe(1);
    expect(lines[0]).not.toContain("\u001b");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warn", type: "trouble", msg: "Something went wrong." });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("rotates by size, keeps so many and loses no record that is kept", () => {
    const file = join(dir, "arena.log");
    {
      using log = openLogFile(file, { maxBytes: 1_000, keep: 2 });
      for (let n = 0; n < 40; n++) log.write("info", { n }, "a record of some length");
    }
    expect(readdirSync(dir).sort()).toEqual(["arena.log", "arena.log.1", "arena.log.2"]);
    const numbers = ["arena.log.2", "arena.log.1", "arena.log"].flatMap((name) => {
      expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(1_000);
      const lines = readFileSync(join(dir, name), "utf8").trim().split("\n");
      return lines.map((line) => (JSON.parse(line) as { n: number }).n);
    });
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => 40 - numbers.length + at));
    using again = openLogFile(file, { maxBytes: 1_000, keep: 2 });
    again.write("info", { n: 40 }, "goes on");
    expect(readFileSync(file, "utf8")).toContain('"n":39');
  });

  it("refuses a place where it cannot write, with 14", () => {
    expect(() => openLogFile(dir)).toThrow(expect.objectContaining({ code: "ops.log-file", exitCode: 14 }));
  });
});
