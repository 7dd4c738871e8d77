export type CryptoType = "sr25519" | "ed25519";

/** A key that can sign. Made by `wallet`, used by `chain`, `miner`, `validator`; the secret never leaves it. */
export interface Signer {
  /** SS58, prefix 42. */
  readonly address: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly cryptoType: CryptoType;
  /** A 64-byte signature of exactly these bytes (no `<Bytes>` wrapping; sr25519 context `substrate`). */
  sign(message: Uint8Array): Uint8Array;
}

/** Public randomness that nobody could know before its height. Made by `chain` or seeded by `demo`, used for draws. */
export interface Beacon {
  /** The newest height there is. */
  height(): Promise<number>;
  /** The 32-byte value at a height, as soon as it exists; rejects when `signal` aborts. */
  valueAt(height: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** One page of a task: what a generator submits and a discriminator sees. */
export interface PageFile {
  /** `[A-Za-z0-9._-]{1,64}`. */
  readonly name: string;
  readonly content: string;
}

/** What came of running a page apart from everything else. */
export interface PageRun {
  readonly ok: boolean;
  /** Script errors, capped, in order. */
  readonly errors: readonly string[];
  /** The document's text and element counts after load and after each interactive element was clicked once. */
  readonly observations: Readonly<Record<string, string | number | boolean>>;
}

/** Runs untrusted pages in a child process without network. Made by `sandbox`, used by `brains` and `validator`. */
export interface PageRunner {
  run(files: readonly PageFile[], signal?: AbortSignal): Promise<PageRun>;
}

/** Something that happened in a second mechanism, worded for people. */
export interface MechanismFact {
  readonly level: "info" | "warn";
  /** Stable, matched by scripts. */
  readonly code: string;
  readonly message: string;
  /** Plain JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Another mechanism of the subnet that shares a validator's process. Made by `social`, run by `validator`. */
export interface SecondMechanism {
  /** The mechanism whose weights it sets. */
  readonly mechid: number;
  /** Works until the signal aborts and then finishes the step in work; troubles are reported and never reject. */
  run(signal: AbortSignal, report: (fact: MechanismFact) => void): Promise<void>;
}
