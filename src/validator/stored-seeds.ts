import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { SeedChain } from "../mechanism/draws-seeds.ts";
import type { ValidatorStore } from "../store/validator-store.ts";

const LAST = "seed.last";
const LENGTH = "seed.length";
const ANCHOR = "seed.anchor";

export const toHex = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;
export const fromHex = (hex: string): Uint8Array => hexToBytes(hex.replace(/^0x/, ""));

/** The chain of seeds that a store keeps, if it has one. */
export function keptSeeds(store: ValidatorStore): SeedChain | undefined {
  const last = store.meta(LAST);
  return last === undefined ? undefined : new SeedChain(fromHex(last), Number(store.meta(LENGTH)));
}

/** Gives a store its chain of seeds, once. */
export function keepSeeds(store: ValidatorStore, last: Uint8Array, length: number): SeedChain {
  store.step(() => {
    store.setMeta(LAST, toHex(last));
    store.setMeta(LENGTH, String(length));
  });
  return new SeedChain(last, length);
}

/** The end of a store's chain of seeds, 0x hex; computed once, since the whole chain must be walked for it. */
export function keptAnchor(store: ValidatorStore, seeds: SeedChain): string {
  const kept = store.meta(ANCHOR);
  if (kept !== undefined) return kept;
  const anchor = toHex(seeds.anchor());
  store.setMeta(ANCHOR, anchor);
  return anchor;
}

/** Reveals seeds of settled intervals from a store, without a running validator. @throws RangeError if it has none. */
export function storedSeeds(store: ValidatorStore): (n: number) => string {
  const chain = keptSeeds(store);
  return (n) => {
    if (chain === undefined) throw new RangeError("this store has no seeds");
    return toHex(chain.at(n));
  };
}

/** The end of the chain of seeds, once it was made. */
export const storedAnchor = (store: ValidatorStore): string | undefined => store.meta(ANCHOR);
