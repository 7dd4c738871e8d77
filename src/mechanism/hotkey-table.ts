/** Numbers hotkeys in the order in which they are first seen, so that the work on votes is work on small integers. */
export class HotkeyTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];

  get size(): number {
    return this.#names.length;
  }

  /** The hotkey's number, a new one if it was never seen. */
  idOf(hotkey: string): number {
    const known = this.#ids.get(hotkey);
    if (known !== undefined) return known;
    const id = this.#names.length;
    this.#ids.set(hotkey, id);
    this.#names.push(hotkey);
    return id;
  }

  /** @throws RangeError if no hotkey has this number. */
  nameOf(id: number): string {
    const name = this.#names[id];
    if (name === undefined) throw new RangeError(`no hotkey has number ${id}`);
    return name;
  }
}
