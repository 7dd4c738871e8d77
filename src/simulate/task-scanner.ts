import type { ScannerMemory } from "./scanner-memory.ts";

/**
 * Loads tasks into a ballot straight from their bytes: no object, no string for each vote. The reading is done by a
 * WebAssembly module (`scanner/`), which is as fast at the first task as at the last. It takes the plain form in which
 * programs write logs and says so when a task has any other, valid or not; then `JSON.parse` and `Ballot.load` decide.
 * What it takes, they would have taken, with the same result; a property test holds them together.
 */
export class TaskScanner {
  readonly #memory: ScannerMemory;
  readonly #ids: boolean;

  /**
   * @param memory - Holds the bytes, which are valid UTF-8.
   * @param ids - Whether the ballot's `id` is wanted too, which costs a string for each task.
   */
  constructor(memory: ScannerMemory, ids: boolean) {
    this.#memory = memory;
    this.#ids = ids;
  }

  /**
   * Loads the task that begins at `start`, after white space, and may end anywhere up to `end`.
   *
   * @returns Just after it, the ballot holding a valid task; -1 if somebody else must look at it.
   */
  load(start: number, end: number): number {
    const memory = this.#memory;
    const after = memory.exports.loadTask(memory.input + start, memory.input + end);
    if (after === 0) return -1;
    memory.adopt();
    if (this.#ids) memory.ballot.id = memory.id();
    return after - memory.input;
  }

  /** Whether white space inside the last task holds a line feed: then it is no line. */
  get hasLineFeed(): boolean {
    return this.#memory.hasLineFeed;
  }
}
