import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../../../src/base/clock.ts";
import { toHotkey } from "../../../src/base/ids.ts";
import type { Brain } from "../../../src/brains/brain.ts";
import { systemClock } from "../../../src/cli/system-clock.ts";
import type { MinerEvent } from "../../../src/miner/events.ts";
import { type MinerOptions, type RunningMiner, startMiner } from "../../../src/miner/process.ts";
import { type Receipt, verifyReceipt } from "../../../src/protocol/receipts.ts";
import { signerFromUri } from "../../../src/wallet/keyring.ts";
import { type FakeOptions, type FakeValidator, startFakeValidator } from "../../helpers/fake-validator.ts";
import { scriptedBrain } from "../../helpers/scripted-brain.ts";

const miner = signerFromUri("//Miner");
const boss = signerFromUri("//Validator");
const stranger = signerFromUri("//Stranger");
const ID = "assignment-0001";
const outputs = [
  { label: "A" as const, files: [{ name: "index.html", content: "a" }] },
  { label: "B" as const, files: [{ name: "index.html", content: "b" }] },
];

let stateDir: string;
const open: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "colosseum-miner-"));
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  rmSync(stateDir, { recursive: true, force: true });
});

async function fake(options: Partial<FakeOptions> = {}): Promise<FakeValidator> {
  const validator = await startFakeValidator({ signer: boss, ...options });
  open.push(() => validator.stop());
  return validator;
}

interface Running {
  readonly miner: RunningMiner;
  readonly events: MinerEvent[];
  /** The first event of a type, past or to come. */
  event<T extends MinerEvent["type"]>(type: T): Promise<Extract<MinerEvent, { type: T }>>;
}

async function run(validators: readonly FakeValidator[], options: Partial<MinerOptions> = {}): Promise<Running> {
  const events: MinerEvent[] = [];
  const waiting = new Set<() => void>();
  const running = await startMiner({
    signer: miner,
    validators: validators.map(({ url }) => url),
    clock: systemClock(),
    brain: scriptedBrain({}),
    judge: scriptedBrain({}),
    graceMs: 2_000,
    onEvent: (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
    ...options,
  });
  open.push(() => running.stop());
  return {
    miner: running,
    events,
    event: (type) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find((event) => event.type === type);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found as Extract<MinerEvent, { type: typeof type }>);
        };
        waiting.add(look);
        look();
      }),
  };
}

describe("a miner", () => {
  it("comes to a validator, checks in and answers both roles with valid signatures", async () => {
    const validator = await fake();
    const { event } = await run([validator]);
    validator.assign({ id: ID, role: "generator" });
    validator.assign({ id: "assignment-0002", role: "discriminator", outputs });
    await validator.until(() => validator.completions.has(ID) && validator.votes.has("assignment-0002"));
    await event("accepted");
    expect(validator.completions.get(ID)?.files).toEqual([{ name: "index.html", content: "<p>made</p>" }]);
    expect(validator.votes.get("assignment-0002")).toBe("A");
    const signed = validator.seen.filter(({ path }) => !/info|assignments\?/.test(path));
    expect(signed.every(({ who }) => who?.hotkey === miner.address)).toBe(true);
    expect(new Set(signed.map(({ who }) => who?.nonceNs)).size).toBe(signed.length);
  });

  it("sends votes that are ready together under one signature", async () => {
    const validator = await fake();
    for (let index = 0; index < 20; index++)
      validator.assign({ id: `assignment-${1000 + index}`, role: "discriminator", outputs });
    await run([validator], { concurrency: 32 });
    await validator.until(() => validator.votes.size === 20);
    expect(validator.seen.filter(({ path }) => /vote/.test(path)).length).toBeLessThanOrEqual(2);
  });

  it("keeps a receipt of each answer that anybody can verify, in a file of its own rights", async () => {
    const validator = await fake();
    validator.assign({ id: ID, role: "discriminator", outputs });
    const { event } = await run([validator], { stateDir });
    await event("accepted");
    const file = join(stateDir, "receipts", `${validator.hotkey}.jsonl`);
    const receipt = JSON.parse(readFileSync(file, "utf8").trim()) as Receipt;
    expect(verifyReceipt(receipt, toHotkey(boss.address))).toBe(true);
    expect(JSON.parse(receipt.body)).toMatchObject({ assignment: ID, choice: "A" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(stateDir, "answers.jsonl")).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(readdirSync(stateDir))).not.toContain(".new");
  });

  it.each([
    ["is not signed", { signWith: "nobody" as const }],
    ["is signed by another key", { signWith: stranger }],
    [
      "speaks of other files",
      { body: JSON.stringify({ assignment: ID, acceptedAt: new Date().toISOString(), sha256: "00" }) },
    ],
  ])("says so when the receipt %s", async (_, fault) => {
    const validator = await fake({ misbehave: ({ path }) => (path.endsWith("/completion") ? fault : undefined) });
    validator.assign({ id: ID, role: "generator" });
    const { event } = await run([validator], { stateDir });
    expect((await event("receipt-missing")).id).toBe(ID);
    await event("accepted");
  });

  it.each([
    ["hangs up", { hangUp: true }],
    ["fails", { status: 500, body: "oops" }],
    [
      "asks to wait",
      { status: 429, body: JSON.stringify({ error: { code: "too-many-requests", message: "slow down" } }) },
    ],
    ["is stopping", { status: 503, body: JSON.stringify({ error: { code: "shutting-down", message: "bye" } }) }],
    [
      "says it is not open yet",
      { status: 425, body: JSON.stringify({ error: { code: "not-open-yet", message: "wait" } }) },
    ],
    ["answers with nonsense", { body: "<html>" }],
    [
      "speaks of another assignment",
      { body: JSON.stringify({ assignment: "assignment-9999", acceptedAt: new Date().toISOString() }) },
    ],
  ])("sends an answer again, with a fresh nonce, to a validator that %s", async (_, fault) => {
    const validator = await fake({
      misbehave: ({ path }, count) => (path.endsWith("/vote") && count <= 2 ? fault : undefined),
    });
    validator.assign({ id: ID, role: "discriminator", outputs });
    const { event } = await run([validator]);
    await event("accepted");
    const tries = validator.seen.filter(({ path }) => path.endsWith("/vote"));
    expect(tries.length).toBe(3);
    expect(new Set(tries.map(({ who }) => who?.nonceNs)).size).toBe(3);
  });

  it.each([
    ["expired", 410],
    ["no-such-assignment", 404],
    ["wrong-role", 409],
    ["older-answer", 409],
  ])("does not insist when the refusal is %s", async (code, status) => {
    const validator = await fake({
      misbehave: ({ path }) =>
        path.endsWith("/vote") ? { status, body: JSON.stringify({ error: { code, message: "no" } }) } : undefined,
    });
    validator.assign({ id: ID, role: "discriminator", outputs });
    const { event } = await run([validator]);
    expect((await event("answer-refused")).code).toBe(code);
    expect(validator.seen.filter(({ path }) => path.endsWith("/vote")).length).toBe(1);
  });

  it("checks in again when its session is forgotten", async () => {
    const refused = { status: 401, body: JSON.stringify({ error: { code: "session-unknown", message: "?" } }) };
    const validator = await fake({
      misbehave: ({ path }, count) => (path.startsWith("/v1/assignments?") && count === 1 ? refused : undefined),
    });
    validator.assign({ id: ID, role: "discriminator", outputs });
    await run([validator]);
    await validator.until(() => validator.votes.has(ID));
    expect(validator.seen.filter(({ path }) => path === "/v1/check-in").length).toBe(2);
  });

  it("comes back ever more slowly while its check-in is refused, and says once that it found the validator", async () => {
    const body = JSON.stringify({ error: { code: "not-registered", message: "?" } });
    const validator = await fake({
      misbehave: ({ path }) => (path === "/v1/check-in" ? { status: 403, body } : undefined),
    });
    const waitedMs: number[] = [];
    const clock = systemClock();
    const enough = Promise.withResolvers<void>();
    const { events } = await run([validator], {
      clock: {
        ...{ nowMs: () => clock.nowMs(), nowNs: () => clock.nowNs() },
        wait: (ms, signal) => {
          if (waitedMs.push(ms) < 5) return new Promise((resolve) => setImmediate(resolve));
          enough.resolve();
          return clock.wait(ms, signal);
        },
      },
    });
    await enough.promise;
    expect(waitedMs.slice(0, 5)).toEqual(waitedMs.slice(0, 5).toSorted((a, b) => a - b));
    expect(waitedMs[4]).toBeGreaterThanOrEqual(4_000);
    expect(events.filter(({ type }) => type === "validator-online").length).toBe(1);
  });

  it("follows a validator whose clock is a minute ahead", async () => {
    const validator = await fake({ skewMs: 60_000 });
    validator.assign({ id: ID, role: "discriminator", outputs });
    const { event } = await run([validator]);
    expect(Math.abs((await event("clock-skew")).skewMs - 60_000)).toBeLessThan(2_000);
    await event("accepted");
  });

  it("does not answer the same assignment twice, whatever the cursor says, nor after a restart", async () => {
    let asked = 0;
    const judge = scriptedBrain({ judge: async () => ({ choice: "B", confidence: ++asked, reason: "" }) });
    const again = {
      body: JSON.stringify({
        cursor: "1",
        assignments: [
          {
            id: ID,
            role: "discriminator",
            taskType: "page",
            prompt: "p",
            outputs,
            opensAt: new Date().toISOString(),
            expiresAt: new Date(Date.now() + 60_000).toISOString(),
          },
        ],
      }),
    };
    const validator = await fake({
      misbehave: ({ path }) => (path.startsWith("/v1/assignments?") ? again : undefined),
    });
    validator.assign({ id: ID, role: "discriminator", outputs });
    const first = await run([validator], { judge, stateDir });
    await first.event("accepted");
    await validator.until(() => validator.seen.filter(({ path }) => path.startsWith("/v1/assignments?")).length >= 3);
    await first.miner.stop();
    const polls = validator.seen.length;
    const second = await run([validator], { judge, stateDir });
    await second.event("checked-in");
    await validator.until(() => validator.seen.length >= polls + 4);
    expect(asked).toBe(1);
  });

  it("says once that nobody is named, and comes to whoever is named later", async () => {
    const validator = await fake();
    let asked = 0;
    const directory = { find: async () => (++asked < 3 ? [] : [{ url: validator.url }]) };
    const clock = {
      ...systemClock(),
      wait: (ms: number, signal?: AbortSignal) => systemClock().wait(Math.min(ms, 20), signal),
    };
    const { event, events } = await run([], { directory, clock });
    await event("checked-in");
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(events.filter(({ type }) => type === "no-validators").length).toBe(1);
  });

  it("delivers after a restart what it had answered but not delivered", async () => {
    const away = await fake({ misbehave: ({ path }) => (path.endsWith("/completion") ? { hangUp: true } : undefined) });
    away.assign({ id: ID, role: "generator" });
    const first = await run([away], { stateDir, graceMs: 50 });
    await first.event("generated");
    await away.until(() => true);
    await first.miner.stop();
    await away.stop();
    let asked = 0;
    const brain = scriptedBrain({
      generate: async () => {
        asked++;
        return [{ name: "index.html", content: "second" }];
      },
    });
    const back = await fake();
    back.assign({ id: ID, role: "generator" });
    const second = await run([back], { stateDir, brain });
    await second.event("accepted");
    expect(back.completions.get(ID)?.files[0]?.content).toBe("<p>made</p>");
    expect(asked).toBe(0);
  });

  it("does not share its memory: a second one is refused until the first has stopped", async () => {
    const validator = await fake();
    const first = await run([validator], { stateDir });
    await expect(run([validator], { stateDir })).rejects.toMatchObject({ code: "store.locked", exitCode: 14 });
    await first.miner.stop();
    const second = await run([validator], { stateDir });
    await second.event("checked-in");
  });

  it("finishes what is in work at a stop, and sends it", async () => {
    const validator = await fake();
    let finish: () => void = () => undefined;
    const brain = scriptedBrain({
      generate: () =>
        new Promise((resolve) => (finish = () => resolve([{ name: "index.html", content: "late but done" }]))),
    });
    validator.assign({ id: ID, role: "generator" });
    const { miner: running, event } = await run([validator], { brain });
    await event("thinking");
    const stopping = running.stop();
    expect((await event("stopping")).underWay).toBe(1);
    finish();
    await stopping;
    expect(validator.completions.get(ID)?.files[0]?.content).toBe("late but done");
  });

  it("gives up at a stop what takes longer than its grace", async () => {
    const validator = await fake();
    validator.assign({ id: ID, role: "generator" });
    const { miner: running, event } = await run([validator], {
      brain: scriptedBrain({ generate: () => new Promise(() => undefined) }),
      graceMs: 50,
    });
    await event("thinking");
    await running.stop();
    await event("stopped");
    expect(validator.completions.size).toBe(0);
  });

  it("serves the others when one validator is dead, garbage, hostile or silent", async () => {
    const good = await fake();
    const bad = await Promise.all([
      fake({ signer: stranger, misbehave: () => ({ body: "\u001b[31mnot json" }) }),
      fake({ signer: stranger, misbehave: () => ({ silent: true }) }),
      fake({ signer: stranger, misbehave: () => ({ hangUp: true }) }),
      fake({ signer: stranger, misbehave: () => ({ status: 302, body: "", headers: { location: good.url } }) }),
      fake({
        signer: stranger,
        misbehave: ({ path }) =>
          path.startsWith("/v1/assignments?")
            ? { body: JSON.stringify({ cursor: "x".repeat(99), assignments: [{ id: "../../etc" }] }) }
            : undefined,
      }),
    ]);
    good.assign({ id: ID, role: "discriminator", outputs });
    const { event } = await run([...bad, good]);
    await event("accepted");
    expect(good.votes.get(ID)).toBe("A");
  });

  it("refuses a validator of another subnet, and another hotkey than the chain names", async () => {
    const validator = await fake({ netuid: 7 });
    const other = await run([validator], { netuid: 8 });
    expect((await other.event("validator-offline")).message).toMatch(/subnet 7, not 8/);
    const imposter = await run([], { validators: [{ url: validator.url, hotkey: toHotkey(stranger.address) }] });
    expect((await imposter.event("validator-offline")).message).toMatch(/answers there, not/);
    expect(validator.seen.some(({ path }) => path === "/v1/check-in")).toBe(false);
  });

  it.each<[string, Partial<Parameters<typeof scriptedBrain>[0]>, "generator" | "discriminator", string]>([
    ["throws", { generate: async () => Promise.reject(new Error("boom")) }, "generator", "brains.crashed"],
    ["makes no file", { generate: async () => [] }, "generator", "brains.bad-files"],
    [
      "makes a file with a strange name",
      { generate: async () => [{ name: "../x", content: "" }] },
      "generator",
      "brains.bad-files",
    ],
    [
      "makes too much",
      { generate: async () => [{ name: "index.html", content: "x".repeat(300_000) }] },
      "generator",
      "brains.bad-files",
    ],
    [
      "judges with an exception",
      { judge: async () => Promise.reject(new Error("boom")) },
      "discriminator",
      "brains.crashed",
    ],
  ])("goes on when a brain %s, after one more try", async (_, script, role, code) => {
    const validator = await fake();
    const { event, events } = await run([validator], { brain: scriptedBrain(script), judge: scriptedBrain(script) });
    validator.assign({ id: ID, role, outputs });
    expect((await event("brain-failed")).code).toBe(code);
    validator.assign({ id: "assignment-0002", role: role === "generator" ? "discriminator" : "generator", outputs });
    await event("accepted");
    expect(events.filter(({ type }) => type === "brain-failed").length).toBeLessThanOrEqual(2);
  });

  it("does not vote where its judge abstains", async () => {
    const validator = await fake();
    const judge = scriptedBrain({ judge: async () => ({ choice: "abstain", confidence: 0, reason: "?" }) });
    validator.assign({ id: ID, role: "discriminator", outputs });
    const { event } = await run([validator], { judge });
    expect((await event("judged")).choice).toBe("abstain");
    expect(validator.votes.size).toBe(0);
  });

  it("leaves alone what it has no brain for, and what cannot be judged", async () => {
    const validator = await fake();
    const { events, event } = await run([validator], { brain: scriptedBrain({}) as Brain, roles: ["discriminator"] });
    validator.assign({ id: ID, role: "generator" });
    validator.assign({ id: "assignment-0002", role: "discriminator" });
    validator.assign({ id: "assignment-0003", role: "discriminator", outputs });
    await event("accepted");
    expect(events.filter(({ type }) => type === "ignored").length).toBe(2);
    expect(validator.completions.size).toBe(0);
  });

  it("does not think about what has expired", async () => {
    const validator = await fake();
    let asked = 0;
    const brain = scriptedBrain({
      generate: async () => {
        asked++;
        return [];
      },
    });
    validator.assign({ id: ID, role: "generator", expiresAt: new Date(Date.now() + 500).toISOString() });
    const { event } = await run([validator], { brain });
    await event("expired");
    expect(asked).toBe(0);
  });

  it("finds validators through its directory, new ones too", async () => {
    const validator = await fake();
    const { event } = await run([], {
      directory: { find: async () => [{ url: validator.url, hotkey: toHotkey(boss.address) }] },
    });
    expect((await event("checked-in")).validator).toBe(boss.address);
  });

  it("leaves a validator that its directory no longer names, and goes where it is now", async () => {
    const old = await fake();
    const moved = await fake();
    const hotkey = toHotkey(boss.address);
    let named = old.url;
    // The directory's own pauses take no time here, so that it is asked again at once.
    const real = systemClock();
    const clock: Clock = { ...real, wait: (ms, signal) => real.wait(ms === 300_000 ? 20 : ms, signal) };
    const { events } = await run([], { clock, directory: { find: async () => [{ url: named, hotkey }] } });
    await old.until(() => old.seen.some(({ path }) => path.startsWith("/v1/assignments")));
    named = moved.url;
    await moved.until(() => moved.seen.some(({ path }) => path.startsWith("/v1/assignments")));
    const polls = old.seen.length;
    old.assign({ id: ID, role: "generator" });
    moved.assign({ id: "assignment-0002", role: "generator" });
    await moved.until(() => moved.completions.has("assignment-0002"));
    expect(old.seen.length).toBe(polls);
    expect(events.filter(({ type }) => type === "validator-offline")).toEqual([]);
  });

  it("asks its brain once where two addresses lead to one validator", async () => {
    const validator = await fake();
    let asked = 0;
    const brain = scriptedBrain({
      generate: async () => {
        asked++;
        return [{ name: "index.html", content: "<p>made</p>" }];
      },
    });
    const address = new URL(validator.url);
    const { events } = await run([], {
      brain,
      validators: [validator.url, `http://localhost:${address.port}`],
    });
    await validator.until(() => validator.seen.filter(({ path }) => path.startsWith("/v1/assignments")).length >= 2);
    validator.assign({ id: ID, role: "generator" });
    await validator.until(() => validator.completions.has(ID));
    validator.assign({ id: "assignment-0002", role: "generator" });
    await validator.until(() => validator.completions.has("assignment-0002"));
    expect(asked).toBe(2);
    expect(events.filter(({ type }) => type === "assigned")).toHaveLength(2);
  });

  it("says of an answer that expired while no process ran that it did not arrive, once", async () => {
    const away = await fake({ misbehave: ({ path }) => (path.endsWith("/vote") ? { hangUp: true } : undefined) });
    const outputs = [
      { label: "A" as const, files: [{ name: "index.html", content: "a" }] },
      { label: "B" as const, files: [{ name: "index.html", content: "b" }] },
    ];
    const expiresAt = new Date(Date.now() + 5_000).toISOString();
    away.assign({ id: ID, role: "discriminator", outputs, expiresAt });
    const first = await run([away], { stateDir, graceMs: 50 });
    await first.event("judged");
    await first.miner.stop();
    expect(first.miner.unsent).toBe(1);
    const later: Clock = { ...systemClock(), nowMs: () => Date.now() + 60_000 };
    const second = await run([], { stateDir, clock: later });
    expect(second.events).toEqual([{ type: "expired", validator: boss.address, id: ID, role: "discriminator" }]);
    await second.miner.stop();
    const third = await run([], { stateDir, clock: later });
    expect(third.events).toEqual([]);
  });

  it("holds no listening socket", async () => {
    const validator = await fake();
    const { event } = await run([validator]);
    await event("checked-in");
    const listening = process.getActiveResourcesInfo().filter((kind) => /Server/.test(kind));
    // The fake validator's own server is the only one in this process.
    expect(listening.length).toBe(1);
  });
});
