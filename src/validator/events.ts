import type { MechanismFact } from "../base/ports.ts";
import type { TaskKind } from "../mechanism/task-log.ts";
import type { WeightEntry } from "../store/settlements.ts";

/** What an event is about, without its time. */
export type ValidatorFact =
  /** What a start found under way in its store; said once, before anything else. */
  | {
      readonly type: "resumed";
      readonly interval: number;
      readonly state: string;
      /** The round that is not over; its times are those that it was opened with. */
      readonly round: {
        readonly n: number;
        readonly state: string;
        readonly tasks: number;
        readonly endsAt: string | null;
      } | null;
    }
  | { readonly type: "interval-waiting"; readonly interval: number; readonly beaconHeight: number }
  | {
      readonly type: "interval-opened";
      readonly interval: number;
      readonly commitment: string;
      readonly beacon: string;
    }
  | { readonly type: "checked-in"; readonly hotkey: string; readonly roles: readonly string[]; readonly again: boolean }
  /** Fewer miners than a round needs; said once until it changes. */
  | {
      readonly type: "waiting-for-miners";
      readonly interval: number;
      readonly checkedIn: number;
      readonly needed: number;
    }
  /** The fewest are here; more are awaited for a moment before the round is drawn. */
  | { readonly type: "gathering"; readonly interval: number; readonly miners: number; readonly until: string }
  | {
      readonly type: "round-opened";
      readonly interval: number;
      readonly round: number;
      readonly tasks: number;
      readonly miners: number;
      readonly generateUntil: string;
    }
  | {
      readonly type: "task-opened";
      readonly task: string;
      readonly interval: number;
      readonly round: number;
      readonly kind: TaskKind;
      readonly taskType: string;
      readonly generators: readonly string[];
      readonly negative: string | null;
      /** How many will be invited to vote. */
      readonly voters: number;
    }
  | {
      readonly type: "completion";
      readonly task: string;
      readonly hotkey: string;
      readonly bytes: number;
      readonly again: boolean;
    }
  | {
      readonly type: "voting-opened";
      readonly interval: number;
      readonly round: number;
      readonly tasks: readonly string[];
      readonly votingEnds: string;
    }
  | { readonly type: "vote"; readonly task: string; readonly hotkey: string; readonly again: boolean }
  | { readonly type: "task-void"; readonly task: string; readonly kind: TaskKind; readonly reason: string }
  | {
      readonly type: "task-scored";
      readonly task: string;
      readonly kind: TaskKind;
      readonly votes: number;
      readonly earned: readonly {
        readonly hotkey: string;
        readonly role: string;
        readonly earned: number;
        readonly reason: string;
      }[];
    }
  /** The open interval's sums after a round. */
  | { readonly type: "scores"; readonly interval: number; readonly scores: Readonly<Record<string, number>> }
  | {
      readonly type: "interval-settled";
      readonly interval: number;
      readonly tasks: number;
      readonly votes: number;
      readonly scores: Readonly<Record<string, number>>;
    }
  | { readonly type: "weights-sent"; readonly interval: number; readonly extrinsic: string; readonly atBlock: number }
  | {
      readonly type: "weights-set";
      readonly interval: number;
      readonly block: number;
      readonly extrinsic: string;
      readonly mode: string;
      readonly verified: boolean;
      readonly weights: readonly WeightEntry[];
    }
  /** Weights committed by hash were opened. */
  | {
      readonly type: "weights-revealed";
      readonly block: number;
      readonly extrinsic: string;
      readonly verified: boolean;
    }
  /** No weights for this interval: nobody scored, or a newer settlement was there first. */
  | { readonly type: "weights-held"; readonly interval: number; readonly reason: "nobody-scored" | "superseded" }
  /** The chain said no, or did not answer; `retryAt` null: not again. */
  | {
      readonly type: "weights-refused";
      readonly interval: number;
      readonly code: string;
      readonly message: string;
      readonly retryAt: string | null;
    }
  /** A request that was refused; counted always, an event only the first time per kind, sender and minute. */
  | { readonly type: "refused"; readonly code: string; readonly hotkey: string | null; readonly address: string }
  /** `code`: of the chain's error; `chain.subnet-not-exists` where the chain answers and the subnet is gone. */
  | { readonly type: "chain-stale"; readonly code: string; readonly message: string }
  | { readonly type: "chain-back" }
  /** The validator's hotkey lost its place in the subnet, or has one again. */
  | { readonly type: "deregistered" }
  | { readonly type: "registered"; readonly uid: number }
  /** A step failed for a reason outside (disk, chain); it is tried again. */
  | { readonly type: "trouble"; readonly duty: string; readonly code: string; readonly message: string }
  | { readonly type: "warning"; readonly code: string; readonly message: string }
  /** Told by another mechanism that shares the process. */
  | ({ readonly type: "mechanism"; readonly mechid: number } & MechanismFact)
  | { readonly type: "stopped" };

/** A fact and when it happened (RFC 3339, UTC, milliseconds). */
export type ValidatorEvent = ValidatorFact & { readonly at: string };
export type ValidatorListener = (event: ValidatorEvent) => void;

/** Hands every fact to every listener, in order; a listener that throws harms nobody but itself. */
export class ValidatorEvents {
  readonly #listeners = new Set<ValidatorListener>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  subscribe(listener: ValidatorListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(fact: ValidatorFact): void {
    const event: ValidatorEvent = { at: new Date(this.#nowMs()).toISOString(), ...fact };
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch {
        // A screen or a log that fails must not stop the arena.
      }
    }
  }
}
