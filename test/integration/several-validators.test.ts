import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Netuid, toMechId } from "../../src/base/ids.ts";
import { fixturesBrain } from "../../src/brains/fixtures.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { anchorIn, fetchCommitment } from "../../src/chain/commitments.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { fetchRow } from "../../src/chain/weights.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import type { DemoWallet } from "../../src/demo/keys.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { ruleSetNamed } from "../../src/mechanism/rule-set.ts";
import { startMiner } from "../../src/miner/process.ts";
import { auditLog } from "../../src/simulate/audit.ts";
import { chainAnchors, chainSubnet, chainWeights } from "../../src/validator/chain-ports.ts";
import { type RunningValidator, startValidator } from "../../src/validator/process.ts";
import { DEFAULT_SETTINGS } from "../../src/validator/settings.ts";
import { taskSources } from "../../src/validator/task-sources.ts";
import { peopledSubnet, permitted } from "../helpers/peopled-subnet.ts";
import { sureJudge } from "../helpers/sure-judge.ts";

// Two validators on one subnet: each its own tasks, seeds and weights; the same miners answer both; the chain makes one
// incentive of the two rows.

const clock = systemClock();
const TEMPO = 10;
const QUALITIES = [1, 0.8, 0.4, 0];
/** Without traps every task pays somebody: a round of nothing but traps may leave all at 0, and then no weights are sent. */
const RULES = ruleSetNamed("paper", { trapShare: 0 });
let home: string;
let localnet: Localnet;
let client: ChainClient;
let netuid: Netuid;
let validators: readonly DemoWallet[];
let miners: readonly DemoWallet[];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "colosseum-several-"));
  localnet = await startLocalnet({ blockTime: 100, clock });
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock });
  const subnet = await peopledSubnet(client, {
    ...{ wallets: join(home, "wallets"), seed: "several", tempo: TEMPO },
    ...{ validators: ["first", "second"], miners: QUALITIES.map((_, n) => `miner-${n}`) },
  });
  ({ netuid, validators, miners } = subnet);
  await permitted(client, clock, subnet);
});
afterAll(async () => {
  client.close();
  await localnet.stop();
  rmSync(home, { recursive: true, force: true });
});

const start = ({ name, hotkey: signer }: DemoWallet): Promise<RunningValidator> =>
  startValidator(
    {
      ...{ signer, clock, subnet: chainSubnet(client, netuid), beacon: client.beacon(), seeds: 64 },
      ...{ weights: chainWeights(client, signer, netuid), anchors: chainAnchors(client, signer, netuid) },
      ...{ tasks: taskSources(["page", "text"], {}), stateDir: join(home, name) },
      listen: { host: "127.0.0.1", port: 0 },
    },
    {
      ...DEFAULT_SETTINGS,
      ...{ netuid, rules: RULES, minMiners: QUALITIES.length, closeEarly: true, awaitWeights: true },
      ...{ generateMs: 60_000, voteMs: 60_000, stopAfterIntervals: 1, retryMs: 200, retryMostMs: 1_000 },
    },
  );

describe("two validators on one subnet", () => {
  it("ask the same miners, settle each for itself, and the chain pays by both", async () => {
    const running = await Promise.all(validators.map(start));
    const players = await Promise.all(
      miners.map(({ hotkey }, n) =>
        startMiner({
          ...{ signer: hotkey, validators: running.map(({ url }) => url), clock },
          ...{ brain: fixturesBrain(QUALITIES[n] ?? 0), judge: sureJudge() },
        }),
      ),
    );
    const settlements = await Promise.all(running.map((validator) => validator.settled(0)));
    const logs = running.map((validator) => validator.export());
    await Promise.all(players.map((player) => player.stop()));

    const { neurons } = await fetchMetagraph(client, netuid);
    for (const [n, { hotkey }] of validators.entries()) {
      expect(settlements[n]).toMatchObject({ state: "verified" });
      const uid = neurons.find((neuron) => neuron.hotkey === hotkey.address)?.uid;
      const row = Object.fromEntries(await fetchRow(client, netuid, toMechId(0), uid ?? -1));
      expect(row).toEqual(Object.fromEntries((settlements[n]?.weights ?? []).map(({ uid: to, value }) => [to, value])));
      const commitment = await fetchCommitment(client, netuid, hotkey.address);
      expect(anchorIn(commitment?.text ?? "")).toBe(logs[n]?.["anchor"]);
      const log = logs[n];
      if (log === undefined) throw new Error("every validator has a log");
      const { verified } = await auditLog(log);
      expect(verified).toEqual({ draws: "ok", votes: "ok", scores: "ok" });
      const players = new Set(
        log.tasks.flatMap(({ generators, votes }) => [...generators, ...votes.map((v) => v.voter)]),
      );
      expect(players).toEqual(new Set(miners.map((miner) => miner.hotkey.address)));
    }
    // Nothing of one is in the other's log: ids of assignments come from seeds of their own.
    const [ours, theirs] = logs.map((log) =>
      log.tasks.flatMap(({ votes }) => votes.map((vote) => String(vote["assignment"]))),
    );
    expect(ours?.filter((id) => theirs?.includes(id))).toEqual([]);

    // The epoch after both rows: incentive only where a row paid, in sum 1.
    await Promise.all(running.map((validator) => validator.stop()));
    const paid = new Set(settlements.flatMap(({ weights }) => (weights ?? []).map(({ hotkey }) => hotkey)));
    for (;;) {
      const now = (await fetchMetagraph(client, netuid)).neurons;
      const incentives = now.filter(({ incentive }) => incentive > 0);
      if (incentives.length > 0) {
        for (const { hotkey } of incentives) expect(paid).toContain(String(hotkey));
        expect(incentives.reduce((sum, { incentive }) => sum + incentive, 0)).toBeCloseTo(1, 3);
        break;
      }
      await clock.wait(100);
    }
  });
});
