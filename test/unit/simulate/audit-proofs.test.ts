import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHotkey } from "../../../src/base/ids.ts";
import type { Signer } from "../../../src/base/ports.ts";
import type { Interval, TaskLog } from "../../../src/mechanism/task-log.ts";
import { authPayload, signRequest } from "../../../src/protocol/auth.ts";
import { contentHash } from "../../../src/protocol/content-hash.ts";
import { type Receipt, signReceipt } from "../../../src/protocol/receipts.ts";
import { auditLog } from "../../../src/simulate/audit.ts";
import { readReceipts } from "../../../src/simulate/audit-receipts.ts";
import { testSigner } from "../../helpers/signers.ts";

const validator = testSigner(1);
const makers = [testSigner(2), testSigner(3, "ed25519")] as const;
const voters = [testSigner(4), testSigner(5)] as const;

/** Of every request in the log. */
const NONCE = 1_767_225_600_000_000_000n;

interface Proof {
  readonly payload: string;
  readonly signature: string;
  readonly body?: string;
}

/** A request as the log keeps it. */
function proofOf(signer: Signer, method: string, target: string, content: object, receiver = validator.address): Proof {
  const body = JSON.stringify(content);
  const request = { method, target, body: utf8ToBytes(body) };
  const headers = signRequest(request, signer, toHotkey(receiver), NONCE);
  const fields = { scheme: signer.cryptoType, request, nonce: String(NONCE), sender: signer.address, receiver };
  return { payload: authPayload(fields), signature: headers["X-Bittensor-Signature"], body };
}

const files = (text: string): { name: string; content: string }[] => [{ name: "index.html", content: text }];

/** A duel whose two completions, two votes (one alone, one in a batch) and one check-in are signed. */
function signedLog(): TaskLog & { readonly intervals: readonly [Interval & { readonly proofs: readonly Proof[] }] } {
  const [a, b] = makers;
  const proofs = [
    proofOf(a, "PUT", "/v1/assignments/make-aaaa/completion", { files: files("one") }),
    proofOf(b, "PUT", "/v1/assignments/make-bbbb/completion", { files: files("two") }),
    proofOf(voters[0], "PUT", "/v1/assignments/vote-aaaa/vote", { choice: "A" }),
    proofOf(voters[1], "POST", "/v1/votes", { votes: [{ assignment: "vote-bbbb", choice: "B" }] }),
    proofOf(a, "POST", "/v1/check-in", { roles: ["generator"], taskTypes: ["page"] }),
  ];
  const at = "2026-01-01T00:00:30Z";
  return {
    validator: validator.address,
    intervals: [
      {
        n: 0,
        openedAt: "2026-01-01T00:00:00Z",
        closedAt: "2026-01-01T02:00:00Z",
        proofs,
        rounds: [{ n: 0, eligible: [{ hotkey: a.address, roles: ["generator"], taskTypes: ["page"], proof: 4 }] }],
      },
    ],
    tasks: [
      {
        id: "t-1",
        interval: 0,
        kind: "duel",
        createdAt: "2026-01-01T00:00:00Z",
        expiresAt: "2026-01-01T01:00:00Z",
        validator: validator.address,
        generators: [a.address, b.address],
        completions: [
          {
            id: "c1",
            by: a.address,
            source: "miner",
            assignment: "make-aaaa",
            sha256: contentHash(files("one")),
            proof: 0,
          },
          {
            id: "c2",
            by: b.address,
            source: "miner",
            assignment: "make-bbbb",
            sha256: contentHash(files("two")),
            proof: 1,
          },
        ],
        votes: [
          { voter: voters[0].address, completion: "c1", at, choice: "A", assignment: "vote-aaaa", proof: 2 },
          { voter: voters[1].address, completion: "c1", at, choice: "B", assignment: "vote-bbbb", proof: 3 },
        ],
      },
    ],
  };
}

type Log = ReturnType<typeof signedLog>;
const withProof = (log: Log, place: number, proof: Proof): Log => ({
  ...log,
  intervals: [{ ...log.intervals[0], proofs: log.intervals[0].proofs.map((old, i) => (i === place ? proof : old)) }],
});
const withTask = (log: Log, change: (task: TaskLog["tasks"][number]) => object): Log => ({
  ...log,
  tasks: log.tasks.map((task) => ({ ...task, ...change(task) })),
});

describe("audit of signatures", () => {
  it("passes answers that their senders signed, alone, in a batch, or without the body of a completion", async () => {
    expect((await auditLog(signedLog())).verified.votes).toBe("ok");
    const log = signedLog();
    const [{ proofs }] = log.intervals;
    const { body: _, ...hidden } = proofs[0] as Proof;
    expect((await auditLog(withProof(log, 0, hidden))).verified.votes).toBe("ok");
  });

  it("skips a log without proofs", async () => {
    const log = signedLog();
    expect((await auditLog({ ...log, intervals: [{ n: 0 }] })).verified.votes).toBe("skipped");
  });

  it.each<[string, (log: Log) => TaskLog, string]>([
    [
      "a vote turned round",
      (log) =>
        withTask(log, ({ votes }) => ({ votes: votes.map((vote, i) => (i === 0 ? { ...vote, choice: "B" } : vote)) })),
      "votes[0]",
    ],
    [
      "a vote of a batch turned round",
      (log) =>
        withTask(log, ({ votes }) => ({ votes: votes.map((vote, i) => (i === 1 ? { ...vote, choice: "A" } : vote)) })),
      "votes[1]",
    ],
    [
      "a vote that nobody signed",
      (log) => withTask(log, ({ votes }) => ({ votes: votes.map(({ proof: _, ...vote }) => vote) })),
      "votes[0]",
    ],
    [
      "a vote given to somebody else",
      (log) =>
        withTask(log, ({ votes }) => ({
          votes: votes.map((vote, i) => (i === 0 ? { ...vote, voter: voters[1].address } : vote)).slice(0, 1),
        })),
      "votes[0]",
    ],
    [
      "another output under a signature",
      (log) =>
        withTask(log, ({ completions }) => ({
          completions: completions.map((c, i) => (i === 1 ? { ...c, sha256: "00" } : c)),
        })),
      "completions[1]",
    ],
    [
      "a vote that was taken long after it was signed",
      (log) => withTask(log, ({ votes }) => ({ votes: votes.map((v) => ({ ...v, at: "2026-01-01T00:01:01Z" })) })),
      "votes[0]",
    ],
    [
      "a forged signature",
      (log) => withProof(log, 2, { ...(log.intervals[0].proofs[2] as Proof), signature: `0x${"00".repeat(64)}` }),
      "votes[0]",
    ],
    [
      "a body that was not signed",
      (log) => withProof(log, 2, { ...(log.intervals[0].proofs[2] as Proof), body: '{"choice":"B"}' }),
      "votes[0]",
    ],
    [
      "a vote signed for another validator",
      (log) =>
        withProof(
          log,
          2,
          proofOf(voters[0], "PUT", "/v1/assignments/vote-aaaa/vote", { choice: "A" }, makers[0].address),
        ),
      "votes[0]",
    ],
    [
      "a check-in for another role",
      (log) =>
        withProof(
          log,
          4,
          proofOf(makers[0], "POST", "/v1/check-in", { roles: ["discriminator"], taskTypes: ["page"] }),
        ),
      "rounds[0].eligible[0]",
    ],
  ])("tells %s", async (_, lie, field) => {
    const audit = await auditLog(lie(signedLog()));
    expect(audit.verified.votes).toBe("differs");
    expect(audit.firstDifference).toMatchObject({ check: "votes", interval: 0, field });
    expect(audit.findings).toContainEqual(
      expect.objectContaining({ code: "audit.votes-differ", subject: "interval 0" }),
    );
  });
});

describe("audit with receipts", () => {
  let dir = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "receipts-"));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const receipt = (sender: Signer, nonce: number | bigint, content: object, by: Signer = validator): Receipt => {
    const body = JSON.stringify(content);
    const fields = { requestNonce: String(nonce), sender: sender.address, status: 200, body: utf8ToBytes(body) };
    const signature = signReceipt(fields, by)["X-TW-Resp-Signature"];
    const { requestNonce, status } = fields;
    return {
      requestNonce,
      sender: sender.address,
      responder: by.address,
      status,
      body,
      crypto: by.cryptoType,
      signature,
    };
  };
  const accepted = (assignment: string, choice: string, acceptedAt = "2026-01-01T00:00:30.000Z"): object => ({
    assignment,
    acceptedAt,
    choice,
  });
  const audited = async (
    lines: readonly (Receipt | string)[],
    log: TaskLog = signedLog(),
  ): Promise<{ codes: string[]; invalid: number; foreign: number }> => {
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    writeFileSync(join(dir, "validator.jsonl"), text);
    const receipts = await readReceipts(dir, validator.address);
    const { findings } = await auditLog(log, { receipts });
    return { codes: findings.map(({ code }) => code), invalid: receipts.invalid, foreign: receipts.foreign };
  };

  it("finds nothing where the log has every acknowledged answer", async () => {
    const batch = {
      results: [accepted("vote-bbbb", "B"), { assignment: "vote-cccc", error: { code: "expired", message: "late" } }],
    };
    const result = await audited([receipt(voters[0], 1, accepted("vote-aaaa", "A")), receipt(voters[1], 2, batch)]);
    expect(result).toEqual({ codes: [], invalid: 0, foreign: 0 });
  });

  it("finds an acknowledged vote that was left out", async () => {
    expect((await audited([receipt(voters[0], 1, accepted("vote-zzzz", "A"))])).codes).toEqual(["audit.left-out"]);
  });

  it("finds a vote that the log has otherwise, unless a newer receipt says what the log says", async () => {
    const old = receipt(voters[0], NONCE + 1n, accepted("vote-aaaa", "B"));
    expect((await audited([old])).codes).toEqual(["audit.changed-answer"]);
    expect((await audited([receipt(voters[0], NONCE + 2n, accepted("vote-aaaa", "A")), old])).codes).toEqual([]);
  });

  it("finds a vote that the log has at another time", async () => {
    const moved = receipt(voters[0], NONCE, accepted("vote-aaaa", "A", "2026-01-01T00:00:29.999Z"));
    expect((await audited([moved])).codes).toEqual(["audit.changed-answer"]);
  });

  it("takes the miner's own later word, signed, for the answer where its acknowledgement was lost", async () => {
    const old = receipt(voters[0], NONCE - 1n, accepted("vote-aaaa", "B"));
    expect((await audited([old])).codes).toEqual([]);
    const unproven = withTask(signedLog(), ({ votes }) => ({ votes: votes.map(({ proof: _, ...vote }) => vote) }));
    expect((await audited([old], unproven)).codes).toContain("audit.changed-answer");
    const forged = { ...(signedLog().intervals[0].proofs[2] as Proof), signature: `0x${"00".repeat(64)}` };
    expect((await audited([old], withProof(signedLog(), 2, forged))).codes).toContain("audit.changed-answer");
  });

  it("expects nothing of a time that the log does not cover", async () => {
    const later = accepted("vote-zzzz", "A", "2026-01-01T03:00:00.000Z");
    expect((await audited([receipt(voters[0], 1, later)])).codes).toEqual([]);
  });

  it("believes no receipt that the validator did not sign", async () => {
    const foreign = receipt(voters[0], 1, accepted("vote-zzzz", "A"), makers[0]);
    const forged = { ...receipt(voters[0], 1, accepted("vote-zzzz", "A")), requestNonce: "2" };
    expect(await audited([foreign, forged, "not json"])).toEqual({ codes: [], invalid: 2, foreign: 1 });
  });

  it("says which folder cannot be read", async () => {
    await expect(readReceipts(join(dir, "missing"), validator.address)).rejects.toMatchObject({
      code: "input.not-found",
      exitCode: 14,
    });
  });
});
