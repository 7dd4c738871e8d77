import { HASH_HIGH, HASH_LOW } from "./layout";

let seed: u32 = 0;

export function seedIds(value: u32): void {
  seed = value;
}

/** The fingerprint of an ASCII id, as `hashId` on the other side makes it. */
export function hashId(from: usize, to: usize): void {
  let high: u32 = 0xdeadbeef ^ seed;
  let low: u32 = 0x41c6ce57 ^ seed;
  for (let at = from; at < to; at++) {
    const code = u32(load<u8>(at));
    high = (high ^ code) * 0x9e3779b1;
    low = (low ^ code) * 0x5f356495;
  }
  high = ((high ^ (high >> 16)) * 0x85ebca6b) ^ ((low ^ (low >> 13)) * 0xc2b2ae35);
  low = ((low ^ (low >> 16)) * 0x85ebca6b) ^ ((high ^ (high >> 13)) * 0xc2b2ae35);
  store<u32>(HASH_HIGH, high);
  store<u32>(HASH_LOW, low);
}
