import { setFlagsFromString } from "node:v8";

/** A process that made so many blocks was left running, or mined far ahead: it had better stay small. */
const MANY_BLOCKS = 10_000;

/**
 * Tells the JavaScript engine to keep its heap small once many blocks were made. They leave much garbage and little
 * behind; left alone the heap grows to 200 MB around 25 MB of state. It costs a third of the speed of empty blocks, so
 * short lives are spared.
 */
export class SmallMemory {
  #blocks = 0;

  /** To be told of each block that is made. */
  block(): void {
    if (++this.#blocks === MANY_BLOCKS) setFlagsFromString("--optimize-for-size");
  }
}
