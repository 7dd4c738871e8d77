/** A set of small numbers that is emptied in one step: a number is in it if its mark is of the current round. */
export class Marks {
  #marks = new Int32Array(64);
  #round = 1;

  clear(): void {
    this.#round++;
    if (this.#round === 0x7fff_ffff) {
      this.#marks.fill(0);
      this.#round = 1;
    }
  }

  has(id: number): boolean {
    return this.#marks[id] === this.#round;
  }

  add(id: number): void {
    if (id >= this.#marks.length) {
      const larger = new Int32Array(Math.max(id + 1, this.#marks.length * 2));
      larger.set(this.#marks);
      this.#marks = larger;
    }
    this.#marks[id] = this.#round;
  }
}
