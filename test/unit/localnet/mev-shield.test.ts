import { createPublicKey, encapsulate, randomBytes } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { describe, expect, it } from "vitest";
import { ChainClient } from "../../../src/chain/client.ts";
import { extrinsicHash, signExtrinsic } from "../../../src/chain/extrinsic.ts";
import { parseNetwork } from "../../../src/chain/networks.ts";
import { systemClock } from "../../../src/cli/system-clock.ts";
import { openShield, shieldFault, shieldPublicKey } from "../../../src/localnet/pallets/shield-key.ts";
import { twox } from "../../../src/localnet/scale/twox.ts";
import { startLocalnet } from "../../../src/localnet/server.ts";
import { signerFromUri } from "../../../src/wallet/keyring.ts";

const SPKI = Buffer.from("308204b2300b0609608648016503040402038204a100", "hex");

/** Seals as bittensor-core's encrypt_mlkem768 does with the key's hash in front. */
function seal(message: Uint8Array): Uint8Array {
  const publicKey = shieldPublicKey();
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });
  const { sharedKey, ciphertext } = encapsulate(key);
  const size = Buffer.alloc(2);
  size.writeUInt16LE(ciphertext.length);
  const nonce = randomBytes(24);
  const body = xchacha20poly1305(sharedKey, nonce).encrypt(message);
  return new Uint8Array(Buffer.concat([twox(publicKey, 128), size, ciphertext, nonce, body]));
}

const message = new TextEncoder().encode("an extrinsic");
const changed = (at: number): Uint8Array => seal(message).map((byte, index) => (index === at ? byte ^ 1 : byte));

describe("the shield's key", () => {
  it("has ML-KEM-768's length and is the same in every run", () => {
    expect(shieldPublicKey()).toHaveLength(1_184);
    expect(shieldPublicKey()).toEqual(shieldPublicKey());
  });

  it("opens what was sealed to it", () => expect(openShield(seal(message))).toEqual(message));

  it.each([
    ["too short to hold a key", new Uint8Array(100), "parsing"],
    ["an encapsulation of another size", changed(17), "parsing"],
    ["the hash of another key", changed(3), "key-hash"],
    ["a broken encapsulation", changed(40), undefined],
    ["a broken tag", changed(1_140), undefined],
  ] as const)("does not open %s", (_, sealed, fault) => {
    expect(shieldFault(sealed)).toBe(fault);
    expect(openShield(sealed)).toBeUndefined();
  });
});

describe("a shielded extrinsic", () => {
  const [alice, bob] = [signerFromUri("//Alice"), signerFromUri("//Bob")];
  const sign = (client: ChainClient, pallet: string, name: string, args: Record<string, unknown>, nonce: number) =>
    signExtrinsic(client.runtime, client.runtime.call({ pallet, name, args }), alice, {
      nonce,
      genesis: client.genesis,
    }).hex;
  const sealed = (client: ChainClient, ciphertext: Uint8Array): string =>
    sign(client, "MevShield", "submit_encrypted", { ciphertext: `0x${Buffer.from(ciphertext).toString("hex")}` }, 0);

  it("lands right behind its carrier, in the carrier's block", async () => {
    await using localnet = await startLocalnet();
    await using client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
    const inner = sign(client, "Balances", "transfer_keep_alive", { dest: bob.address, value: 7n }, 1);
    const carrier = sealed(client, seal(new Uint8Array(Buffer.from(inner.slice(2), "hex"))));
    const before = (await client.balance(bob.address)).freeRao;
    await client.ask("author_submitExtrinsic", [carrier]);
    const { hash, number } = await client.head();
    const block = (await client.ask("chain_getBlock", [hash])) as { block: { extrinsics: string[] } };
    expect(number).toBe(1);
    expect(block.block.extrinsics.slice(1).map(extrinsicHash)).toEqual([carrier, inner].map(extrinsicHash));
    expect((await client.balance(bob.address)).freeRao - before).toBe(7n);
  });

  it.each([
    ["sealed to another key", changed(3), "Custom error: 24"],
    ["of no such shape", new Uint8Array(9), "Custom error: 23"],
  ])("%s is refused by the pool", async (_, ciphertext, detail) => {
    await using localnet = await startLocalnet();
    await using client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
    const answer = await client.ask("author_submitExtrinsic", [sealed(client, ciphertext)]).catch((e: unknown) => e);
    expect(JSON.stringify(answer, Object.getOwnPropertyNames(answer))).toContain(detail);
  });

  it("whose content is no extrinsic leaves its carrier alone in the block", async () => {
    await using localnet = await startLocalnet();
    await using client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
    await client.ask("author_submitExtrinsic", [sealed(client, seal(message))]);
    const { hash } = await client.head();
    const block = (await client.ask("chain_getBlock", [hash])) as { block: { extrinsics: string[] } };
    expect(block.block.extrinsics).toHaveLength(2);
  });
});
