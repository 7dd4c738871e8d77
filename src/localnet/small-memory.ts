import { setFlagsFromString } from "node:v8";

/** A chain as long as this is one that was left running, or mined far ahead: it had better stay small. */
const LONG_CHAIN_BLOCKS = 10_000;

/**
 * Tells the JavaScript engine to keep its heap small once the chain is long. Blocks leave much garbage and little
 * behind; left alone the heap grows to 200 MB around 25 MB of state. It costs a third of the speed of empty blocks, so
 * short chains are spared.
 */
export class SmallMemory {
  #on = false;

  block(number: number): void {
    if (this.#on || number < LONG_CHAIN_BLOCKS) return;
    this.#on = true;
    setFlagsFromString("--optimize-for-size");
  }
}
