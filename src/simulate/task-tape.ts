import type { IdHash } from "./id-hash.ts";
import type { RecordWalk } from "./record-walk.ts";
import type { ScannerMemory } from "./scanner-memory.ts";

/** Valid tasks that one thread has read, in numbers, for another to score: a message of a fifth of their text. */
export interface TaskTape {
  /** Undefined if they did not fit, one task or all hotkeys so far: then somebody must read them all again. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** Hotkeys that no tape of the same writer has named before; numbered on from those. */
  readonly names: readonly string[];
}

/** Writes tapes; one for each reading thread. */
export class TapeWriter {
  readonly #memory: ScannerMemory;
  #full: Uint8Array<ArrayBuffer>[] = [];
  #fits = true;
  #named = 0;

  constructor(memory: ScannerMemory) {
    this.#memory = memory;
  }

  /**
   * Puts the task in the ballot onto the tape.
   *
   * @param hash - Where somebody else than the scanner has loaded it: its id's fingerprint.
   */
  append({ start, end, offset }: RecordWalk, hash: IdHash | undefined): void {
    const memory = this.#memory;
    this.#fits &&= hash === undefined || memory.give(hash);
    if (!this.#fits || memory.exports.appendTask(start, end, offset) !== 0) return;
    this.#full.push(this.#take());
    this.#fits = memory.exports.appendTask(start, end, offset) !== 0;
  }

  /** What was appended since the last time. */
  take(): TaskTape {
    const parts = [...this.#full, this.#take()];
    const { hotkeys } = this.#memory.ballot;
    const fits = this.#fits && hotkeys.size <= this.#memory.address("MOST_HOTKEYS");
    this.#full = [];
    this.#fits = true;
    return { bytes: fits ? join(parts) : undefined, names: this.#newNames() };
  }

  #newNames(): string[] {
    const { hotkeys } = this.#memory.ballot;
    const names: string[] = [];
    for (; this.#named < hotkeys.size; this.#named++) names.push(hotkeys.nameOf(this.#named));
    return names;
  }

  #take(): Uint8Array<ArrayBuffer> {
    const memory = this.#memory;
    const length = memory.exports.takeTape();
    return new Uint8Array(memory.exports.memory.buffer, memory.address("TAPE"), length).slice();
  }
}

function join(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Numbers of a writer's hotkeys in the scorer's table. */
export class Translation {
  #ids = new Int32Array(256);
  #count = 0;

  add(id: number): void {
    if (this.#count === this.#ids.length) {
      const larger = new Int32Array(this.#count * 2);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[this.#count++] = id;
  }

  get ids(): Int32Array {
    return this.#ids.subarray(0, this.#count);
  }
}

/** The tasks of a tape; each is in the ballot. */
export class TapeWalk implements RecordWalk {
  start = 0;
  end = 0;
  offset = -1;
  readonly loaded = true;
  readonly count = 0;
  readonly #memory: ScannerMemory;
  readonly #to: number;
  #at: number;

  constructor(memory: ScannerMemory, tape: Uint8Array, translation: Int32Array) {
    this.#memory = memory;
    memory.room(tape.length).set(tape);
    new Int32Array(memory.exports.memory.buffer, memory.address("TRANSLATION")).set(translation);
    this.#at = memory.input;
    this.#to = memory.input + tape.length;
  }

  next(): boolean {
    if (this.#at >= this.#to) return false;
    this.#at = this.#memory.exports.readTape(this.#at);
    this.#memory.adopt();
    const { start, end, offset } = this.#memory.record();
    this.start = start;
    this.end = end;
    this.offset = offset;
    return true;
  }
}
