import type { Hotkey } from "../base/ids.ts";
import { AuthFailure, MAX_AGE_NS, MAX_SKEW_NS } from "./auth.ts";

/** How long nonces are remembered: at least twice the whole window in which one could be accepted. */
const RETENTION_NS = 2n * (MAX_AGE_NS + MAX_SKEW_NS);

/**
 * Remembers accepted nonces, so that no signed request works twice. Memory is bounded by the accepted requests of the
 * last 24 seconds; a clock that steps backwards cannot reopen the past, because forgetting follows the latest time seen.
 */
export class ReplayGuard {
  readonly #seen = new Map<Hotkey, Set<bigint>>();
  #latestNs = 0n;
  #sweptNs = 0n;

  /**
   * Admits a nonce once.
   *
   * @throws {@link AuthFailure} `auth-replayed` if it was admitted before, `auth-stale` if it is older than anything
   * that is still remembered (possible only after the clock stepped backwards).
   */
  admit(hotkey: Hotkey, nonceNs: bigint, nowNs: bigint): void {
    if (nowNs > this.#latestNs) this.#latestNs = nowNs;
    if (nonceNs < this.#latestNs - RETENTION_NS)
      throw new AuthFailure("auth-stale", "the nonce is older than the replay window");
    if (this.#latestNs - this.#sweptNs > MAX_AGE_NS) this.#sweep();
    const nonces = this.#seen.get(hotkey) ?? new Set<bigint>();
    if (nonces.has(nonceNs)) throw new AuthFailure("auth-replayed", "this nonce was already accepted from this hotkey");
    nonces.add(nonceNs);
    this.#seen.set(hotkey, nonces);
  }

  #sweep(): void {
    this.#sweptNs = this.#latestNs;
    for (const [hotkey, nonces] of this.#seen) {
      for (const nonce of nonces) if (nonce < this.#latestNs - RETENTION_NS) nonces.delete(nonce);
      if (nonces.size === 0) this.#seen.delete(hotkey);
    }
  }
}
