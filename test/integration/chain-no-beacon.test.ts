// A chain that no beacon's pulses reach opens no timelocked commit: there a validator commits by hash and reveals by itself.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Hotkey, type Netuid, toHotkey } from "../../src/base/ids.ts";
import { RAO_PER_TAO } from "../../src/base/units.ts";
import { commitFile, readCommits } from "../../src/chain/commit-store.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { addStake } from "../../src/chain/stake.ts";
import { createSubnet, startSubnet } from "../../src/chain/subnets.ts";
import { fetchBeacon } from "../../src/chain/weights-facts.ts";
import { fetchRow } from "../../src/chain/weights-stored.ts";
import { chainWeights } from "../../src/validator/chain-ports.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { type TestChain, testChain } from "../helpers/chain-driver.ts";

const TEMPO = 10;
const alice = signerFromUri("//Alice");
const hot = signerFromUri("//Alice//no-beacon");
const MAIN = 0 as never;
let chain: TestChain;
let home: string;
let file: string;
let netuid: Netuid;

beforeAll(async () => {
  // Always an embedded chain: what is set here no real one allows.
  chain = await testChain({ embedded: true });
  home = mkdtempSync(join(tmpdir(), "no-beacon-"));
  const { client } = chain;
  ({ netuid } = await createSubnet(client, alice, hot.address));
  file = commitFile(home, "localnet", netuid, hot.address);
  await startSubnet(client, alice, netuid);
  for (const call of [setHyperparameter.weightsSetRateLimit(netuid, 0), setHyperparameter.tempo(netuid, TEMPO)]) {
    await submitAsSudo(client, alice, call);
  }
  await addStake(client, alice, { hotkey: hot.address, netuid, amountRao: 100n * RAO_PER_TAO });
  const config = await client.storage("Drand", "BeaconConfig");
  await client.ask("dev_setStorage", [{ Drand: { BeaconConfig: { ...(config as object), period: 0 } } }]);
  await chain.advance(TEMPO + 2);
});
afterAll(async () => {
  await chain[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const send = (scores: Readonly<Record<string, number>>) =>
  chainWeights(chain.client, hot, netuid, file).send(
    new Map(Object.entries(scores).map(([hotkey, score]): [Hotkey, number] => [toHotkey(hotkey), score])),
    () => undefined,
  );

describe("the validator's door on a chain without pulses", () => {
  it("has no beacon to lock anything with, and sends nothing that could never be opened", async () => {
    expect(await fetchBeacon(chain.client)).toBeUndefined();
    const door = chainWeights(chain.client, hot, netuid);
    const scores = new Map([[toHotkey(hot.address), 1]]);
    await expect(door.send(scores, () => undefined)).rejects.toMatchObject({ code: "weights.no-beacon", exitCode: 13 });
    expect(await door.reveal()).toEqual({ revealed: undefined, expired: [], againAt: undefined });
  });

  it("commits by hash, keeps the salt, reveals in the commit's epoch, and forgets it then", async () => {
    const { client } = chain;
    expect(await send({ [hot.address]: 1 })).toMatchObject({ mode: "hash", verified: true });
    expect(await readCommits(file)).toHaveLength(1);
    // A process that was killed in between knows of it from the file alone.
    const door = chainWeights(client, hot, netuid, file);
    const early = await door.reveal();
    expect(early).toMatchObject({ revealed: undefined, expired: [] });
    expect(early.againAt).toBeGreaterThan((await client.head()).number);
    expect((await fetchRow(client, netuid, MAIN, 0)).size).toBe(0);
    await chain.advance((early.againAt ?? 0) - (await client.head()).number);
    expect(await door.reveal()).toMatchObject({ revealed: { verified: true }, expired: [], againAt: undefined });
    expect([...(await fetchRow(client, netuid, MAIN, 0))]).toEqual([[0, 65_535]]);
    expect(await readCommits(file)).toEqual([]);
    expect(await door.reveal()).toEqual({ revealed: undefined, expired: [], againAt: undefined });
  });

  it("reveals a commit in the epoch it got into, even where an epoch began between signing and inclusion", async () => {
    const { client } = chain;
    const door = chainWeights(client, hot, netuid, file);
    const late = () => chain.advance(TEMPO);
    expect(await door.send(new Map([[toHotkey(hot.address), 3]]), late)).toMatchObject({
      mode: "hash",
      verified: true,
    });
    const [planned] = await readCommits(file);
    expect(await client.storage("SubtensorModule", "SubnetEpochIndex", [netuid])).toBe(planned?.revealEpoch);
    const early = await door.reveal();
    expect(early).toMatchObject({ revealed: undefined, expired: [] });
    await chain.advance((early.againAt ?? 0) - (await client.head()).number);
    expect(await door.reveal()).toMatchObject({ revealed: { verified: true }, expired: [], againAt: undefined });
  });

  it("tells of a commit whose epoch passed while the validator was away, and forgets it", async () => {
    await send({ [hot.address]: 2 });
    const [commit] = await readCommits(file);
    await chain.advance(3 * TEMPO + 2);
    const door = chainWeights(chain.client, hot, netuid, file);
    expect(await door.reveal()).toEqual({ revealed: undefined, expired: [commit?.hash], againAt: undefined });
    expect(await readCommits(file)).toEqual([]);
  });

  it("reveals the newest of several commits of one epoch, which takes the older ones with it", async () => {
    const { client } = chain;
    const epoch = async () => Number(await client.storage("SubtensorModule", "SubnetEpochIndex", [netuid]));
    // Both in one epoch: begin right after a step.
    for (const before = await epoch(); (await epoch()) === before; ) await chain.advance(1);
    await send({ [hot.address]: 1 });
    await send({ [hot.address]: 1 });
    const door = chainWeights(client, hot, netuid, file);
    const { againAt } = await door.reveal();
    await chain.advance((againAt ?? 0) - (await client.head()).number);
    expect((await door.reveal()).revealed?.verified).toBe(true);
    expect(await readCommits(file)).toEqual([]);
    expect(await client.storage("SubtensorModule", "WeightCommits", [netuid, hot.address])).toBeNull();
  });
});
