import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signerFromUri } from "../../../src/wallet/keyring.ts";
import { startFakeValidator } from "../../helpers/fake-validator.ts";
import { runCli } from "../../helpers/run-cli.ts";

let home: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "colosseum-vote-"));
  const made = await runCli(
    [
      "wallet",
      "create",
      "me",
      "--no-password",
      "--mnemonic-file",
      join(home, "words"),
      "--wallet-path",
      join(home, "wallets"),
    ],
    { env: { HOME: home } },
  );
  expect(made.code).toBe(0);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const cli = (args: readonly string[], options: Parameters<typeof runCli>[1] = {}) =>
  runCli([...args, "--wallet-path", join(home, "wallets"), "-w", "me", "--home", home], {
    env: { HOME: home },
    ...options,
  });
const outputs = [
  { label: "A" as const, files: [{ name: "index.html", content: "<h1>left</h1>\u001b[31m" }] },
  { label: "B" as const, files: [{ name: "index.html", content: "<h1>right</h1>" }] },
];

describe("vote --plain", () => {
  it("takes 20 votes line by line, skips and undo among them, and delivers exactly those", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const wanted = new Map<string, "A" | "B">();
    for (let index = 0; index < 20; index++) {
      const id = `assignment-${1000 + index}`;
      wanted.set(id, index % 3 === 0 ? "B" : "A");
      validator.assign({
        id,
        role: "discriminator",
        outputs,
        prompt: `Task ${index}`,
        expiresAt: new Date(Date.now() + 60_000 + index * 1_000).toISOString(),
      });
    }
    const answers = [...wanted.values()].map((choice) => (choice === "A" ? "1" : "2"));
    // A wrong vote that is undone, nonsense, help, a look at the difference.
    const stdin = ["what", "?", "d", answers[0] === "1" ? "2" : "1", "u", ...answers, "q", ""].join("\n");
    const { code, stdout, stderr } = await cli(["vote", "--plain", "--validator", validator.url], { stdin });
    expect(code).toBe(0);
    expect(Object.fromEntries(validator.votes)).toEqual(Object.fromEntries(wanted));
    expect(stdout.match(/You chose/g)).toHaveLength(21);
    expect(stderr).toContain("Task 7");
    expect(stderr).not.toContain("\u001b");
  });

  it("counts a day's votes over its sessions, and a changed mind once", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    for (let index = 0; index < 5; index++)
      validator.assign({ id: `assignment-${1000 + index}`, role: "discriminator", outputs });
    const args = ["vote", "--plain", "--budget", "3", "--validator", validator.url];
    const first = await cli(args, { stdin: "1\nu\n2\n1\nq\n" });
    expect(first.stderr).toMatch(/voted 2 times/);
    const second = await cli(args, { stdin: "1\n1\n1\n" });
    expect(second.stderr).toMatch(/1 left of today's 3 votes/);
    expect(second.stderr).toMatch(/Your 3 votes of today are cast/);
    expect(validator.votes.size).toBe(3);
  });

  it("keeps a vote that no validator took, sends it in the next session, and says when its time is over", async () => {
    let away = true;
    await using validator = await startFakeValidator({
      signer: signerFromUri("//Validator"),
      misbehave: ({ path }) => (away && /vote/.test(path) ? { hangUp: true } : undefined),
    });
    const args = ["vote", "--plain", "--validator", validator.url];
    validator.assign({ id: "assignment-0001", role: "discriminator", outputs });
    const first = await cli(args, { stdin: "2\nq\n" });
    expect(first.code).toBe(0);
    expect(first.stderr).toContain("1 answer is not delivered yet and kept");
    away = false;
    validator.assign({ id: "assignment-0002", role: "discriminator", outputs });
    const second = await cli(args, { stdin: "1\nq\n" });
    expect(Object.fromEntries(validator.votes)).toEqual({ "assignment-0001": "B", "assignment-0002": "A" });
    expect(second.stderr).not.toContain("not delivered");
    away = true;
    validator.assign({
      id: "assignment-0003",
      role: "discriminator",
      outputs,
      expiresAt: new Date(Date.now() + 2_000).toISOString(),
    });
    const third = await cli(args, { stdin: "1\nq\n" });
    expect(third.stderr).toMatch(/A vote expired before its validator could be reached/);
  });

  it("asks once whether to show what votes earned, after the first vote, and remembers the answer", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    for (let index = 0; index < 3; index++)
      validator.assign({ id: `assignment-${1000 + index}`, role: "discriminator", outputs });
    const args = ["vote", "--plain", "--validator", validator.url];
    const first = await cli(args, { stdin: "e\n1\ny\ne\nq\n" });
    expect(first.stderr.match(/Show what your votes earned/g)).toHaveLength(1);
    expect(first.stderr.indexOf("Results are hidden")).toBeLessThan(first.stderr.indexOf("Show what your votes"));
    expect(first.stderr).toContain("Nothing is settled yet");
    const second = await cli(args, { stdin: "1\ne\nq\n" });
    expect(second.stderr).not.toContain("Show what your votes earned");
    expect(second.stderr).toContain("Nothing is settled yet");
  });

  it("stops at its budget", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    for (let index = 0; index < 5; index++)
      validator.assign({ id: `assignment-${1000 + index}`, role: "discriminator", outputs });
    const { code, stderr } = await cli(["vote", "--plain", "--budget", "2", "--validator", validator.url], {
      stdin: "1\n1\n1\n1\n",
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/voted 2 times/);
    expect(validator.votes.size).toBe(2);
  });

  it.each([
    ["without a terminal and without --plain", ["vote"], "vote.no-terminal"],
    ["as generator without an editor", ["vote", "--plain", "--role", "generator"], "vote.no-editor"],
    ["with a role that is none", ["vote", "--role", "judge"], "usage.role"],
    ["with a URL that is none", ["vote", "--validator", "localhost"], "usage.validator-url"],
    ["with a password in the URL", ["vote", "--validator", "http://a:b@localhost"], "usage.validator-url"],
    ["with a budget of nothing", ["vote", "--budget", "0"], "usage.budget"],
  ])("refuses %s", async (_, args, code) => {
    const run = await cli(args);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`code: ${code}`);
  });
});

describe("miner start", () => {
  it("is ready, answers, and stops cleanly at the first Ctrl-C with JSON lines on stdout only", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    validator.assign({ id: "assignment-0001", role: "generator", prompt: "Make a counter" });
    let interrupt: (name: "SIGINT") => void = () => undefined;
    const running = cli(["miner", "start", "--json", "--validator", validator.url, "--brain", "fixtures:1"], {
      onStart: (signal) => (interrupt = signal),
    });
    await validator.until(() => validator.completions.has("assignment-0001"));
    interrupt("SIGINT");
    const { code, stdout } = await running;
    expect(code).toBe(130);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { v: number; type: string; at: string });
    expect(events.every(({ v, at }) => v === 1 && !Number.isNaN(Date.parse(at)))).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["ready", "validator-online", "checked-in", "generated", "stopping", "stopped"]),
    );
  });

  it.each([
    ["a brain that is none", ["--brain", "gpt"], "usage.brain"],
    ["a judge as generator", ["--brain", "heuristic"], "usage.brain-role"],
    ["a generator as judge", ["--judge", "fixtures:1"], "usage.brain-role"],
    ["a person in the background", ["--judge", "human"], "usage.brain"],
    ["a budget that is none", ["--budget", "lots"], "usage.budget"],
    ["a role that is none", ["--role", "king"], "usage.role"],
    ["a validator to block that is no address", ["--block", "5Fxyz"], "usage.hotkey"],
    ["a notification to nowhere", ["--notify", "mail:me", "--validator", "http://127.0.0.1:1"], "usage.notify"],
    ["no subnet and no validator", [], "usage.netuid"],
    ["a model without a key", ["--brain", "openai:gpt-4o"], "usage.model-key"],
  ])("refuses %s", async (_, args, code) => {
    const run = await cli(["miner", "start", ...args]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`code: ${code}`);
  });
});

describe("vote", () => {
  it("says in a person's words that a changed vote came after its duel was closed early, and what to look at next", async () => {
    await using validator = await startFakeValidator({
      signer: signerFromUri("//Validator"),
      misbehave: ({ path }) =>
        path.endsWith("/vote")
          ? { status: 409, body: JSON.stringify({ error: { code: "expired", message: "Answers were taken until 1" } }) }
          : undefined,
    });
    validator.assign({ id: "assignment-0001", role: "discriminator", outputs });
    const { stderr } = await cli(["vote", "--plain", "--validator", validator.url], { stdin: "1\nq\n" });
    expect(stderr).toContain("That duel was closed before this vote came.");
    expect(stderr).toContain(`next: colosseum miner status --validator ${validator.url} -w me --wallet-path`);
  });
});

describe("miner check", () => {
  it("does not check in: nothing is earned or owed by a check", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    await cli(["miner", "check", "--validator", validator.url, "--role", "generator"]);
    expect(validator.seen.some(({ path }) => path === "/v1/check-in")).toBe(false);
  });
});

describe("miner status", () => {
  it("reports by validator, and says which one does not answer", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const { code, stdout } = await cli([
      "miner",
      "status",
      "--json",
      "--validator",
      validator.url,
      "--validator",
      "http://127.0.0.1:9",
    ]);
    expect(code).toBe(0);
    const { data } = JSON.parse(stdout) as {
      data: { validators: { me: unknown; error: { code: string } | null }[]; receipts: string | null };
    };
    expect(data.receipts).toBeNull();
    validator.assign({ id: "assignment-0001", role: "discriminator", outputs });
    await cli(["vote", "--plain", "--validator", validator.url], { stdin: "1\nq\n" });
    const later = await cli(["miner", "status", "--json", "--validator", validator.url]);
    const { receipts } = JSON.parse(later.stdout).data as { receipts: string };
    expect(readdirSync(receipts)).toEqual([`${validator.hotkey}.jsonl`]);
    expect(data.validators[0]?.me).toMatchObject({ eligible: true });
    expect(data.validators[1]?.error?.code).toMatch(/^miner\./);
  });

  it.each<[string, boolean, number]>([
    ["refused, where the validator is there and refuses the hotkey", true, 13],
    ["network, where nobody answers", false, 10],
  ])("ends as %s", async (_, isThere, code) => {
    await using validator = await startFakeValidator({
      signer: signerFromUri("//Validator"),
      misbehave: ({ path }) =>
        path === "/v1/me"
          ? { status: 403, body: JSON.stringify({ error: { code: "not-registered", message: "Not registered." } }) }
          : undefined,
    });
    const url = isThere ? validator.url : "http://127.0.0.1:9";
    expect((await cli(["miner", "status", "--validator", url])).code).toBe(code);
  });

  it("goes to the validator that the settings name, unless another network or subnet is named", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const set = (...words: string[]) => cli(["config", "set", ...words]);
    expect((await set("validator", "nowhere")).code).toBe(2);
    expect((await set("validator", `${validator.url}/, http://127.0.0.1:9`)).code).toBe(0);
    const { code, stdout } = await cli(["miner", "status", "--json"]);
    expect(code).toBe(0);
    const { data } = JSON.parse(stdout) as { data: { validators: { url: string }[] } };
    expect(data.validators.map(({ url }) => url)).toEqual([validator.url, "http://127.0.0.1:9"]);
    const elsewhere = await cli(["miner", "status", "--netuid", "1", "-n", "ws://127.0.0.1:9"]);
    expect(elsewhere.stderr).toContain("chain.");
    expect(elsewhere.stdout).not.toContain(validator.url);
    const env = { HOME: home, COLOSSEUM_VALIDATOR: "http://127.0.0.1:9" };
    expect((await cli(["miner", "status"], { env })).code).toBe(10);
  });
});
