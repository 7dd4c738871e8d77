import { getPublicKey } from "@scure/sr25519";
import { describe, expect, it } from "vitest";
import type { Chain } from "../../../src/localnet/engine/chain.ts";
import { DispatchError } from "../../../src/localnet/engine/dispatch-error.ts";
import { headerHash } from "../../../src/localnet/engine/header.ts";
import { InvalidTransaction } from "../../../src/localnet/engine/invalid-transaction.ts";
import type { StateTree } from "../../../src/localnet/engine/state-tree.ts";
import { freeRao } from "../../../src/localnet/pallets/accounts.ts";
import { Account, Events } from "../../../src/localnet/pallets/system-storage.ts";
import { toHex } from "../../../src/localnet/scale/bytes.ts";
import {
  alice,
  bob,
  type ExtrinsicOptions,
  extrinsic,
  key,
  mine,
  must,
  START_MS,
  secretOf,
  TAO,
  testChain,
  testSubnet,
} from "./harness.ts";

const transferTo = (to: string, rao: bigint) => ({ dest: { type: "Id", value: to }, value: rao });
const transfer = (chain: Chain, options: ExtrinsicOptions, rao = TAO): Uint8Array =>
  extrinsic(chain, "Alice", "Balances", "transfer_keep_alive", transferTo(bob, rao), options);

/** Why the pool refuses, in its own words. */
function refusal(chain: Chain, bytes: Uint8Array): string {
  try {
    chain.submit(bytes);
    return "accepted";
  } catch (thrown) {
    if (!(thrown instanceof InvalidTransaction)) throw thrown;
    return `${thrown.code} ${thrown.detail}`;
  }
}

describe("a signed extrinsic", () => {
  it("moves the money, raises the nonce, burns the fee and reports success last", () => {
    const chain = testChain();
    chain.submit(transfer(chain, { nonce: 0 }));
    const before = { alice: freeRao(chain.head.tree, alice), bob: freeRao(chain.head.tree, bob) };
    const block = chain.produce();
    const fee = before.alice - freeRao(block.tree, alice) - TAO;
    expect(freeRao(block.tree, bob) - before.bob).toBe(TAO);
    expect(fee).toBeGreaterThan(100_000n);
    expect(Account.get(block.tree, alice).nonce).toBe(1);
    const names = (Events.get(block.tree) as { event: { type: string; value: { type: string } } }[]).map(
      ({ event }) => `${event.type}.${event.value.type}`,
    );
    expect(names).toEqual([
      "System.ExtrinsicSuccess",
      "Balances.Withdraw",
      "Balances.Transfer",
      "TransactionPayment.TransactionFeePaid",
      "System.ExtrinsicSuccess",
    ]);
  });

  it("that fails leaves fee and nonce behind and nothing else", () => {
    const chain = testChain();
    chain.submit(transfer(chain, { nonce: 0 }, 10_000_000n * TAO));
    const outcomes: (string | undefined)[] = [];
    chain.listen({ block: (_, made) => outcomes.push(...made.outcomes.map(({ failure }) => failure?.message)) });
    const block = chain.produce();
    expect(outcomes).toEqual(["Token.FundsUnavailable"]);
    expect(Account.get(block.tree, alice).nonce).toBe(1);
    expect(freeRao(block.tree, bob)).toBe(1_000_000n * TAO);
    expect(freeRao(block.tree, alice)).toBeLessThan(1_000_000n * TAO);
  });

  it.each<[string, ExtrinsicOptions, string]>([
    ["a wrong signature", { nonce: 0, tamper: true }, "1010 Transaction has a bad signature"],
    ["another chain's genesis", { nonce: 0, genesis: key(7) }, "1010 Transaction has a bad signature"],
    ["an era that has not begun", { nonce: 0, era: { type: "Mortal", period: 64, phase: 63 } }, "accepted"],
  ])("with %s: %#", (_, options, expected) => {
    const chain = testChain();
    mine(chain, 70);
    expect(refusal(chain, transfer(chain, options))).toBe(expected);
  });

  it("is refused as outdated once its nonce is used, and waits while it is ahead", () => {
    const chain = testChain();
    const first = transfer(chain, { nonce: 0 });
    const third = transfer(chain, { nonce: 2 });
    expect(refusal(chain, third)).toBe("accepted");
    expect(chain.hasReady).toBe(false);
    expect(refusal(chain, first)).toBe("accepted");
    expect(refusal(chain, first)).toBe("1013 Already Imported");
    chain.produce();
    expect(refusal(chain, first)).toBe("1010 Transaction is outdated");
    chain.submit(transfer(chain, { nonce: 1 }));
    expect(chain.produce().extrinsics).toHaveLength(3);
  });

  it("is replaced by one of the same nonce only for a higher tip", () => {
    const chain = testChain();
    chain.submit(transfer(chain, { nonce: 0 }));
    expect(refusal(chain, transfer(chain, { nonce: 0 }, 2n * TAO))).toMatch(/^1014/);
    expect(refusal(chain, transfer(chain, { nonce: 0, tip: 5n }, 2n * TAO))).toBe("accepted");
    const block = chain.produce();
    expect(freeRao(block.tree, bob)).toBe(1_000_002n * TAO);
  });

  it("of an empty account is refused before it costs anything, unless the call is free", () => {
    const chain = testChain();
    const poor = (call: string, pallet: string, args: unknown) =>
      extrinsic(chain, "Nobody", pallet, call, args, { nonce: 0 });
    expect(refusal(chain, poor("transfer_keep_alive", "Balances", transferTo(bob, 1n)))).toBe(
      "1010 Inability to pay some fees (e.g. account balance too low)",
    );
    expect(
      refusal(chain, poor("set_weights", "SubtensorModule", { netuid: 1, dests: [], weights: [], version_key: 0n })),
    ).toBe("accepted");
  });

  it.each([
    ["nothing", ""],
    ["half an extrinsic", "31028400d43593"],
    ["a length that lies", "ff028400"],
    ["a call that does not exist", "1804ff00000000"],
  ])("of %s is refused as malformed", (_, hex) => {
    expect(refusal(testChain(), Buffer.from(hex, "hex"))).toMatch(/^1002 Could not decode/);
  });

  it("that nobody signed is not accepted from outside", () => {
    expect(refusal(testChain(), Buffer.from("280402000b00a0b5a09b01", "hex"))).toBe(
      "1010 Transaction call is not expected",
    );
  });
});

describe("the chain", () => {
  const run = (): string[] => {
    const clock = { ms: START_MS };
    const chain = testChain(clock);
    testSubnet(chain);
    const hashes = [chain.genesisHash];
    for (let i = 0; i < 30; i++) {
      if (i % 3 === 0) chain.submit(transfer(chain, { nonce: i / 3 }));
      clock.ms += 250;
      hashes.push(chain.produce().hash);
    }
    return hashes;
  };

  it("makes the same hashes of the same genesis, extrinsics and clock", () => {
    expect(run()).toEqual(run());
  });

  it("goes on from a dump as if it had never stopped", () => {
    const clock = { ms: START_MS };
    const first = testChain(clock);
    testSubnet(first);
    mine(first, 25);
    const second = testChain(clock);
    second.load(JSON.parse(JSON.stringify(first.dump())));
    expect(second.head.hash).toBe(first.head.hash);
    expect(second.genesisHash).toBe(first.genesisHash);
    expect(second.hashOf(3)).toBe(first.hashOf(3));
    mine(first, 25);
    mine(second, 25);
    expect(second.head.hash).toBe(first.head.hash);
  });

  it("comes back to a snapshot and makes the same blocks again", () => {
    const chain = testChain();
    testSubnet(chain);
    mine(chain, 5);
    const snapshot = chain.snapshot();
    mine(chain, 20);
    const hash = chain.head.hash;
    chain.revert(snapshot);
    expect(chain.head.header.number).toBe(5);
    expect(chain.hashOf(6)).toBeUndefined();
    expect(chain.block(hash)).toBeUndefined();
    mine(chain, 20);
    expect(chain.head.hash).toBe(hash);
  });

  it("answers for every state within its history exactly as it was, patches and jumps included", () => {
    const chain = testChain({ ms: START_MS }, 20);
    testSubnet(chain);
    const entries = (tree: StateTree | undefined) => tree && [...tree.entries()];
    const asTheyWere: (readonly [string, ReturnType<typeof entries>])[] = [];
    for (let i = 0; i < 40; i++) {
      if (i % 5 === 0) chain.submit(transfer(chain, { nonce: i / 5 }));
      const { hash } = chain.produce(12_000, i === 30 ? 5_000_000 : undefined);
      if (i % 7 === 0) chain.patch(({ state }) => state.set("aa", Uint8Array.of(i)));
      if (i % 7 === 1) chain.patch(({ state }) => state.delete("aa"));
      asTheyWere.push([hash, entries(chain.head.tree)]);
    }
    const [kept, gone] = [asTheyWere.slice(-20), asTheyWere.slice(0, -21)];
    for (const [hash, expected] of kept) expect(entries(chain.block(hash)?.tree)).toEqual(expected);
    for (const [hash] of gone) expect(chain.block(hash)).toMatchObject({ hash, tree: undefined });
  });

  it("keeps header and body of every block when its state is gone", () => {
    const chain = testChain({ ms: START_MS }, 10);
    chain.submit(transfer(chain, { nonce: 0 }));
    const made = Array.from({ length: 30 }, () => chain.produce(12_000));
    chain.produce(12_000, 70_000);
    for (const { header, hash, extrinsics, timestampMs } of made) {
      expect(chain.block(hash)).toMatchObject({ header, hash, extrinsics, timestampMs });
      expect(headerHash(header)).toBe(hash);
      expect(chain.hashOf(header.number)).toBe(hash);
    }
    expect(chain.head.header.parentHash).toBe(made.at(-1)?.hash);
    expect(chain.hashOf(69_999)).toBeUndefined();
    expect(chain.block(chain.genesisHash)?.tree).toBeDefined();
  });

  it("warps time forward without making blocks", () => {
    const clock = { ms: START_MS };
    const chain = testChain(clock);
    chain.produce();
    chain.warp(3_600_000);
    expect(chain.head.header.number).toBe(1);
    expect(chain.produce().timestampMs).toBe(START_MS + 3_600_000);
    clock.ms += 10;
    expect(chain.produce().timestampMs).toBe(START_MS + 3_600_010);
  });

  it("never makes two blocks at one time", () => {
    const chain = testChain();
    const times = Array.from({ length: 5 }, () => chain.produce().timestampMs);
    expect(times).toEqual(times.map((_, i) => START_MS + i));
  });
});

describe("batches and sudo", () => {
  const calls = (chain: Chain, ...rao: bigint[]) => ({
    calls: rao.map((amount) => ({
      type: "Balances",
      value: { type: "transfer_keep_alive", value: transferTo(key(5), amount) },
    })),
    chain,
  });
  const got = (chain: Chain): bigint => freeRao(chain.head.tree, key(5));
  const TOO_MUCH = 5_000_000n * TAO;

  it("batch keeps what came before the first failure", () => {
    const chain = testChain();
    must(chain, alice, "Utility.batch", calls(chain, TAO, TOO_MUCH, TAO));
    expect(got(chain)).toBe(TAO);
  });
  it("batch_all keeps nothing", () => {
    const chain = testChain();
    expect(() => must(chain, alice, "Utility.batch_all", calls(chain, TAO, TOO_MUCH, TAO))).toThrow("FundsUnavailable");
    expect(got(chain)).toBe(0n);
  });
  it("force_batch keeps everything but the failures", () => {
    const chain = testChain();
    must(chain, alice, "Utility.force_batch", calls(chain, TAO, TOO_MUCH, TAO));
    expect(got(chain)).toBe(2n * TAO);
  });
  it("sudo is Alice's alone, and succeeds while the call inside it fails", () => {
    const chain = testChain();
    const inner = { type: "AdminUtils", value: { type: "sudo_set_tempo", value: { netuid: 9, tempo: 1 } } };
    must(chain, alice, "Sudo.sudo", { call: inner });
    expect(() => must(chain, bob, "Sudo.sudo", { call: inner })).toThrow("Sudo.RequireSudo");
  });
  it("an unknown call fails honestly", () => {
    const chain = testChain();
    chain.patch((execution) => {
      const failure = execution.dispatch({ type: "root" }, { pallet: "System", name: "set_code", args: {} });
      expect(failure).toBeInstanceOf(DispatchError);
    });
  });
});

it("an account's public key is the one everybody knows", () => {
  expect(alice).toBe("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
  expect(bob).toBe("0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");
  expect(toHex(getPublicKey(secretOf("Alice")))).toBe(alice);
});
