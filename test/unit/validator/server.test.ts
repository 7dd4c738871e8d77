import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Clock } from "../../../src/base/clock.ts";
import type { Hotkey } from "../../../src/base/ids.ts";
import type { Signer } from "../../../src/base/ports.ts";
import { systemClock } from "../../../src/cli/system-clock.ts";
import { verifyDraws } from "../../../src/mechanism/draws-verify.ts";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import type { TaskLog } from "../../../src/mechanism/task-log.ts";
import { signRequest } from "../../../src/protocol/auth.ts";
import {
  type Assignment,
  acceptedSchema,
  assignmentsResponseSchema,
  checkInResponseSchema,
  infoSchema,
  meResponseSchema,
  votesResponseSchema,
} from "../../../src/protocol/messages.ts";
import { verifyReceipt } from "../../../src/protocol/receipts.ts";
import type { ValidatorEvent, ValidatorListener } from "../../../src/validator/events.ts";
import { type RunningValidator, startValidator } from "../../../src/validator/process.ts";
import { DEFAULT_SETTINGS, type ValidatorSettings } from "../../../src/validator/settings.ts";
import { testSigner } from "../../helpers/signers.ts";
import { FakeChain, FakeSource } from "./world.ts";

const validator = testSigner(200);
const miners = [1, 2, 3, 4].map((seed) => testSigner(seed));
const [alice, bob] = miners as [Signer, Signer];
const stranger = testSigner(99);
const system = systemClock();
/** Called at each wait of the validator: a test can see that a poll is waiting. */
let onWait: (ms: number) => void = () => undefined;
/** Where time stands still for what is counted by it; nonces go on. */
let stoppedAtMs: number | undefined;
const clock: Clock = {
  nowMs: () => stoppedAtMs ?? system.nowMs(),
  nowNs: system.nowNs,
  wait: (ms, signal) => {
    onWait(ms);
    return system.wait(ms, signal);
  },
};

interface Arena extends AsyncDisposable {
  readonly running: RunningValidator;
  readonly chain: FakeChain;
}
const closers: (() => unknown)[] = [];
afterEach(async () => {
  stoppedAtMs = undefined;
  for (const close of closers.splice(0).reverse()) await close();
});

async function arena(
  settings: Partial<ValidatorSettings> = {},
  stateDir?: string,
  { block = 100, onEvent }: { block?: number; onEvent?: ValidatorListener } = {},
): Promise<Arena> {
  const chain = new FakeChain();
  chain.block = block;
  chain.neurons = [validator, ...miners].map(({ address }, uid) => ({ uid, hotkey: address, coldkey: `cold-${uid}` }));
  const dir = stateDir ?? mkdtempSync(join(tmpdir(), "colosseum-server-"));
  const running = await startValidator(
    {
      signer: validator,
      clock,
      subnet: chain,
      beacon: chain,
      weights: chain,
      anchors: chain,
      tasks: new FakeSource(),
      stateDir: dir,
      listen: { host: "127.0.0.1", port: 0 },
      lastSeed: new Uint8Array(32).fill(7),
      seeds: 64,
      ...(onEvent === undefined ? {} : { onEvent }),
    },
    {
      ...DEFAULT_SETTINGS,
      netuid: 2,
      rules: ruleSetNamed("paper"),
      closeEarly: true,
      minMiners: 4,
      firstKinds: ["duel"],
      damageShare: 1,
      stopAfterIntervals: 1,
      ...settings,
    },
  );
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  closers.push(() => running.stop());
  return { running, chain, [Symbol.asyncDispose]: () => running.stop() };
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly code: string | undefined;
  readonly headers: Headers;
  readonly text: string;
}

async function call(
  url: string,
  method: string,
  target: string,
  options: { body?: string | Uint8Array; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${target}`, {
    method,
    ...(options.body === undefined ? {} : { body: options.body as string }),
    headers: { ...(options.body === undefined ? {} : { "content-type": "application/json" }), ...options.headers },
  });
  const text = await response.text();
  const json: unknown = text === "" ? undefined : JSON.parse(text);
  const code = (json as { error?: { code?: string } } | undefined)?.error?.code;
  return { status: response.status, json, code, headers: response.headers, text };
}

let lastNonce = 0n;
const nextNonce = (): bigint => {
  const now = BigInt(Date.now()) * 1_000_000n;
  lastNonce = now > lastNonce ? now : lastNonce + 1n;
  return lastNonce;
};

/** A signed request; `tamper` changes what is sent after it was signed. */
async function signed(
  url: string,
  signer: Signer,
  method: string,
  target: string,
  body?: unknown,
  options: {
    nonceNs?: bigint;
    receiver?: string;
    tamper?: { headers?: Record<string, string>; body?: string; target?: string };
  } = {},
): Promise<Answer & { readonly nonce: string }> {
  const raw = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const nonceNs = options.nonceNs ?? nextNonce();
  const request = { method, target, body: new TextEncoder().encode(raw) };
  const headers = signRequest(request, signer, (options.receiver ?? validator.address) as Hotkey, nonceNs);
  const sent = options.tamper?.body ?? raw;
  const answer = await call(url, method, options.tamper?.target ?? target, {
    ...(sent === "" ? {} : { body: sent }),
    headers: { ...headers, ...options.tamper?.headers },
  });
  return { ...answer, nonce: nonceNs.toString() };
}

const CHECK_IN = { roles: ["generator", "discriminator"], taskTypes: ["page"] };
const FILES = { files: [{ name: "index.html", content: "<p>hello</p>" }] };

async function checkIn(url: string, miner: Signer): Promise<string> {
  const answer = await signed(url, miner, "POST", "/v1/check-in", CHECK_IN);
  expect(answer.status).toBe(200);
  return checkInResponseSchema.parse(answer.json).sessionKey;
}

async function poll(
  url: string,
  key: string,
  wait = 0,
  since?: string,
): Promise<{ cursor: string; assignments: Assignment[] }> {
  const query = `wait=${wait}${since === undefined ? "" : `&since=${since}`}`;
  const answer = await call(url, "GET", `/v1/assignments?${query}`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(200);
  return assignmentsResponseSchema.parse(answer.json);
}

/** Everybody is checked in and has its generating assignment. */
async function generating(url: string): Promise<{ keys: string[]; assignments: Assignment[] }> {
  const keys = await Promise.all(miners.map((miner) => checkIn(url, miner)));
  const polls = await Promise.all(keys.map((key) => poll(url, key, 5)));
  return { keys, assignments: polls.map(({ assignments }) => assignments[0] as Assignment) };
}

async function voting(url: string): Promise<{ keys: string[]; assignments: Assignment[][] }> {
  const { keys, assignments } = await generating(url);
  const cursors = await Promise.all(keys.map(async (key) => (await poll(url, key)).cursor));
  for (const [i, miner] of miners.entries()) {
    const answer = await signed(url, miner, "PUT", `/v1/assignments/${assignments[i]?.id}/completion`, FILES);
    expect(answer.status).toBe(200);
  }
  const polls = await Promise.all(keys.map((key, i) => poll(url, key, 5, cursors[i])));
  return { keys, assignments: polls.map((one) => one.assignments) };
}

describe("the wire", () => {
  it("says who it is to anybody", async () => {
    const { running } = await arena();
    const { json, status } = await call(running.url, "GET", "/v1/info");
    expect(status).toBe(200);
    expect(infoSchema.parse(json)).toMatchObject({
      validator: validator.address,
      netuid: 2,
      preset: "paper",
      taskTypes: ["page"],
    });
  });

  it("carries a whole interval, with a receipt for each answer and a log at its end", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "colosseum-server-"));
    const { running, chain } = await arena({}, stateDir);
    const { url } = running;
    const { assignments } = await voting(url);
    for (const [i, miner] of miners.entries()) {
      const votes = (assignments[i] ?? []).map(({ id }) => ({ assignment: id, choice: "A" }));
      if (votes.length === 0) continue;
      const answer = await signed(url, miner, "POST", "/v1/votes", { votes });
      expect(answer.status).toBe(200);
      for (const result of votesResponseSchema.parse(answer.json).results) acceptedSchema.parse(result);
      expect(receiptOf(answer, miner)).toBe(true);
      expect(receiptOf({ ...answer, text: answer.text.replace("A", "B") }, miner)).toBe(false);
    }
    const settlement = await running.settled(0);
    expect(settlement.state).toBe("verified");
    expect(chain.rows.length).toBe(1);
    const log = (await call(url, "GET", "/v1/intervals/0")).json as TaskLog;
    expect(log).toEqual(running.export({ interval: 0 }));
    expect(verifyDraws(log).verdict).toBe("ok");
    const me = meResponseSchema.parse((await signed(url, alice, "GET", "/v1/me")).json);
    expect(me.intervals[0]?.score).toBe(settlement.scores[alice.address]);
    expect(me.tasks.reduce((sum, task) => sum + task.earned, 0)).toBeCloseTo(settlement.scores[alice.address] ?? 0, 12);
    await running.enough;

    // The next run is told to settle one, too: that is another one.
    await running.stop();
    const opened = new Promise<number>((resolve) => {
      const onEvent: ValidatorListener = (event) => {
        if (event.type === "interval-waiting") resolve(event.interval);
      };
      void arena({}, stateDir, { onEvent });
    });
    expect(await opened).toBe(1);
  });

  const receiptOf = (answer: Answer & { nonce: string }, miner: Signer): boolean =>
    verifyReceipt(
      {
        requestNonce: answer.nonce,
        sender: miner.address,
        responder: answer.headers.get("x-tw-resp-hotkey") ?? "",
        status: answer.status,
        body: answer.text,
        crypto: "sr25519",
        signature: answer.headers.get("x-tw-resp-signature") ?? "",
      },
      validator.address as Hotkey,
    );

  it("answers a waiting poll the moment there is something", async () => {
    const { running } = await arena();
    const key = await checkIn(running.url, alice);
    const before = Date.now();
    const waiting = poll(running.url, key, 25);
    for (const miner of miners.slice(1)) await checkIn(running.url, miner);
    expect((await waiting).assignments.length).toBe(1);
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it("signs refusals of proven senders too", async () => {
    const { running } = await arena();
    await checkIn(running.url, alice);
    const answer = await signed(running.url, alice, "PUT", "/v1/assignments/aaaaaaaaaaaaaaaa/vote", { choice: "A" });
    expect([answer.status, answer.code]).toEqual([404, "no-such-assignment"]);
    expect(receiptOf(answer, alice)).toBe(true);
  });
});

describe("who is heard", () => {
  const stale = (): bigint => BigInt(Date.now() - 11_000) * 1_000_000n;
  const early = (): bigint => BigInt(Date.now() + 30_000) * 1_000_000n;
  it.each<[string, (url: string) => Promise<Answer>, number, string]>([
    [
      "nobody unsigned",
      (url) => call(url, "POST", "/v1/check-in", { body: JSON.stringify(CHECK_IN) }),
      401,
      "auth-malformed",
    ],
    [
      "nobody for another receiver",
      (url) => signed(url, alice, "POST", "/v1/check-in", CHECK_IN, { receiver: bob.address }),
      401,
      "auth-wrong-receiver",
    ],
    [
      "nobody too late",
      (url) => signed(url, alice, "POST", "/v1/check-in", CHECK_IN, { nonceNs: stale() }),
      401,
      "auth-stale",
    ],
    [
      "nobody from the future",
      (url) => signed(url, alice, "POST", "/v1/check-in", CHECK_IN, { nonceNs: early() }),
      401,
      "auth-stale",
    ],
    [
      "no changed body",
      (url) =>
        signed(url, alice, "POST", "/v1/check-in", CHECK_IN, {
          tamper: { body: JSON.stringify({ ...CHECK_IN, roles: ["generator"] }) },
        }),
      401,
      "auth-bad-signature",
    ],
    [
      "no changed target",
      (url) => signed(url, alice, "GET", "/v1/me", undefined, { tamper: { target: "/v1/me?x=1" } }),
      401,
      "auth-bad-signature",
    ],
    [
      "nobody in another's name",
      (url) =>
        signed(url, alice, "POST", "/v1/check-in", CHECK_IN, {
          tamper: { headers: { "X-Bittensor-Hotkey": bob.address } },
        }),
      401,
      "auth-bad-signature",
    ],
    [
      "nobody from outside the subnet",
      (url) => signed(url, stranger, "POST", "/v1/check-in", CHECK_IN),
      403,
      "not-registered",
    ],
    ["not the validator itself", (url) => signed(url, validator, "POST", "/v1/check-in", CHECK_IN), 403, "own-hotkey"],
    ["no poll without a session", (url) => call(url, "GET", "/v1/assignments?wait=0"), 401, "session-unknown"],
    [
      "no poll with a made-up key",
      (url) => call(url, "GET", "/v1/assignments", { headers: { authorization: `Bearer ${"a".repeat(43)}` } }),
      401,
      "session-unknown",
    ],
    ["no unknown endpoint", (url) => call(url, "GET", "/v1/kinds"), 404, "no-such-endpoint"],
    ["no interval that is not there", (url) => call(url, "GET", "/v1/intervals/7"), 404, "no-such-interval"],
    ["no interval by a strange name", (url) => call(url, "GET", "/v1/intervals/-1"), 404, "no-such-interval"],
    ["no body that is no JSON", (url) => signed(url, alice, "POST", "/v1/check-in", "{"), 400, "malformed"],
    [
      "no unknown field",
      (url) => signed(url, alice, "POST", "/v1/check-in", { ...CHECK_IN, admin: true }),
      400,
      "malformed",
    ],
    [
      "no role of its own making",
      (url) => signed(url, alice, "POST", "/v1/check-in", { ...CHECK_IN, roles: ["judge"] }),
      400,
      "malformed",
    ],
    ["no endless body", (url) => signed(url, alice, "POST", "/v1/check-in", " ".repeat(20_000)), 413, "too-large"],
  ])("is %s", async (_, ask, status, code) => {
    const { running } = await arena();
    const answer = await ask(running.url);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(running.refusals.get(code)).toBe(1);
  });

  it("is a hotkey registered a moment ago, at its first request: the chain is asked again, once for all who come", async () => {
    const { running, chain } = await arena({ newcomerMs: 0 });
    const before = chain.fetches;
    chain.neurons = [...chain.neurons, { uid: 5, hotkey: stranger.address, coldkey: "cold-5" }];
    const answers = await Promise.all([
      signed(running.url, stranger, "POST", "/v1/check-in", CHECK_IN),
      signed(running.url, stranger, "GET", "/v1/me"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(chain.fetches - before).toBeLessThanOrEqual(2);
    await signed(running.url, stranger, "GET", "/v1/me");
    expect(chain.fetches - before).toBeLessThanOrEqual(2);
  });

  it("is no stranger who makes it ask the chain: seldom with a signature, never without a right one", async () => {
    const { running, chain } = await arena({ newcomerMs: 60_000 });
    const before = chain.fetches;
    for (let seed = 90; seed < 94; seed++) {
      expect((await signed(running.url, testSigner(seed), "GET", "/v1/me")).code).toBe("not-registered");
    }
    expect(chain.fetches).toBe(before);
    const open = await arena({ newcomerMs: 0 });
    const opened = open.chain.fetches;
    const forged = await signed(open.running.url, alice, "GET", "/v1/me", undefined, {
      tamper: { headers: { "X-Bittensor-Hotkey": stranger.address } },
    });
    expect(forged.code).toBe("auth-bad-signature");
    const vote = await signed(open.running.url, stranger, "PUT", "/v1/assignments/aaaaaaaaaaaaaaaa/vote", {
      choice: "A",
    });
    expect(vote.code).toBe("not-registered");
    expect(open.chain.fetches).toBe(opened);
  });

  it("is a stranger's address no longer after a few of its unknown hotkeys", async () => {
    stoppedAtMs = system.nowMs();
    const { running } = await arena({ newcomerMs: 0, perAddressPerSecond: 10 });
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 4; i++) codes.push((await signed(running.url, stranger, "GET", "/v1/me")).code);
    expect(codes).toEqual(["not-registered", "not-registered", "too-many-requests", "too-many-requests"]);
  });

  it("is nobody twice with one signature", async () => {
    const { running } = await arena();
    const nonceNs = nextNonce();
    const ask = (): Promise<Answer> => signed(running.url, alice, "POST", "/v1/check-in", CHECK_IN, { nonceNs });
    expect((await ask()).status).toBe(200);
    expect((await ask()).code).toBe("auth-replayed");
  });

  it("is a flood from one hotkey no longer after its share, and everybody else still is", async () => {
    const { running } = await arena({ perHotkeyPerSecond: 1, perAddressPerSecond: 1_000 });
    const codes = [];
    for (let i = 0; i < 9; i++) codes.push((await signed(running.url, alice, "GET", "/v1/me")).code);
    expect(codes.filter((code) => code === "too-many-requests").length).toBeGreaterThan(0);
    expect((await signed(running.url, bob, "GET", "/v1/me")).status).toBe(200);
  });

  it("is an address no longer that asks too much, before any signature is looked at", async () => {
    const { running } = await arena({ perAddressPerSecond: 2 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(running.url, "GET", "/v1/info")));
    const refused = answers.filter(({ code }) => code === "too-many-requests");
    expect(refused.length).toBeGreaterThan(8);
    expect(refused[0]?.headers.get("retry-after")).toBe("5");
  });
});

describe("answers", () => {
  it("to other people's assignments and to none are refused alike", async () => {
    const { running } = await arena();
    const { assignments } = await generating(running.url);
    const own = assignments[0]?.id ?? "";
    const made = own.replace(/^./, (char) => (char === "0" ? "1" : "0"));
    const foreign = await signed(running.url, bob, "PUT", `/v1/assignments/${own}/completion`, FILES);
    const unknown = await signed(running.url, bob, "PUT", `/v1/assignments/${made}/completion`, FILES);
    expect([foreign.status, foreign.text]).toEqual([unknown.status, unknown.text]);
    expect(foreign.code).toBe("no-such-assignment");
  });

  it("are replaced by newer ones and by nothing older", async () => {
    const { running } = await arena();
    const { assignments } = await generating(running.url);
    const target = `/v1/assignments/${assignments[0]?.id}/completion`;
    const [older, newer] = [nextNonce(), nextNonce()];
    expect((await signed(running.url, alice, "PUT", target, FILES, { nonceNs: newer })).status).toBe(200);
    const late = await signed(
      running.url,
      alice,
      "PUT",
      target,
      { files: [{ name: "a", content: "old" }] },
      { nonceNs: older },
    );
    expect([late.status, late.code]).toEqual([409, "older-answer"]);
  });

  it.each<[string, unknown, string, number, string]>([
    [
      "with a file that wants out of its folder",
      { files: [{ name: "../x", content: "" }] },
      "completion",
      400,
      "malformed",
    ],
    ["with no files", { files: [] }, "completion", 400, "malformed"],
    [
      "with seventeen files",
      { files: Array.from({ length: 17 }, (_, i) => ({ name: `f${i}`, content: "" })) },
      "completion",
      413,
      "too-large",
    ],
    ["with too many bytes", { files: [{ name: "a", content: "é".repeat(140_000) }] }, "completion", 413, "too-large"],
    ["with a vote where an output is asked", { choice: "A" }, "vote", 409, "wrong-role"],
    ["with a choice that is none", { choice: "C" }, "vote", 400, "malformed"],
  ])("%s are refused", async (_, body, role, status, code) => {
    const { running } = await arena();
    const { assignments } = await generating(running.url);
    const answer = await signed(running.url, alice, "PUT", `/v1/assignments/${assignments[0]?.id}/${role}`, body);
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it("after the stage has closed are too late", async () => {
    const { running } = await arena();
    const { assignments } = await generating(running.url);
    const target = `/v1/assignments/${assignments[0]?.id}/completion`;
    for (const [i, miner] of miners.entries()) {
      await signed(running.url, miner, "PUT", `/v1/assignments/${assignments[i]?.id}/completion`, FILES);
    }
    const key = await checkIn(running.url, alice);
    await poll(running.url, key, 5, "1");
    const late = await signed(running.url, alice, "PUT", target, FILES);
    expect([late.status, late.code]).toEqual([410, "expired"]);
  });

  it("in one request are judged one by one", async () => {
    const { running } = await arena();
    const { assignments } = await voting(running.url);
    const place = assignments.findIndex((list) => list.length > 0);
    const good = assignments[place]?.[0]?.id ?? "";
    const votes = [
      { assignment: good, choice: "A" },
      { assignment: "0123456789abcdef", choice: "B" },
    ];
    const answer = await signed(running.url, miners[place] as Signer, "POST", "/v1/votes", { votes });
    expect(votesResponseSchema.parse(answer.json).results).toMatchObject([
      { assignment: good, choice: "A" },
      { assignment: "0123456789abcdef", error: { code: "no-such-assignment" } },
    ]);
  });
});

describe("a validator", () => {
  it("runs once per hotkey, and says which port is taken", async () => {
    const dir = mkdtempSync(join(tmpdir(), "colosseum-lock-"));
    const { running } = await arena({}, dir);
    await expect(arena({}, dir)).rejects.toMatchObject({ code: "store.locked", exitCode: 14 });
    const port = Number(new URL(running.url).port);
    const chain = new FakeChain();
    const other = mkdtempSync(join(tmpdir(), "colosseum-port-"));
    closers.push(() => rmSync(other, { recursive: true, force: true }));
    await expect(
      startValidator(
        {
          signer: validator,
          clock,
          subnet: chain,
          beacon: chain,
          weights: chain,
          anchors: chain,
          tasks: new FakeSource(),
          stateDir: other,
          listen: { host: "127.0.0.1", port },
        },
        { ...DEFAULT_SETTINGS, netuid: 2, rules: ruleSetNamed("paper") },
      ),
    ).rejects.toMatchObject({ code: "validator.port-in-use", exitCode: 14 });
    await running.stop();
    const again = await arena({}, dir);
    expect(again.running.url).toMatch(/^http:/);
  });

  it("goes on after a restart with sessions, assignments and answers of before", async () => {
    const dir = mkdtempSync(join(tmpdir(), "colosseum-again-"));
    const first = await arena({}, dir);
    const { keys, assignments } = await generating(first.running.url);
    await signed(first.running.url, alice, "PUT", `/v1/assignments/${assignments[0]?.id}/completion`, FILES);
    await first.running.stop();
    const told: ValidatorEvent[] = [];
    const { running } = await arena({}, dir, { onEvent: (event) => told.push(event) });
    const round = { n: 0, state: "generating", tasks: 2, endsAt: expect.stringMatching(/Z$/) };
    expect(told[0]).toMatchObject({ type: "resumed", interval: 0, state: "open", round });
    const still = await poll(running.url, keys[1] ?? "");
    expect(still.assignments.map(({ id }) => id)).toEqual([assignments[1]?.id]);
    for (const [i, miner] of miners.entries()) {
      if (i === 0) continue;
      await signed(running.url, miner, "PUT", `/v1/assignments/${assignments[i]?.id}/completion`, FILES);
    }
    const voting = await poll(running.url, keys[1] ?? "", 5, still.cursor);
    expect(voting.assignments.every(({ role }) => role === "discriminator")).toBe(true);
  });

  it("does not go on beside a chain that was begun anew", async () => {
    const dir = mkdtempSync(join(tmpdir(), "colosseum-other-"));
    const first = await arena({}, dir, { block: 5_000 });
    await generating(first.running.url);
    await first.running.stop();
    await expect(arena({}, dir, { block: 12 })).rejects.toMatchObject({
      code: "validator.other-chain",
      exitCode: 14,
      details: { block: 12, stateDir: dir },
    });
    // A few blocks less is what a killed development chain may have lost.
    await expect(arena({}, dir, { block: 4_900 })).resolves.toBeDefined();
  });

  it("stops at once though polls are waiting and a sender drips", async () => {
    const { running } = await arena();
    const key = await checkIn(running.url, alice);
    const headers = { authorization: `Bearer ${key}` };
    const isWaiting = new Promise<void>((resolve) => {
      onWait = (ms) => (ms === 25_000 ? resolve() : undefined);
    });
    const waiting = call(running.url, "GET", "/v1/assignments?wait=25", { headers });
    await isWaiting;
    const { hostname, port } = new URL(running.url);
    const drip = connect(Number(port), hostname);
    drip.on("error", () => undefined);
    await new Promise((resolve) => drip.once("connect", resolve));
    drip.write("POST /v1/check-in HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    const before = Date.now();
    const [answer] = await Promise.all([waiting, running.stop()]);
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(answer.status).toBe(200);
    drip.destroy();
  });
});
