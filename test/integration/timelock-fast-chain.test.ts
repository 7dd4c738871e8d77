import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Netuid, toHotkey, toMechId } from "../../src/base/ids.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { setWeights } from "../../src/chain/weights.ts";
import { fetchBeacon } from "../../src/chain/weights-facts.ts";
import { fetchRow } from "../../src/chain/weights-stored.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import type { DemoWallet } from "../../src/demo/keys.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { peopledSubnet } from "../helpers/peopled-subnet.ts";

// Timelocked commits on a chain whose blocks are faster than the beacon's rounds, and whose time is the test's own: a
// round may be past before the commit is made, or while it waits for its block.

const MECHANISM = toMechId(0);
const BLOCK_MS = 100;
const ROUND_MS = 3_000;
/** The first instant of a round of quicknet, some time in 2026. */
const ROUND_BEGINS_MS = 1_692_803_367_000 + 34_000_000 * ROUND_MS;
const TEMPO = 12;

let home: string;
let localnet: Localnet;
let client: ChainClient;
let netuid: Netuid;
let validator: DemoWallet;
let miners: readonly DemoWallet[];
let nowMs = ROUND_BEGINS_MS - 60_000;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "colosseum-timelock-"));
  localnet = await startLocalnet({ blockTime: "instant", clock: { nowMs: () => nowMs } });
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
  const subnet = await peopledSubnet(client, {
    wallets: home,
    seed: "timelock",
    tempo: TEMPO,
    validators: ["validator"],
    miners: ["one", "two"],
  });
  const [first] = subnet.validators;
  if (first === undefined) throw new Error("a validator was asked for");
  validator = first;
  ({ netuid, miners } = subnet);
  const alice = signerFromUri("//Alice");
  const unfrozen = { pallet: "AdminUtils", name: "sudo_set_admin_freeze_window", args: { window: 0 } };
  await submitAsSudo(client, alice, unfrozen);
  await submitAsSudo(client, alice, setHyperparameter.commitRevealWeightsEnabled(netuid, true));
  localnet.mine(TEMPO);
});
afterAll(async () => {
  client.close();
  await localnet.stop();
  rmSync(home, { recursive: true, force: true });
});

/** Makes fast blocks up to this instant, the last of them at it. */
function blocksUntil(ms: number): void {
  for (nowMs = ms - 20 * BLOCK_MS; nowMs <= ms; nowMs += BLOCK_MS) localnet.chain.produce();
  nowMs = ms;
}

const commit = (first: number, second: number) => ({
  netuid,
  mechid: MECHANISM,
  scores: new Map(miners.map(({ hotkey }, n) => [toHotkey(hotkey.address), n === 0 ? first : second])),
  wish: "timelock" as const,
});

async function rowOnChain(): Promise<number[][]> {
  const { neurons } = await fetchMetagraph(client, netuid);
  const self = neurons.find(({ hotkey }) => hotkey === validator.hotkey.address);
  return [...(await fetchRow(client, netuid, MECHANISM, self?.uid ?? -1))];
}

describe("a timelocked commit on a chain of fast blocks", () => {
  it("is locked to the newest round where the reveal's own is past, and opens in its epoch", async () => {
    blocksUntil(ROUND_BEGINS_MS + BLOCK_MS);
    const newest = (await fetchBeacon(client))?.lastStoredRound;
    const receipt = await setWeights(client, validator.hotkey, commit(3, 1));
    expect(receipt).toMatchObject({ mode: "timelock", verified: true, revealRound: newest });
    while ((await client.head()).number < (receipt.revealBlock ?? 0)) localnet.chain.produce();
    expect(await rowOnChain()).toEqual(receipt.plan.weights.map(({ uid, value }) => [uid, value]));
  });

  it("is made anew where its round passed while it waited for a block", async () => {
    await client.ask("dev_setBlockBuildMode", ["Manual"]);
    const signed: string[] = [];
    const waiting = async (count: number): Promise<void> => {
      for (;;) {
        const pending = await client.ask("author_pendingExtrinsics", []);
        if (signed.length === count && Array.isArray(pending) && pending.length === 1) return;
      }
    };
    const sent = setWeights(client, validator.hotkey, commit(1, 3), {
      onSigned: ({ hash }) => void signed.push(hash),
    });
    await waiting(1);
    localnet.warp(3_600_000);
    localnet.mine();
    await waiting(2);
    localnet.mine();
    const receipt = await sent;
    expect(receipt).toMatchObject({ mode: "timelock", verified: true, extrinsic: signed[1] });
  });
});
