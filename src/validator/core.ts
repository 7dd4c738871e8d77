import type { Clock } from "../base/clock.ts";
import type { Hotkey } from "../base/ids.ts";
import type { Beacon, Signer } from "../base/ports.ts";
import { drawKey, SEED_CHAIN_LENGTH, type SeedChain } from "../mechanism/draws-seeds.ts";
import { Draws } from "../mechanism/draws-stream.ts";
import type { IntervalRecord } from "../store/intervals.ts";
import type { ValidatorStore } from "../store/validator-store.ts";
import type { ValidatorEvents } from "./events.ts";
import type { Membership } from "./membership.ts";
import type { AnchorBoard, TaskSource, WeightsDoor } from "./ports.ts";
import { Progress } from "./progress.ts";
import type { ValidatorSettings } from "./settings.ts";
import { fromHex, keepSeeds, keptAnchor, keptSeeds, toHex } from "./stored-seeds.ts";

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

  /**
   * @param lastSeed - 32 secret bytes for a store that has none yet; one that has keeps its own.
   * @param seeds - How many intervals they serve; a store keeps that too.
   */
  constructor(parts: CoreParts, lastSeed: Uint8Array, seeds: number = SEED_CHAIN_LENGTH) {
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
    this.#seeds = keptSeeds(parts.store) ?? keepSeeds(parts.store, lastSeed, seeds);
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

  /** The end of the chain of seeds, 0x hex. */
  anchor(): string {
    return keptAnchor(this.store, this.#seeds);
  }

  /** Whether there is a seed for an interval of this number. */
  hasSeed(n: number): boolean {
    return n < this.#seeds.length;
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
