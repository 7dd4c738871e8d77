import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { below, seededRandom, uniform } from "../../../src/base/random.ts";
import type { Task, TaskLog } from "../../../src/mechanism/task-log.ts";
import { auditLog } from "../../../src/simulate/audit.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { minerName, plantedDuels } from "../ratings/planted-votes.ts";
import { crowdTasks, settledLog, taskOf } from "./audit-log.ts";

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "audit-"));
});
afterAll(() => rmSync(dir, { recursive: true }));
const write = (name: string, content: unknown): string => {
  const path = join(dir, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const codesOf = async (tasks: readonly Task[]): Promise<string[]> =>
  (await auditLog({ tasks })).findings.map(({ code }) => code);

describe("audit of honest votes", () => {
  it("finds nothing, exits 0, and says what it could not check", async () => {
    const file = write("honest.json", settledLog(crowdTasks("honest", { miners: 12, tasks: 80 })));
    const run = await runCli(["audit", file, "--json"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const { data } = JSON.parse(run.stdout);
    expect(data).toMatchObject({
      verified: { draws: "skipped", votes: "skipped", scores: "ok" },
      firstDifference: null,
      groups: [],
      findings: [],
    });
    expect(data.voters).toHaveLength(12);
  });

  it("raises a false alarm in at most 5 of 100 honest logs, all statistics together", async () => {
    let alarms = 0;
    for (let log = 0; log < 100; log++) {
      const accuracy = (miner: number): number => (miner % 4 === 0 ? 0.6 : 0.9);
      const duels = crowdTasks(`alarm-${log}`, { miners: 12, tasks: 60, accuracy, quality: (miner) => miner / 6 });
      const traps = crowdTasks(`trap-${log}`, { miners: 12, tasks: 15, accuracy }).map((task, index) => ({
        ...task,
        id: `x${index}`,
        kind: "trap" as const,
        negative: task.generators[1] ?? "",
      }));
      if ((await codesOf([...duels, ...traps])).length > 0) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(5);
  });

  it("measures accuracy, time to vote and agreement of each voter", async () => {
    const { voters } = await auditLog({
      tasks: crowdTasks("measure", { miners: 10, tasks: 300, accuracy: (m) => (m === 0 ? 0.55 : 0.9) }),
    });
    const [weak, strong] = voters;
    expect(weak?.accuracy).toBeGreaterThan(0.45);
    expect(weak?.accuracy).toBeLessThan(0.65);
    expect(strong?.accuracy).toBeGreaterThan(0.84);
    expect(strong?.agreement).toHaveLength(9);
    expect(strong?.time.fastestMs).toBeGreaterThanOrEqual(1_000);
    expect(strong?.time.medianMs).toBeGreaterThanOrEqual(strong?.time.fastestMs ?? 0);
    for (const { agree, tasks, expected } of strong?.agreement ?? []) {
      expect(agree).toBeLessThanOrEqual(tasks);
      expect(Math.abs(agree - expected)).toBeLessThan(0.15 * tasks);
    }
  });
});

describe("audit of dishonest votes", () => {
  it("finds a ring of three in 80 tasks of 20 miners, by name, exit 3", async () => {
    const file = write("ring.json", { tasks: crowdTasks("ring", { miners: 20, tasks: 80, ring: 3 }) });
    const run = await runCli(["audit", file, "--json"]);
    expect(run.code).toBe(3);
    const { data } = JSON.parse(run.stdout);
    const members = [minerName(0), minerName(1), minerName(2)];
    expect(data.groups).toMatchObject([{ members }]);
    expect(data.groups[0].p).toBeLessThanOrEqual(0.01);
    expect(data.findings).toMatchObject([{ code: "audit.mutual-votes", subject: members }]);
    const text = await runCli(["audit", file]);
    expect(text.code).toBe(3);
    expect(text.stdout).toContain("m000, m001, m002");
    for (const line of text.stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it("finds two rings apart", async () => {
    const random = seededRandom("two rings");
    const tasks = plantedDuels(random, { miners: 24, tasks: 300, ring: 3 }).map((duel, index) => {
      const second = (name: string): boolean => ["m020", "m021", "m022", "m023"].includes(name);
      const [a, b] = duel.authors;
      const votes = duel.votes.map((vote) =>
        second(vote.voter) && second(a) !== second(b)
          ? { ...vote, choice: second(a) ? (0 as const) : (1 as const) }
          : vote,
      );
      return taskOf(`t${index}`, { ...duel, votes });
    });
    const { groups } = await auditLog({ tasks });
    expect(groups.map(({ members }) => members).sort()).toEqual([
      ["m000", "m001", "m002"],
      ["m020", "m021", "m022", "m023"],
    ]);
  });

  it.each([
    ["by the label it sees", true],
    ["by the order in the log", false],
  ])("finds a voter that always takes the first output, %s, and nobody else", async (_, labelled) => {
    const random = seededRandom("first");
    const tasks = crowdTasks("first", { miners: 10, tasks: 120, accuracy: () => 0.85 }).map((task) => ({
      ...task,
      votes: task.votes.map((vote) => {
        const firstIsA = uniform(random) < 0.5;
        const always = vote.voter === minerName(3);
        const completion = always ? (labelled && !firstIsA ? "c2" : "c1") : vote.completion;
        return { ...vote, completion, ...(labelled ? { choice: (completion === "c1") === firstIsA ? "A" : "B" } : {}) };
      }),
    }));
    const { findings } = await auditLog({ tasks });
    expect(findings).toMatchObject([
      {
        code: "audit.position-bias",
        subject: minerName(3),
        evidence: { basis: labelled ? "label" : "order", share: 1 },
      },
    ]);
  });

  it("finds a voter that falls into traps more often than a coin, with its Wilson interval", async () => {
    const traps = crowdTasks("traps", { miners: 6, tasks: 40 }).map((task) => ({
      ...task,
      kind: "trap" as const,
      negative: task.generators[1] ?? "",
      votes: task.votes.map((vote) => ({ ...vote, completion: vote.voter === minerName(2) ? "c2" : "c1" })),
    }));
    const { findings, voters } = await auditLog({ tasks: traps });
    expect(findings).toMatchObject([{ code: "audit.below-chance-in-traps", subject: minerName(2) }]);
    expect(voters[2]?.traps).toMatchObject({ avoided: 0, accuracy: 0, low: 0 });
    expect(voters[2]?.traps.high).toBeLessThan(0.2);
    expect(voters[0]?.traps).toMatchObject({ accuracy: 1, high: 1 });
  });

  it("finds copied votes", async () => {
    const tasks = crowdTasks("copied", { miners: 12, tasks: 150 }).map((task) => {
      const original = task.votes.find(({ voter }) => voter === minerName(5));
      const votes = task.votes.map((vote) =>
        vote.voter === minerName(7) && original !== undefined ? { ...vote, completion: original.completion } : vote,
      );
      return { ...task, votes };
    });
    const { findings } = await auditLog({ tasks });
    expect(findings).toContainEqual(
      expect.objectContaining({ code: "audit.copied-votes", subject: [minerName(5), minerName(7)] }),
    );
  });

  it("finds miners who hand in the same bytes, by hash or by files", async () => {
    const random = seededRandom("same");
    const tasks = crowdTasks("same", { miners: 6, tasks: 4 }).map((task, index) => ({
      ...task,
      completions: task.completions.map((completion) => ({
        ...completion,
        ...(index === 0
          ? { sha256: "ab" }
          : { files: [{ name: "index.html", content: index === 1 ? "same" : String(below(random, 1e9)) }] }),
      })),
    }));
    const { findings } = await auditLog({ tasks });
    const found = findings.filter(({ code }) => code === "audit.identical-completions");
    expect(found.flatMap(({ evidence }) => evidence["first"]).sort()).toEqual(["t0", "t1"]);
  });
});

describe("audit of a settlement", () => {
  const log = settledLog(crowdTasks("scores", { miners: 8, tasks: 10 }));

  it("tells a score that differs in its last bit", async () => {
    const [interval] = log.intervals ?? [];
    const [[hotkey, score] = ["", 0]] = Object.entries(interval?.scores ?? {});
    const off = Math.abs(score) * (1 + Number.EPSILON);
    const changed: TaskLog = { ...log, intervals: [{ n: 0, scores: { ...interval?.scores, [hotkey]: off } }] };
    const audit = await auditLog(changed);
    expect(audit.verified.scores).toBe("differs");
    expect(audit.firstDifference).toEqual({
      check: "scores",
      interval: 0,
      task: null,
      field: `scores.${hotkey}`,
      expected: String(score),
      found: String(off),
    });
    expect(audit.findings).toMatchObject([{ code: "audit.scores-differ", subject: "interval 0" }]);
  });

  it("tells a hotkey that was paid for nothing, or left out", async () => {
    const [interval] = log.intervals ?? [];
    const scores = interval?.scores ?? {};
    const [paid = ""] = Object.keys(scores);
    const { [paid]: _, ...without } = scores;
    for (const changed of [{ ...scores, stranger: 1 }, without]) {
      expect((await auditLog({ ...log, intervals: [{ n: 0, scores: changed }] })).verified.scores).toBe("differs");
    }
  });

  it("settles by the interval's own rules where it names them", async () => {
    const [interval] = log.intervals ?? [];
    const scores = interval?.scores ?? {};
    const own = { ...log, preset: "scaled", intervals: [{ n: 0, preset: "paper", settings: {}, scores }] };
    expect((await auditLog(own)).verified.scores).toBe("ok");
    expect((await auditLog({ ...own, intervals: [{ n: 0, scores }] })).verified.scores).toBe("differs");
  });
});

describe("audit's command line", () => {
  it.each([
    ["a missing file", ["/nonexistent.json"], 14, "input.not-found"],
    ["no file", [], 2, "usage.command-line"],
    ["an address that nobody answers", ["http://127.0.0.1:9/"], 10, "audit.unreachable"],
  ])("refuses %s", async (_, args, code, errorCode) => {
    const run = await runCli(["audit", ...args, "--json"]);
    expect(run).toMatchObject({ code, stdout: "" });
    expect(JSON.parse(run.stderr).error.code).toBe(errorCode);
  });

  it("refuses receipts for a log that names no validator", async () => {
    const file = write("anonymous.json", []);
    const run = await runCli(["audit", file, "--receipts", dir, "--json"]);
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stderr).error.code).toBe("usage.no-validator");
  });

  it("warns where a folder holds no receipt of the validator: nothing can be missing from nothing", async () => {
    const empty = join(dir, "empty");
    mkdirSync(empty);
    const file = write("named.json", { format: "colosseum/tasks@1", validator: "V", tasks: [] });
    const run = await runCli(["audit", file, "--receipts", empty, "--json"]);
    expect(JSON.parse(run.stdout).warnings).toMatchObject([{ code: "no-receipts" }]);
  });

  it("audits nothing without a complaint", async () => {
    const run = await runCli(["audit", write("nothing.json", [])]);
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain("Nothing found.");
  });
});

describe("audit of a validator's address", () => {
  const whole = settledLog(crowdTasks("remote", { miners: 8, tasks: 12 }));
  let server: Server;
  let url = "";
  let busy = 1;
  let open: object | null = { n: 2, commitment: "0x00", beaconHeight: 1 };
  beforeAll(async () => {
    const info = {
      protocol: "colosseum/1",
      validator: "V",
      netuid: 1,
      preset: "paper",
      settings: {},
      taskTypes: ["page"],
      limits: { maxFiles: 16, maxTotalBytes: 1, maxVotesPerRequest: 64, maxWaitSeconds: 25, maxBodyBytes: 1 },
      now: "2026-01-01T00:00:00.000Z",
    };
    const answers: Record<string, object> = {
      "/v1/info": info,
      "/v1/intervals/0": whole,
      "/v1/intervals/2": { n: 2, state: "open", commitment: "0x00" },
      "/log.json": whole,
    };
    server = createServer((request, response) => {
      const answer = answers[request.url ?? ""];
      const isBusy = request.url === "/v1/intervals/0" && busy-- > 0;
      response.writeHead(isBusy ? 429 : answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer === info ? { ...info, interval: open } : (answer ?? {})));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each(["/", "/log.json"])("fetches what was revealed from %s and says the same as of the file", async (path) => {
    busy = 0;
    const remote = await runCli(["audit", url + path, "--json"]);
    const local = await runCli(["audit", write("local.json", whole), "--json"]);
    expect(remote, remote.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(remote.stdout).data).toEqual(JSON.parse(local.stdout).data);
  });

  it("fetches everything of a validator that is between two intervals", async () => {
    busy = 0;
    open = null;
    const remote = await runCli(["audit", url, "--json"]);
    expect(remote, remote.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(remote.stdout).data.voters.length).toBeGreaterThan(0);
  });

  it("says where there is no log", async () => {
    const run = await runCli(["audit", `${url}/nothing`, "--json"]);
    expect(run.code).toBe(12);
    expect(JSON.parse(run.stderr).error.code).toBe("audit.no-log");
  });
});
