import type { Hotkey } from "../base/ids.ts";
import type { PageFile } from "../base/ports.ts";
import type { Random } from "../base/random.ts";
import type { WeightEntry } from "../store/settlements.ts";

/** Who holds which slot, as the chain had it at one block. */
export interface SubnetSnapshot {
  readonly block: number;
  readonly ownerHotkey: string | null;
  readonly neurons: readonly SubnetNeuron[];
}

export interface SubnetNeuron {
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  /** Block of its last weights; 0 where there were none; absent where the view does not tell. */
  readonly lastUpdate?: number;
}

/** The subnet as the validator sees it. Made from `chain`. */
export interface SubnetView {
  /** One consistent answer of the newest block. Rejects with a typed error when the chain does not answer. */
  fetch(signal?: AbortSignal): Promise<SubnetSnapshot>;
}

/** What came of sending weights. */
export interface WeightsSent {
  readonly mode: string;
  readonly block: number;
  readonly extrinsic: string;
  readonly weights: readonly WeightEntry[];
  /** Read back from the chain and equal (or, for a hidden commit, stored there). */
  readonly verified: boolean;
}

/** What became of weights that were committed by hash. */
export interface CommitsRevealed {
  /** What was opened now; undefined where nothing could be. */
  readonly revealed: { readonly block: number; readonly extrinsic: string; readonly verified: boolean } | undefined;
  /** Hashes of commits whose epoch passed unrevealed. */
  readonly expired: readonly string[];
  /** The height at which it is worth looking again; undefined where nothing is committed. */
  readonly againAt: number | undefined;
}

/** The one way for weights to the chain. Made from `chain/weights`. */
export interface WeightsDoor {
  /**
   * Sends scores as weights and waits until they are in a block.
   *
   * @param scores - Hotkey → score, ≥ 0, somebody above 0.
   * @param onSigned - Called with the extrinsic's hash and the head's height before it is sent; when it throws, nothing
   * is sent.
   * @throws ColosseumError exit 13: the chain's refusals; 10 and 15: the chain is away.
   */
  send(
    scores: ReadonlyMap<Hotkey, number>,
    onSigned: (sent: { extrinsic: string; atBlock: number; weights: readonly WeightEntry[] }) => void,
    signal?: AbortSignal,
  ): Promise<WeightsSent>;
  /**
   * What became of an extrinsic that was signed before the process ended.
   *
   * @returns The weights as they stand on the chain if they were set after `atBlock`, else undefined: not (yet) there.
   */
  lookUp(
    sent: { extrinsic: string; atBlock: number; weights: readonly WeightEntry[] },
    signal?: AbortSignal,
  ): Promise<WeightsSent | undefined>;
  /** Opens commits by hash whose epoch it is. @throws As {@link send}. */
  reveal(signal?: AbortSignal): Promise<CommitsRevealed>;
}

/** The end of the seeds' hash chain where everybody can see it. Made from `chain/commitments`. */
export interface AnchorBoard {
  /** What stands there now: 0x hex, or undefined. */
  read(signal?: AbortSignal): Promise<string | undefined>;
  publish(anchor: string, signal?: AbortSignal): Promise<void>;
}

/** A task before anybody answered it: opaque here, plain JSON for the store. */
export interface Briefing {
  readonly taskType: string;
  readonly data: unknown;
}

export interface DamagedFiles {
  readonly files: readonly PageFile[];
  /** What was done, for the log. */
  readonly what: string;
  /** Checks that it passes now; undefined where nobody ran them. */
  readonly passed: number | undefined;
}

/** Where tasks come from and how their outputs are treated. Made from `pages` and a brain, by the composition root. */
export interface TaskSource {
  readonly taskTypes: readonly string[];
  /** A new task of a type, decided by `random` alone. */
  create(taskType: string, random: Random): Briefing;
  /** One wording of it; different wordings ask for the same. */
  word(briefing: Briefing, random: Random): string;
  /** A trap's changed requirement, worded; undefined where nothing can be changed. */
  augment(briefing: Briefing, random: Random): { readonly prompt: string; readonly what: string } | undefined;
  /** The validator's own high-quality output. */
  baseline(briefing: Briefing, random: Random, signal?: AbortSignal): Promise<readonly PageFile[]>;
  /** The same output with harmless edits. Must not throw on hostile files: it returns them as they are. */
  reprint(briefing: Briefing, files: readonly PageFile[], random: Random): readonly PageFile[];
  /** How many of the task's hidden checks an output passes; undefined where there are none, or nobody to run them. */
  check(
    briefing: Briefing,
    files: readonly PageFile[],
    signal?: AbortSignal,
  ): Promise<{ readonly passed: number; readonly of: number } | undefined>;
  /**
   * The output made really worse by one edit; undefined where there is nothing to damage.
   *
   * @param below - Only a damage after which fewer checks pass than this.
   */
  damage(
    briefing: Briefing,
    files: readonly PageFile[],
    random: Random,
    below: number | undefined,
    signal?: AbortSignal,
  ): Promise<DamagedFiles | undefined>;
}
