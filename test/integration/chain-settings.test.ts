// The owner of a subnet changes its settings: previewed, all or none, read back; and every reason why not.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RAO_PER_TAO } from "../../src/base/units.ts";
import { transfer } from "../../src/chain/transfer.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { type TestChain, testChain } from "../helpers/chain-driver.ts";
import { type CliRun, runCli } from "../helpers/run-cli.ts";

let home: string;
let chain: TestChain;
let netuid = 0;
const cli = (args: readonly string[]): Promise<CliRun> =>
  runCli([...args, "-n", chain.url], { cwd: home, env: { HOME: home, COLOSSEUM_HOME: home } });
async function data(args: readonly string[]): Promise<Record<string, unknown>> {
  const run = await cli([...args, "--json"]);
  expect(run.stderr).toBe("");
  return JSON.parse(run.stdout).data;
}
async function failure(args: readonly string[]): Promise<{ code: string; exit: number; details: object }> {
  const run = await cli([...args, "--json"]);
  expect(run.stdout).toBe("");
  const { code, details } = JSON.parse(run.stderr).error;
  return { code, details, exit: run.code };
}
const of = (wallet: string): readonly string[] => ["--netuid", String(netuid), "-w", wallet];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "chain-settings-"));
  chain = await testChain({ embedded: true });
  for (const wallet of ["owner", "stranger"]) {
    const made = await data(["wallet", "create", wallet, "--no-password", "--mnemonic-file", join(home, wallet)]);
    await transfer(chain.client, signerFromUri("//Alice"), String(made["coldkey"]), 3_000n * RAO_PER_TAO);
  }
  netuid = Number((await data(["subnet", "create", "-w", "owner"]))["netuid"]);
  await data(["wallet", "import", "sudo", "--uri", "//Alice", "--no-password"]);
});
afterAll(async () => {
  await chain[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

describe("subnet hyperparameters --set", () => {
  it("lets the owner change settings, together or not at all", async () => {
    const set = (wallet: string, ...wishes: string[]) => [
      ...["subnet", "hyperparameters", ...of(wallet)],
      ...wishes.flatMap((wish) => ["--set", wish]),
    ];
    const wishes = ["immunity_period=06000", "bonds_reset_enabled=on"];
    expect(await data([...set("owner", ...wishes), "--dry-run"])).toEqual({
      netuid,
      block: expect.any(Number),
      by: "owner",
      changes: [
        { name: "immunity_period", from: 5_000, to: 6_000, call: "AdminUtils.sudo_set_immunity_period" },
        { name: "bonds_reset_enabled", from: false, to: true, call: "AdminUtils.sudo_set_bonds_reset_enabled" },
      ],
      wouldSend: true,
    });
    expect(await data(set("owner", ...wishes))).toMatchObject({
      by: "owner",
      verified: true,
      block: expect.any(Number),
    });
    const { hyperparameters } = await data(["subnet", "hyperparameters", "--netuid", String(netuid)]);
    expect(hyperparameters).toMatchObject({ immunity_period: 6_000, bonds_reset_enabled: true });
    // The same setting again within the owner's limit: the chain says no, and neither of the two takes effect.
    expect(await failure(set("owner", "min_allowed_weights=3", "immunity_period=7000"))).toMatchObject({
      code: "chain.tx-rate-limit-exceeded",
      exit: 13,
    });
    expect((await data(["subnet", "hyperparameters", "--netuid", String(netuid)]))["hyperparameters"]).toMatchObject({
      min_allowed_weights: 1,
    });
    // One that only the chain's sudo may change.
    const details = { noticed: "before sending" };
    for (const [wish, code] of [
      ["weights_rate_limit=1", "chain.bad-origin"],
      ["tempo=359", "chain.tempo-out-of-bounds"],
      ["activity_cutoff_factor=50001", "chain.activity-cutoff-factor-milli-out-of-bounds"],
      ["min_burn=1000000000", "chain.value-not-in-bounds"],
      ["max_burn=100000000", "chain.value-not-in-bounds"],
    ] as const) {
      expect(await failure(set("owner", wish)), wish).toMatchObject({ code, exit: 13, details });
    }
    for (const [wallet, wish, code, exit] of [
      ["stranger", "tempo=100", "chain.not-subnet-owner", 13],
      ["owner", "tempoo=100", "usage.hyperparameter", 2],
      ["owner", "tempo=70000", "usage.hyperparameter", 2],
      ["owner", "tempo=-1", "usage.hyperparameter", 2],
      ["owner", "tempo", "usage.setting", 2],
      ["owner", "bonds_reset_enabled=maybe", "usage.hyperparameter", 2],
      ["owner", "alpha_values=1", "usage.hyperparameter", 2],
      ["owner", "burn_increase_mult=much", "usage.hyperparameter", 2],
    ] as const) {
      expect(await failure(set(wallet, wish)), wish).toMatchObject({ code, exit });
    }
  });

  it("takes and shows fixed-point settings as decimal numbers", async () => {
    const set = ["subnet", "hyperparameters", ...of("owner"), "--set"];
    expect(await data([...set, "alpha_sigmoid_steepness=5"])).toMatchObject({
      changes: [{ from: 1_000, to: 5 }],
      verified: true,
    });
    // The chain shows no such setting: it cannot be read back.
    expect(await data([...set, "burn_increase_mult=1.5"])).toMatchObject({
      changes: [{ name: "burn_increase_mult", from: null, to: 1.5 }],
      verified: null,
    });
    const stored = await chain.client.storage("SubtensorModule", "BurnIncreaseMult", [netuid]);
    expect(BigInt(String((stored as { bits: unknown }).bits))).toBe(3n << 63n);
  });

  it("tells beforehand when an epoch is too near, and until when", async () => {
    const tempo = Number(await chain.client.storage("SubtensorModule", "Tempo", [netuid]));
    const last = Number(await chain.client.storage("SubtensorModule", "LastEpochBlock", [netuid]));
    await chain.advance(last + tempo - 5 - (await chain.client.head()).number);
    const wish = ["subnet", "hyperparameters", "--set", "min_allowed_weights=2", ...of("owner")];
    expect(await failure(wish)).toMatchObject({
      code: "chain.admin-action-prohibited-during-weights-window",
      details: { canSetInBlocks: 5, noticed: "before sending" },
    });
    await chain.advance(5);
    expect(await data(wish)).toMatchObject({ verified: true });
  });

  it("lets the chain's sudo key change what no owner may", async () => {
    expect(await data(["subnet", "hyperparameters", ...of("sudo"), "--set", "weights_rate_limit=7"])).toMatchObject({
      by: "sudo",
      changes: [{ name: "weights_rate_limit", to: 7, call: "AdminUtils.sudo_set_weights_set_rate_limit" }],
      verified: true,
    });
  });
});
