import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Random } from "../base/random.ts";

/**
 * All draws of one interval: for each decision a stream of its own, named by a label, so that no decision shifts
 * another and each can be recomputed alone.
 */
export class Draws {
  readonly #keyed: ReturnType<typeof hmac.create>;

  /** @param key - 32 bytes, of `drawKey`. @throws RangeError on another length. */
  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new RangeError(`a draw key has 32 bytes, not ${key.length}`);
    this.#keyed = hmac.create(sha256, key);
  }

  /** HMAC-SHA256(key, label in UTF-8): 32 bytes. */
  bytes(label: string): Uint8Array {
    return this.#keyed.clone().update(utf8ToBytes(label)).digest();
  }

  /** Block i of the stream is HMAC-SHA256(key, label ‖ "#" ‖ i in decimal), read as eight big-endian words. */
  stream(label: string): Random {
    let block = new Uint8Array(0);
    let view = new DataView(block.buffer);
    let counter = 0;
    let offset = 0;
    return {
      uint32: () => {
        if (offset === block.length) {
          block = Uint8Array.from(this.bytes(`${label}#${counter++}`));
          view = new DataView(block.buffer);
          offset = 0;
        }
        offset += 4;
        return view.getUint32(offset - 4);
      },
    };
  }

  /**
   * Items in an order drawn for `label`: by HMAC(key, label ‖ "/" ‖ name). Leaving one item out moves no other, so
   * whoever decides who is on the list cannot steer the rest.
   *
   * @param name - Distinct for distinct items.
   */
  ordered<T>(label: string, items: readonly T[], name: (item: T) => string): T[] {
    return items
      .map((item) => ({ item, tag: bytesToHex(this.bytes(`${label}/${name(item)}`)) }))
      .sort((a, b) => (a.tag < b.tag ? -1 : 1))
      .map(({ item }) => item);
  }
}
