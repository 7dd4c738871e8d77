import { getPublicKey, HDKD, secretFromSeed, sign } from "@scure/sr25519";
import { composeRuntime } from "../../../src/localnet/composition.ts";
import { devAccount } from "../../../src/localnet/dev-accounts.ts";
import { Chain } from "../../../src/localnet/engine/chain.ts";
import type { Origin } from "../../../src/localnet/engine/execution.ts";
import { signingPayload } from "../../../src/localnet/engine/extrinsic.ts";
import { schema } from "../../../src/localnet/engine/schema.ts";
import { genesis } from "../../../src/localnet/genesis.ts";
import { type Era, eraCodec } from "../../../src/localnet/runtime/era.ts";
import { ByteWriter, concatBytes, fromHex, toHex } from "../../../src/localnet/scale/bytes.ts";

export const TAO = 1_000_000_000n;
/** A fixed instant, so that every run makes the same blocks. */
export const START_MS = Date.UTC(2026, 0, 1);

export const alice = devAccount("Alice").account;
export const bob = devAccount("Bob").account;
/** An account that nobody has a key to. */
export const key = (n: number): string => toHex(new Uint8Array(32).fill(n));

/** A chain on a clock that the test owns, with Alice and Bob rich and Alice sudo. */
export function testChain(clock: { ms: number } = { ms: START_MS }, historyBlocks = 4_096): Chain {
  const { logic } = composeRuntime();
  return new Chain({
    logic,
    historyBlocks,
    nowMs: () => clock.ms,
    genesis: genesis({
      accounts: [alice, bob].map((account) => ({ account, freeRao: 1_000_000n * TAO })),
      sudo: alice,
    }),
  });
}

const signed = (who: string): Origin => ({ type: "signed", who });

/** Performs a call as somebody, outside of blocks. @returns "ok", or the name of the error. */
export function perform(
  chain: Chain,
  who: string | "root",
  call: string,
  args: Readonly<Record<string, unknown>>,
): string {
  const [pallet = "", name = ""] = call.split(".");
  let outcome = "ok";
  chain.patch((execution) => {
    const origin: Origin = who === "root" ? { type: "root" } : signed(who);
    outcome = execution.dispatch(origin, { pallet, name, args })?.message ?? "ok";
  });
  return outcome.replace(/^SubtensorModule\./, "");
}

/** Throws where a step of a test's setting does not succeed. */
export function must(chain: Chain, who: string | "root", call: string, args: Readonly<Record<string, unknown>>): void {
  const outcome = perform(chain, who, call, args);
  if (outcome !== "ok") throw new Error(`${call}: ${outcome}`);
}

export const mine = (chain: Chain, blocks: number): void => {
  for (let i = 0; i < blocks; i++) chain.produce(12_000);
};

export const OWNER_HOTKEY = key(1);

/** Subnet 1, started, tempo 10, commit-reveal off, no rate limit: Alice's. */
export function testSubnet(chain: Chain): number {
  must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
  must(chain, alice, "SubtensorModule.start_call", { netuid: 1 });
  must(chain, "root", "AdminUtils.sudo_set_tempo", { netuid: 1, tempo: 10 });
  must(chain, "root", "AdminUtils.sudo_set_commit_reveal_weights_enabled", { netuid: 1, enabled: false });
  must(chain, "root", "AdminUtils.sudo_set_weights_set_rate_limit", { netuid: 1, weights_set_rate_limit: 0n });
  return 1;
}

const chainCode = (name: string): Uint8Array => {
  const out = new Uint8Array(32);
  out.set([name.length << 2, ...Buffer.from(name)]);
  return out;
};
export const secretOf = (name: string): Uint8Array =>
  HDKD.secretHard(
    secretFromSeed(fromHex("0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e")),
    chainCode(name),
  );

export interface ExtrinsicOptions {
  readonly nonce: number;
  readonly era?: Era;
  readonly tip?: bigint;
  readonly tamper?: boolean;
  readonly genesis?: string;
}

/** A signed extrinsic whose randomness is fixed, so that the same call gives the same bytes. */
export function extrinsic(
  chain: Chain,
  name: string,
  pallet: string,
  call: string,
  args: unknown,
  options: ExtrinsicOptions,
): Uint8Array {
  const secret = secretOf(name);
  const callBytes = schema.encode("RuntimeCall", { type: pallet, value: { type: call, value: args } });
  const era = options.era ?? { type: "Immortal" };
  const extra = new ByteWriter();
  eraCodec.encode(extra, era);
  extra.compact(options.nonce);
  extra.compact(options.tip ?? 0n);
  extra.u8(0);
  const author = { extra: extra.finish(), era };
  const payload = signingPayload({ callBytes }, author, {
    genesisHash: options.genesis ?? chain.genesisHash,
    hashOf: (block) => chain.hashOf(block),
    current: chain.head.header.number,
  });
  if (payload === undefined) throw new Error("no birth block");
  const signature = sign(secret, payload, new Uint8Array(32).fill(9));
  if (options.tamper === true) signature[3] = (signature[3] ?? 0) ^ 1;
  const body = concatBytes(
    Uint8Array.of(0x84, 0),
    getPublicKey(secret),
    Uint8Array.of(1),
    signature,
    author.extra,
    callBytes,
  );
  const writer = new ByteWriter();
  writer.prefixed(body);
  return writer.finish();
}
