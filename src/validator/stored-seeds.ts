import { SeedChain } from "../mechanism/draws-seeds.ts";
import type { ValidatorStore } from "../store/validator-store.ts";
import { fromHex, SEED_META, toHex } from "./core.ts";

/** Reveals seeds of settled intervals from a store, without a running validator. @throws RangeError if it has none. */
export function storedSeeds(store: ValidatorStore): (n: number) => string {
  const last = store.meta(SEED_META);
  if (last === undefined) {
    return () => {
      throw new RangeError("this store has no seeds");
    };
  }
  const chain = new SeedChain(fromHex(last));
  return (n) => toHex(chain.at(n));
}

/** The end of the chain of seeds, once it was made. */
export const storedAnchor = (store: ValidatorStore): string | undefined => store.meta("seed.anchor");
