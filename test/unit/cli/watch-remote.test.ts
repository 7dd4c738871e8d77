import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RemoteSource } from "../../../src/cli/commands/watch/remote-source.ts";
import type { Context } from "../../../src/cli/context.ts";
import type { WatchEvent } from "../../../src/ui/watch-events.ts";

const log = JSON.parse(readFileSync(new URL("../../../examples/tasks.json", import.meta.url), "utf8")) as {
  intervals: { n: number; scores?: object }[];
  tasks: { interval: number }[];
};
const info = {
  protocol: "colosseum/1",
  validator: "v",
  netuid: 1,
  preset: "paper",
  settings: {},
  taskTypes: ["page"],
  limits: { maxFiles: 16, maxTotalBytes: 1, maxVotesPerRequest: 64, maxWaitSeconds: 25, maxBodyBytes: 1 },
  interval: { n: 2, commitment: "0x", beaconHeight: 1 },
  now: "2026-01-01T00:00:00.000Z",
};

let server: Server;
let asked: string[];
let answer: (path: string) => { status: number; body: string };

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const { status, body } = answer(request.url ?? "");
    response.writeHead(status).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => server.close());

const source = (): RemoteSource => {
  const ctx = { clock: { nowMs: () => 1_000 }, signal: new AbortController().signal } as unknown as Context;
  return new RemoteSource(ctx, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
};
const look = async (at: RemoteSource): Promise<WatchEvent[]> => {
  const events: WatchEvent[] = [];
  await at.look((event) => events.push(event));
  return events;
};
const arena = (path: string) => {
  if (path === "/v1/info") return { status: 200, body: JSON.stringify(info) };
  const n = Number(path.split("/").at(-1));
  const interval = log.intervals.find((one) => one.n === n);
  if (interval?.scores === undefined) return { status: 404, body: "{}" };
  const part = { ...log, intervals: [interval], tasks: log.tasks.filter((task) => task.interval === n) };
  return { status: 200, body: JSON.stringify(part) };
};

describe("a validator that is watched by its URL", () => {
  it("is asked for each settled interval once, and for the open one again", async () => {
    answer = arena;
    const remote = source();
    const first = await look(remote);
    expect(first.flatMap(({ type }) => (type === "board" ? [type] : [])).length).toBeGreaterThan(0);
    expect(first.find(({ type }) => type === "validator")).toMatchObject({
      validator: { reachable: true, interval: 2 },
    });
    const told = first.findLast((event) => event.type === "validator");
    const settled = log.intervals.filter(({ scores }) => scores !== undefined).length;
    expect(told?.validator).toMatchObject({ stage: "", settled });
    const board = first.findLast((event) => event.type === "board");
    expect(board?.rows.every(({ score }) => score !== null)).toBe(true);
    asked = [];
    // Nothing changed, so nothing is said again.
    expect((await look(remote)).filter(({ type }) => type === "validator")).toEqual([]);
    const open = log.intervals.filter(({ scores }) => scores === undefined).map(({ n }) => `/v1/intervals/${n}`);
    for (const path of asked.slice(1)) expect(["/v1/intervals/2", ...open]).toContain(path);
  });

  it("may answer tasks of any form: that is said once, and the other intervals are shown", async () => {
    answer = (path) =>
      path === "/v1/intervals/0"
        ? { status: 200, body: JSON.stringify({ intervals: [{ n: 0, scores: {} }], tasks: [null, { id: 7 }] }) }
        : arena(path);
    const remote = source();
    const events = await look(remote);
    expect(events.filter((event) => event.type === "note" && event.level === "warn")).toHaveLength(1);
    expect(events.some(({ type }) => type === "board")).toBe(true);
    expect((await look(remote)).filter(({ type }) => type === "note")).toHaveLength(0);
  });

  it.each([
    ["nonsense", () => ({ status: 200, body: "<html>" })],
    ["another shape", () => ({ status: 200, body: '{"protocol":"other"}' })],
    ["an error", () => ({ status: 500, body: "" })],
  ])("is said to be out of reach when it answers %s, once", async (_, broken) => {
    answer = broken;
    const remote = source();
    const first = await look(remote);
    expect(first[0]).toMatchObject({ type: "validator", validator: { reachable: false } });
    expect(first.filter(({ type }) => type === "note")).toHaveLength(1);
    expect((await look(remote)).filter(({ type }) => type === "note")).toHaveLength(0);
    answer = arena;
    expect((await look(remote))[0]).toMatchObject({ validator: { reachable: true } });
  });
});
