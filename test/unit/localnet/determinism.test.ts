import { expect, it } from "vitest";
import { toHex } from "../../../src/localnet/scale/bytes.ts";
import { type Localnet, startLocalnet } from "../../../src/localnet/server.ts";
import { bob, extrinsic, START_MS, TAO } from "./harness.ts";

const SCAFFOLD = {
  subnets: [
    {
      owner: "Alice",
      ownerHotkey: "a",
      hyperparameters: { tempo: 5, commit_reveal_weights_enabled: false, weights_set_rate_limit: 0 },
      neurons: [
        { hotkey: "validator-1", coldkey: "Bob", stakeTao: "5000" },
        { hotkey: "miner-1", coldkey: "Charlie" },
      ],
    },
  ],
};

/** The same requests to a chain of its own: subnets, extrinsics, blocks with epochs, a jump in time, a changed state. */
async function lifeOf(startMs: number): Promise<string[]> {
  const clock = { ms: startMs };
  await using net: Localnet = await startLocalnet({ blockTime: "manual", clock: { nowMs: () => clock.ms } });
  const ask = async (method: string, ...params: unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const answer = (await (await fetch(net.url.replace("ws", "http"), { method: "POST", body })).json()) as {
      result?: unknown;
      error?: unknown;
    };
    expect(answer.error).toBeUndefined();
    return answer.result;
  };
  await ask("dev_scaffold", SCAFFOLD);
  const hashes = [net.genesisHash];
  for (let round = 0; round < 12; round++) {
    const args = { dest: { type: "Id", value: bob }, value: BigInt(round + 1) * TAO };
    await ask(
      "author_submitExtrinsic",
      toHex(extrinsic(net.chain, "Alice", "Balances", "transfer_keep_alive", args, { nonce: round })),
    );
    if (round === 3) {
      const weights = { netuid: 1, dests: [2], weights: [65_535], version_key: 0n };
      await ask(
        "author_submitExtrinsic",
        toHex(extrinsic(net.chain, "validator-1", "SubtensorModule", "set_weights", weights, { nonce: 0 })),
      );
    }
    if (round === 6) await ask("dev_timeTravel", startMs + 3_600_000);
    if (round === 9) await ask("dev_setStorage", { SubtensorModule: { Tempo: [[[1], 4]] } });
    clock.ms += 250;
    hashes.push(String(await ask("dev_newBlock", { count: 3 })));
  }
  return hashes;
}

it("the same genesis, extrinsic bytes and clock make the same block hashes in every process; another clock, others", async () => {
  const [first, second, later] = await Promise.all([lifeOf(START_MS), lifeOf(START_MS), lifeOf(START_MS + 1)]);
  expect(second).toEqual(first);
  expect(new Set(first).size).toBe(first?.length);
  expect(later?.[0]).toBe(first?.[0]);
  expect(later?.slice(1).filter((hash) => first?.includes(hash))).toEqual([]);
});
