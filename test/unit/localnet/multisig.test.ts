import { describe, expect, it } from "vitest";
import { schema } from "../../../src/localnet/engine/schema.ts";
import { freeRao } from "../../../src/localnet/pallets/accounts.ts";
import { Account } from "../../../src/localnet/pallets/system-storage.ts";
import { toHex } from "../../../src/localnet/scale/bytes.ts";
import { blake2_256 } from "../../../src/localnet/scale/hashers.ts";
import { alice, bob, key, mine, must, perform, TAO, testChain } from "./harness.ts";

const carol = key(200);
const id = (account: string) => ({ type: "Id", value: account });
const call = { type: "Balances", value: { type: "transfer_keep_alive", value: { dest: id(key(7)), value: 3n * TAO } } };
const call_hash = blake2_256(schema.encode("RuntimeCall", call));
const max_weight = { ref_time: 10n ** 12n, proof_size: 10n ** 6n };
const others = (...accounts: string[]): string[] => accounts.sort();
/** As pallet_multisig derives it. */
const account = toHex(
  blake2_256(
    schema.encode("([u8; 16], Vec<AccountId32>, u16)", [
      Buffer.from("modlpy/utilisuba", "ascii"),
      others(alice, bob, carol),
      2,
    ]),
  ),
);

function funded() {
  const chain = testChain();
  must(chain, alice, "Balances.transfer_keep_alive", { dest: id(account), value: 10n * TAO });
  mine(chain, 1);
  return chain;
}
const first = { threshold: 2, other_signatories: others(bob, carol), maybe_timepoint: undefined, max_weight };

describe("multisig", () => {
  it("acts when enough have approved, and gives the deposit back", () => {
    const chain = funded();
    must(chain, alice, "Multisig.approve_as_multi", { ...first, call_hash });
    expect(Account.get(chain.head.tree, alice).data.reserved).toBe(196_000_000n);
    const when = { height: chain.head.header.number, index: 0 };
    const second = { threshold: 2, other_signatories: others(alice, carol), maybe_timepoint: when, max_weight, call };
    expect(perform(chain, bob, "Multisig.as_multi", { ...second, maybe_timepoint: undefined })).toBe(
      "Multisig.NoTimepoint",
    );
    const late = { ...when, height: 99 };
    expect(perform(chain, bob, "Multisig.as_multi", { ...second, maybe_timepoint: late })).toBe(
      "Multisig.WrongTimepoint",
    );
    const weak = { ref_time: 1n, proof_size: 1n };
    expect(perform(chain, bob, "Multisig.as_multi", { ...second, max_weight: weak })).toBe("Multisig.MaxWeightTooLow");
    must(chain, bob, "Multisig.as_multi", second);
    expect(freeRao(chain.head.tree, key(7))).toBe(3n * TAO);
    expect(Account.get(chain.head.tree, alice).data.reserved).toBe(0n);
  });

  it("is taken back by whoever began it", () => {
    const chain = funded();
    must(chain, alice, "Multisig.as_multi", { ...first, call });
    const timepoint = { height: chain.head.header.number, index: 0 };
    expect(
      perform(chain, alice, "Multisig.approve_as_multi", { ...first, call_hash, maybe_timepoint: timepoint }),
    ).toBe("Multisig.AlreadyApproved");
    const cancel = { threshold: 2, timepoint, call_hash };
    const byBob = { ...cancel, other_signatories: others(alice, carol) };
    expect(perform(chain, bob, "Multisig.cancel_as_multi", byBob)).toBe("Multisig.NotOwner");
    must(chain, alice, "Multisig.cancel_as_multi", { ...cancel, other_signatories: others(bob, carol) });
    expect(perform(chain, bob, "Multisig.cancel_as_multi", byBob)).toBe("Multisig.NotFound");
    expect(Account.get(chain.head.tree, alice).data.reserved).toBe(0n);
  });

  it.each([
    ["one alone", { threshold: 1 }, "Multisig.MinimumThreshold"],
    ["nobody else", { other_signatories: [] }, "Multisig.TooFewSignatories"],
    ["out of order", { other_signatories: others(bob, carol).reverse() }, "Multisig.SignatoriesOutOfOrder"],
    ["the sender twice", { other_signatories: others(alice, bob) }, "Multisig.SenderInSignatories"],
    ["a time before there was any", { maybe_timepoint: { height: 1, index: 0 } }, "Multisig.UnexpectedTimepoint"],
  ])("refuses %s", (_, change, expected) => {
    expect(perform(funded(), alice, "Multisig.as_multi", { ...first, call, ...change })).toBe(expected);
  });
});
