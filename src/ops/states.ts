/** What is told when a state begins or ends. */
export type OnEdge = (edge: {
  readonly state: string;
  readonly edge: "begin" | "end";
  readonly message: string;
}) => void;

/** States that are on or off. Each change is told once, however often it is reported. */
export class States {
  readonly #active = new Map<string, string>();
  readonly #onEdge: OnEdge;

  constructor(onEdge: OnEdge) {
    this.#onEdge = onEdge;
  }

  /** @param message - Why it is so, or why no longer: one plain sentence. */
  set(state: string, isOn: boolean, message: string): void {
    if (this.#active.has(state) === isOn) return;
    if (isOn) this.#active.set(state, message);
    else this.#active.delete(state);
    this.#onEdge({ state, edge: isOn ? "begin" : "end", message });
  }

  /** What is on now, with the message that it began with. */
  get active(): ReadonlyMap<string, string> {
    return this.#active;
  }
}
