import { type Authenticated, AuthFailure, type RawRequest, verifyRequest } from "../protocol/auth.ts";
import { ReplayGuard } from "../protocol/replay-guard.ts";
import type { Core } from "./core.ts";
import { addressKey, Limiter } from "./limiter.ts";
import { Refusal } from "./refusal.ts";

/** What a signature that proves nothing costs its address, in requests: checking one takes two thousandths of a second. */
const BAD_SIGNATURE_COST = 20;

/** What it costs an address to send a hotkey that nobody knows: its signature is checked, and the chain may be asked. */
const NEWCOMER_COST = 20;

/**
 * Decides who is heard. Cheap questions first: limits per address before any signature is looked at, then whether the
 * hotkey is registered at all; limits per hotkey count verified requests only, else anybody could lock a miner out.
 */
export class Admission {
  readonly #core: Core;
  readonly #addresses: Limiter;
  readonly #hotkeys: Limiter;
  readonly #replay = new ReplayGuard();

  constructor(core: Core) {
    const { perAddressPerSecond, perHotkeyPerSecond } = core.settings;
    this.#core = core;
    this.#addresses = new Limiter(perAddressPerSecond, 4 * perAddressPerSecond);
    this.#hotkeys = new Limiter(perHotkeyPerSecond, 6 * perHotkeyPerSecond);
  }

  /** Counts a request by where it comes from. @throws Refusal `too-many-requests` */
  address(address: string, cost = 1): void {
    if (!this.#addresses.take(addressKey(address), this.#core.clock.nowMs(), cost)) {
      throw new Refusal("too-many-requests", "Too many requests from this address; wait a few seconds.");
    }
  }

  /**
   * Before the body is read, where somebody may be new: the claim of an unknown hotkey is let through, at a price, as
   * long as the chain may be asked about it.
   *
   * @throws Refusal
   */
  claimOrNew(hotkey: string, address: string): void {
    const { clock, membership, settings } = this.#core;
    if (membership.neuron(hotkey) !== undefined || !membership.mayLookAgain(settings.newcomerMs)) this.claim(hotkey);
    else this.#addresses.charge(addressKey(address), clock.nowMs(), NEWCOMER_COST);
  }

  /** Before the body is read: whether the hotkey it claims may play at all. @throws Refusal */
  claim(hotkey: string): void {
    const { membership, hotkey: own } = this.#core;
    if (hotkey === own || membership.isOwn(hotkey)) {
      throw new Refusal("own-hotkey", "The validator's own hotkeys do not play.");
    }
    if (membership.neuron(hotkey) === undefined) {
      throw new Refusal("not-registered", "This hotkey is not registered in the subnet.");
    }
  }

  /**
   * Proves who sent a request, and that it is sent the first time. A hotkey that proves itself and is not in the copy of
   * the metagraph may have been registered since: the chain is asked again, seldom.
   *
   * @throws AuthFailure or Refusal
   */
  async verify(request: RawRequest, rawHeaders: readonly string[], address: string): Promise<Authenticated> {
    const { clock, hotkey, membership, settings } = this.#core;
    let who: Authenticated;
    try {
      who = verifyRequest(request, rawHeaders, hotkey, clock.nowNs());
    } catch (error) {
      if (error instanceof AuthFailure && error.code === "auth-bad-signature") {
        this.#addresses.charge(addressKey(address), clock.nowMs(), BAD_SIGNATURE_COST);
      }
      throw error;
    }
    this.#replay.admit(who.hotkey, who.nonceNs, clock.nowNs());
    await membership.lookFor(who.hotkey, settings.newcomerMs);
    this.claim(who.hotkey);
    this.hotkey(who.hotkey);
    return who;
  }

  /** Counts a request that is proven to be a hotkey's. @throws Refusal `too-many-requests` */
  hotkey(hotkey: string): void {
    if (!this.#hotkeys.take(hotkey, this.#core.clock.nowMs())) {
      throw new Refusal("too-many-requests", "Too many requests from this hotkey; send votes together.");
    }
  }
}
