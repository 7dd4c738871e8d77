import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signerFromUri } from "../../../src/wallet/keyring.ts";
import { startFakeModel } from "../../helpers/fake-model.ts";
import { startFakeValidator } from "../../helpers/fake-validator.ts";
import { runCli } from "../../helpers/run-cli.ts";

let home: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "colosseum-check-"));
  const words = ["--no-password", "--mnemonic-file", join(home, "words"), "--wallet-path", join(home, "wallets")];
  expect((await runCli(["wallet", "create", "me", ...words], { env: { HOME: home } })).code).toBe(0);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

interface Check {
  readonly id: string;
  readonly status: string;
  readonly message: string;
  readonly hint: string | null;
}

async function check(args: readonly string[], env: Record<string, string> = {}) {
  const wallet = ["--wallet-path", join(home, "wallets"), "--home", home, ...(args.includes("-w") ? [] : ["-w", "me"])];
  const { code, stdout } = await runCli(["miner", "check", "--json", ...args, ...wallet], {
    env: { HOME: home, PATH: process.env["PATH"] ?? "", ...env },
    cwd: home,
  });
  const { checks } = (JSON.parse(stdout) as { data: { checks: Check[] } }).data;
  return { code, checks, of: (id: string) => checks.find((one) => one.id === id) };
}

/** A program that answers as it is told, whatever is asked. */
function program(answer: string): string {
  const path = join(home, "brain.sh");
  writeFileSync(path, `#!/bin/sh\ncat >/dev/null\n${answer}\n`, { mode: 0o700 });
  return `exec:'${path}'`;
}

const PAGE = `echo '{"files":[{"name":"index.html","content":"<p>x</p>"}]}'`;

describe("miner check", () => {
  it("has nothing to complain about where all is well", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const { code, checks } = await check(["--validator", validator.url, "--budget", "5"]);
    expect(code).toBe(0);
    expect(checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "wallet ok",
      "registration skip",
      "validators ok",
      "validator ok",
      "clock ok",
      "brains ok",
      "budget ok",
      "generator ok",
      "discriminator ok",
    ]);
  });

  it.each<[string, string, (url: string) => readonly string[]]>([
    ["a wallet that is not there", "wallet", (url) => ["--validator", url, "-w", "nobody"]],
    ["a validator that is not there", "validator", () => ["--validator", "http://127.0.0.1:9"]],
    ["a brain that is no brain", "brains", (url) => ["--validator", url, "--brain", "gpt"]],
    ["a program that is not there", "brains", (url) => ["--validator", url, "--brain", "exec:/no/such"]],
    [
      "a generator that prints something else",
      "generator",
      (url) => ["--validator", url, "--brain", program("echo hi")],
    ],
    ["a generator that fails", "generator", (url) => ["--validator", url, "--brain", program("exit 3")]],
    [
      "a judge that answers in a wrong form",
      "discriminator",
      (url) => ["--validator", url, "--role", "discriminator", "--judge", program(PAGE)],
    ],
    [
      "a budget of money without a price",
      "brains",
      (url) => ["--validator", url, "--brain", "openai:m", "--budget", "1usd"],
    ],
    ["a model without a key", "brains", (url) => ["--validator", url, "--brain", "openai:m"]],
  ])("finds %s, with a hint, and exits 3", async (what, id, args) => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const role = args(validator.url).includes("--role") ? [] : ["--role", "generator"];
    const { code, of } = await check([...args(validator.url), ...role]);
    expect(code).toBe(3);
    expect(of(id)).toMatchObject({ status: "fail", hint: expect.stringMatching(/./) });
    if (!what.includes("is not there")) expect(of(id)?.message).not.toContain("there is no such program");
  });

  it("finds a validator of another subnet, one that does not know the hotkey, and one that is something else", async () => {
    const signer = signerFromUri("//Validator");
    await using other = await startFakeValidator({ signer, netuid: 7 });
    const refusal = JSON.stringify({ error: { code: "not-registered", message: "not registered" } });
    await using stranger = await startFakeValidator({
      signer,
      misbehave: ({ path }) => (path === "/v1/me" ? { status: 403, body: refusal } : undefined),
    });
    await using garbage = await startFakeValidator({ signer, misbehave: () => ({ body: "<html>" }) });
    const urls = [other, stranger, garbage].flatMap(({ url }) => ["--validator", url]);
    const { code, checks } = await check([...urls, "--role", "generator"]);
    expect(code).toBe(3);
    // Without --netuid any subnet will do.
    expect(checks.filter(({ id }) => id === "validator").map(({ status }) => status)).toEqual(["ok", "fail", "fail"]);
  });

  it("says nothing of validators where the chain was not asked, and repeats in its hints what it was told", async () => {
    const { of } = await check(["--role", "generator", "-n", "ws://127.0.0.1:9", "--netuid", "3", "-w", "nobody"]);
    expect(of("validators")).toMatchObject({ status: "skip" });
    await using validator = await startFakeValidator({
      signer: signerFromUri("//Validator"),
      misbehave: ({ path }) =>
        path === "/v1/me"
          ? { status: 403, body: JSON.stringify({ error: { code: "not-registered", message: "not registered" } }) }
          : undefined,
    });
    const refused = await check(["--validator", validator.url, "--role", "generator"]);
    expect(refused.of("validator")?.hint).toContain("colosseum register --netuid N -w me --wallet-path ");
  });

  it("names the endpoint of a model without what is secret in it, and asks no 10 MB answer for again", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    await using model = await startFakeModel(() => ({
      raw: JSON.stringify({ choices: [{ message: { content: "x".repeat(10_000_000) } }] }),
    }));
    const url = new URL(model.baseUrl);
    const env = { OPENAI_BASE_URL: `http://me:hunter2@${url.host}${url.pathname}?key=hunter3`, OPENAI_API_KEY: "k" };
    const args = ["--validator", validator.url, "--brain", "openai:m", "--role", "generator"];
    const named = await check(args, env);
    expect(named.of("brains")).toMatchObject({ status: "fail", hint: expect.stringContaining("OPENAI_API_KEY") });
    expect(JSON.stringify(named.checks)).not.toContain("hunter");
    const big = await check(args, { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: "k" });
    expect(big.of("brains")?.message).toBe(`openai:m; the model is asked at ${model.baseUrl}.`);
    expect(big.of("generator")).toMatchObject({
      status: "fail",
      message: expect.stringContaining("larger than 4 MiB"),
    });
    expect(model.requests.length).toBe(1);
  });

  it("finds a clock that is wrong", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator"), skewMs: 90_000 });
    const { of } = await check(["--validator", validator.url, "--role", "generator"]);
    expect(of("clock")).toMatchObject({ status: "warn", message: expect.stringMatching(/1 min 30 s behind/) });
  });

  it("finds judges that look at the place, and those that abstain", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const judged = async (answer: string) =>
      check(["--validator", validator.url, "--role", "discriminator", "--judge", program(answer)]);
    expect((await judged(`echo '{"choice":"A","confidence":1}'`)).of("discriminator")).toMatchObject({
      status: "warn",
    });
    expect((await judged(`echo '{"choice":"abstain"}'`)).of("discriminator")).toMatchObject({ status: "warn" });
  });

  it("finds a budget that is not enough, and counts what its samples cost", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const page = JSON.stringify({ files: [{ name: "index.html", content: "<p>x</p>" }] });
    await using model = await startFakeModel(() => ({ text: page, usage: { input: 100, output: 50 } }));
    const env = { OPENAI_BASE_URL: model.baseUrl };
    const args = ["--validator", validator.url, "--role", "generator", "--brain", "openai:m", "--budget"];
    // Five thousand would do for the answer, but a request sets aside the longest one it may get.
    for (const budget of ["1ktok", "5ktok"]) {
      const small = await check([...args, budget], env);
      expect(small.code).toBe(3);
      expect(small.of("budget")).toMatchObject({ status: "fail" });
    }
    expect(model.requests).toHaveLength(0);
    expect((await check([...args, "100ktok"], env)).code).toBe(0);
    expect((await check([...args, "100ktok"], env)).of("budget")?.message).toContain("99850 are left");
  });
});
