/**
 * 32-bit hash → small whole number, open addressing in typed arrays: millions of entries without an object each.
 * Keys may collide; the caller checks what it finds.
 */
export class HashIndex {
  #keys = new Int32Array(1_024);
  /** Value + 1; 0 is an empty place. */
  #values = new Int32Array(1_024);
  #count = 0;

  /** The value that was set first for a key, or -1. */
  get(key: number): number {
    return (this.#values[this.#place(key | 0)] ?? 0) - 1;
  }

  /** Sets a value ≥ 0 unless the key has one. */
  add(key: number, value: number): void {
    const place = this.#place(key | 0);
    if (this.#values[place] !== 0) return;
    this.#keys[place] = key | 0;
    this.#values[place] = value + 1;
    this.#count++;
    if (this.#count * 2 > this.#keys.length) this.#grow();
  }

  #place(key: number): number {
    const mask = this.#keys.length - 1;
    let place = Math.imul(key, 0x9e3779b1) & mask;
    while (this.#values[place] !== 0 && this.#keys[place] !== key) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Int32Array(keys.length * 2);
    this.#values = new Int32Array(values.length * 2);
    for (let i = 0; i < keys.length; i++) {
      if (values[i] === 0) continue;
      const place = this.#place(keys[i] as number);
      this.#keys[place] = keys[i] as number;
      this.#values[place] = values[i] as number;
    }
  }
}
