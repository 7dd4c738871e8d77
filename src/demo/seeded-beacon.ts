import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Beacon } from "../base/ports.ts";

/**
 * A beacon that anybody with the seed can foretell, for runs that must repeat. Its height never moves by itself: every
 * height exists at once, so nothing in a log depends on when it was asked.
 */
export const seededBeacon = (seed: string): Beacon => ({
  height: () => Promise.resolve(0),
  valueAt: (height) => Promise.resolve(sha256(utf8ToBytes(`colosseum demo/${seed}/beacon/${height}`))),
});
