import type { RoundRecord } from "../store/rounds.ts";
import type { ValidatorStore } from "../store/validator-store.ts";

/**
 * How many of those asked in the active stage have answered. The intake counts along, so that ten thousand votes do not
 * mean ten thousand counts in the store; the store has the last word.
 */
export class Progress {
  readonly #store: ValidatorStore;
  #stage = "";
  #asked = 0;
  #answered = 0;

  constructor(store: ValidatorStore) {
    this.#store = store;
  }

  /** Whether everybody asked in this round's stage has answered; true where nobody was asked. */
  complete(round: RoundRecord): boolean {
    const stage = `${round.interval}/${round.n}/${round.state}`;
    if (stage === this.#stage && this.#answered < this.#asked) return false;
    const { assignments, answers } = this.#store;
    this.#stage = stage;
    if (round.state === "voting") {
      this.#asked = assignments.count(round.interval, round.n, "discriminator", "voting");
      this.#answered = answers.voteCount(round.interval, round.n);
    } else {
      this.#asked = assignments.count(round.interval, round.n, "generator", "generating");
      this.#answered = answers.completionCount(round.interval, round.n, "miner");
    }
    return this.#answered >= this.#asked;
  }

  /** One more of those asked has answered for the first time. @returns Whether it may be the last one. */
  answered(): boolean {
    this.#answered++;
    return this.#answered >= this.#asked;
  }
}
