/**
 * Token buckets by key: each key may spend `perSecond` tokens a second and saves up to `burst`. Memory is bounded: the
 * key unused for longest is forgotten first.
 */
export class Limiter {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #most: number;
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(perSecond: number, burst: number, most = 20_000) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#most = most;
  }

  /** Spends `cost` tokens of a key. @returns False, spending nothing, if it has not got them. */
  take(key: string, nowMs: number, cost = 1): boolean {
    const bucket = this.#bucket(key, nowMs);
    if (bucket.tokens < cost) return false;
    bucket.tokens -= cost;
    return true;
  }

  /** Takes tokens that may go below zero: the price of something that turned out to be hostile. */
  charge(key: string, nowMs: number, cost: number): void {
    const bucket = this.#bucket(key, nowMs);
    bucket.tokens = Math.max(-this.#burst, bucket.tokens - cost);
  }

  #bucket(key: string, nowMs: number): { tokens: number; atMs: number } {
    const known = this.#buckets.get(key);
    if (known !== undefined) {
      const passed = Math.max(0, nowMs - known.atMs);
      known.tokens = Math.min(this.#burst, known.tokens + (passed / 1_000) * this.#perSecond);
      known.atMs = nowMs;
      // Youngest last: Map keeps insertion order, so the first key is the one unused for longest.
      this.#buckets.delete(key);
      this.#buckets.set(key, known);
      return known;
    }
    if (this.#buckets.size >= this.#most) {
      const oldest = this.#buckets.keys().next();
      if (oldest.done !== true) this.#buckets.delete(oldest.value);
    }
    const fresh = { tokens: this.#burst, atMs: nowMs };
    this.#buckets.set(key, fresh);
    return fresh;
  }
}

/** What an address counts as: an IPv6 network of 64 bits belongs to one customer. */
export function addressKey(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (v4?.[1] !== undefined) return v4[1];
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups =
    tail === undefined ? front : [...front, ...Array(Math.max(0, 8 - front.length - back.length)).fill("0"), ...back];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
