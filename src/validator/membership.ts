import type { Clock } from "../base/clock.ts";
import { ColosseumError, messageOf } from "../base/errors.ts";
import type { ValidatorEvents } from "./events.ts";
import type { SubnetNeuron, SubnetSnapshot, SubnetView } from "./ports.ts";

/**
 * Who is registered, by hotkey: a copy of the metagraph that is asked again now and then. While the chain is away the
 * last copy goes on being used, and it is said once that it is old.
 */
export class Membership {
  readonly #view: SubnetView;
  readonly #events: ValidatorEvents;
  readonly #clock: Clock;
  readonly #own: string;
  #snapshot: SubnetSnapshot | undefined;
  #byHotkey: ReadonlyMap<string, SubnetNeuron> = new Map();
  #fetchedMs = Number.NEGATIVE_INFINITY;
  #askedMs = Number.NEGATIVE_INFINITY;
  /** A look for a newcomer that is under way: all who come meanwhile wait for the same answer. */
  #looking: Promise<boolean> | undefined;
  #stale = false;
  /** Whether the validator itself was registered when last looked; undefined before the first look. */
  #registered: boolean | undefined;

  /** @param own - The validator's hotkey. */
  constructor(view: SubnetView, own: string, clock: Clock, events: ValidatorEvents) {
    this.#view = view;
    this.#own = own;
    this.#clock = clock;
    this.#events = events;
  }

  get snapshot(): SubnetSnapshot | undefined {
    return this.#snapshot;
  }

  neuron(hotkey: string): SubnetNeuron | undefined {
    return this.#byHotkey.get(hotkey);
  }

  /** Whether a hotkey belongs to the validator's owner; such a one never plays. */
  isOwn(hotkey: string): boolean {
    if (hotkey === this.#own) return true;
    const own = this.#byHotkey.get(this.#own)?.coldkey;
    return own !== undefined && this.#byHotkey.get(hotkey)?.coldkey === own;
  }

  /** Whether the copy is younger than `ms`. */
  isFresh(ms: number): boolean {
    return this.#clock.nowMs() - this.#fetchedMs < ms;
  }

  /** Whether the chain may be asked for a hotkey that is not in the copy: never twice within `everyMs`, nor while it is away. */
  mayLookAgain(everyMs: number): boolean {
    return this.#looking !== undefined || (!this.#stale && this.#clock.nowMs() - this.#askedMs >= everyMs);
  }

  /** Asks the chain again for a hotkey that is not in the copy, if it may. The caller has proof that the hotkey asks. */
  async lookFor(hotkey: string, everyMs: number): Promise<void> {
    if (this.#byHotkey.has(hotkey) || !this.mayLookAgain(everyMs)) return;
    this.#looking ??= this.refresh().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  #lookAtOwn(): void {
    const own = this.#byHotkey.get(this.#own);
    const before = this.#registered;
    this.#registered = own !== undefined;
    if (before === true && own === undefined) this.#events.emit({ type: "deregistered" });
    if (before === false && own !== undefined) this.#events.emit({ type: "registered", uid: own.uid });
  }

  /** Asks the chain. @returns False if it did not answer; then the old copy stays. */
  async refresh(signal?: AbortSignal): Promise<boolean> {
    this.#askedMs = this.#clock.nowMs();
    try {
      const snapshot = await this.#view.fetch(signal);
      this.#snapshot = snapshot;
      this.#byHotkey = new Map(snapshot.neurons.map((neuron) => [neuron.hotkey, neuron]));
      this.#fetchedMs = this.#clock.nowMs();
      if (this.#stale) this.#events.emit({ type: "chain-back" });
      this.#stale = false;
      this.#lookAtOwn();
      return true;
    } catch (error) {
      if (!this.#stale) {
        const code = error instanceof ColosseumError ? error.code : "bug";
        this.#events.emit({ type: "chain-stale", code, message: messageOf(error) });
      }
      this.#stale = true;
      return false;
    }
  }
}
