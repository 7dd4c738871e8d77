import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { Clock } from "../base/clock.ts";
import type { Hotkey } from "../base/ids.ts";
import type { Beacon, Signer } from "../base/ports.ts";
import { drawKey, SeedChain } from "../mechanism/draws-seeds.ts";
import { Draws } from "../mechanism/draws-stream.ts";
import type { IntervalRecord } from "../store/intervals.ts";
import type { ValidatorStore } from "../store/validator-store.ts";
import type { ValidatorEvents } from "./events.ts";
import type { Membership } from "./membership.ts";
import type { AnchorBoard, TaskSource, WeightsDoor } from "./ports.ts";
import { Progress } from "./progress.ts";
import type { ValidatorSettings } from "./settings.ts";

export interface CoreParts {
  readonly settings: ValidatorSettings;
  readonly store: ValidatorStore;
  readonly events: ValidatorEvents;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly membership: Membership;
  readonly beacon: Beacon;
  readonly door: WeightsDoor;
  readonly anchors: AnchorBoard;
  readonly source: TaskSource;
}

/** Under which the store keeps the secret end of the chain of seeds. */
export const SEED_META = "seed.last";
export const toHex = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;
export const fromHex = (hex: string): Uint8Array => hexToBytes(hex.replace(/^0x/, ""));

/** What every duty works with: the adapters, the store, the secret seeds, the time. Holds nothing that a restart needs. */
export class Core {
  readonly settings: ValidatorSettings;
  readonly store: ValidatorStore;
  readonly events: ValidatorEvents;
  readonly signer: Signer;
  readonly membership: Membership;
  readonly beacon: Beacon;
  readonly door: WeightsDoor;
  readonly anchors: AnchorBoard;
  readonly source: TaskSource;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly #seeds: SeedChain;
  #newestMs: number;
  #draws: { readonly n: number; readonly draws: Draws } | undefined;
  readonly #wakers = new Set<() => void>();
  #onAssigned: (hotkeys: readonly string[]) => void = () => undefined;

  /** @param lastSeed - 32 secret bytes for a store that has none yet; one that has keeps its own. */
  constructor(parts: CoreParts, lastSeed: Uint8Array) {
    this.settings = parts.settings;
    this.store = parts.store;
    this.events = parts.events;
    this.clock = parts.clock;
    this.signer = parts.signer;
    this.membership = parts.membership;
    this.beacon = parts.beacon;
    this.door = parts.door;
    this.anchors = parts.anchors;
    this.source = parts.source;
    this.progress = new Progress(parts.store);
    const kept = parts.store.meta(SEED_META);
    if (kept === undefined) parts.store.setMeta(SEED_META, toHex(lastSeed));
    this.#seeds = new SeedChain(kept === undefined ? lastSeed : fromHex(kept));
    this.#newestMs = parts.store.rounds.newestMs();
  }

  get hotkey(): Hotkey {
    return this.signer.address as Hotkey;
  }

  /** The time, never earlier than anything that is stored: a clock that steps back cannot put votes before their task. */
  nowMs(): number {
    this.#newestMs = Math.max(this.#newestMs, this.clock.nowMs());
    return this.#newestMs;
  }

  /** @throws RangeError past the end of the chain of seeds. */
  seed(n: number): Uint8Array {
    return this.#seeds.at(n);
  }

  /** The revealed seed as logs have it. */
  seedHex(n: number): string {
    return toHex(this.seed(n));
  }

  anchor(): string {
    const kept = this.store.meta("seed.anchor");
    if (kept !== undefined) return kept;
    const anchor = toHex(this.#seeds.anchor());
    this.store.setMeta("seed.anchor", anchor);
    return anchor;
  }

  /** The draws of an interval whose beacon is known. */
  draws(interval: IntervalRecord): Draws {
    if (interval.beacon === null) throw new RangeError(`interval ${interval.n} has no beacon yet`);
    if (this.#draws?.n !== interval.n) {
      this.#draws = { n: interval.n, draws: new Draws(drawKey(this.seed(interval.n), fromHex(interval.beacon))) };
    }
    return this.#draws.draws;
  }

  /** Makes the duties look again, now. */
  wake(): void {
    for (const listener of this.#wakers) listener();
  }

  /** Calls back at every {@link wake} until unsubscribed. */
  onWake(listener: () => void): () => void {
    this.#wakers.add(listener);
    return () => this.#wakers.delete(listener);
  }

  /** New assignments are stored for these hotkeys: whoever of them is waiting gets its answer. */
  assigned(hotkeys: readonly string[]): void {
    this.#onAssigned(hotkeys);
  }

  onAssigned(listener: (hotkeys: readonly string[]) => void): void {
    this.#onAssigned = listener;
  }
}
