import type { Ballot } from "../ballot.ts";
import type { Poll } from "../poll.ts";
import type { PaperRules } from "../rule-set.ts";
import { codeOf } from "../score-sheet.ts";
import { validatorCompletion } from "./needs.ts";
import { completionOf, type Pay, type Payroll } from "./roll.ts";

const CHOSE_VALIDATOR = codeOf("chose-validator");
const CHOSE_MINER = codeOf("chose-miner");
const DUEL_VOTE = codeOf("duel-vote");
const VOTES_RECEIVED = codeOf("votes-received");
const TRAPPED = codeOf("trapped");
const AVOIDED_TRAP = codeOf("avoided-trap");

/**
 * The paper: voters of a duel share 1, voters of a synthetic task earn 1/n if they chose the validator's output,
 * generators earn votes/n, a trap takes 1 from each voter that chose the negative output.
 *
 * @see sources/mechanism.txt, "Scoring Mechanism"
 */
export class PaperPayroll implements Payroll {
  readonly silent = 0;
  readonly #rules: PaperRules;
  readonly #ballot: Ballot;
  readonly #poll: Poll;
  #baseline = -1;

  constructor(rules: PaperRules, ballot: Ballot, poll: Poll) {
    this.#rules = rules;
    this.#ballot = ballot;
    this.#poll = poll;
  }

  /** Called once the ballot's votes are counted. */
  prepare(): void {
    this.#baseline = validatorCompletion(this.#ballot);
  }

  generator(index: number, pay: Pay): void {
    pay.reason = VOTES_RECEIVED;
    if (this.#ballot.kind === "trap") return;
    const own = completionOf(this.#ballot, this.#ballot.generators[index] ?? -1);
    if (own >= 0) pay.earned = this.#rules.generatorPay * ((this.#poll.tally[own] ?? 0) / this.#poll.count);
  }

  voter(place: number, pay: Pay): void {
    const choice = this.#poll.choices[place] ?? -1;
    const share = this.#rules.voterPay * (1 / this.#poll.count);
    switch (this.#ballot.kind) {
      case "duel":
        pay.reason = DUEL_VOTE;
        pay.earned = share;
        return;
      case "synthetic":
        pay.reason = choice === this.#baseline ? CHOSE_VALIDATOR : CHOSE_MINER;
        pay.earned = choice === this.#baseline ? share : 0;
        return;
      case "trap": {
        const trapped = this.#ballot.authors[choice] === this.#ballot.negative;
        pay.reason = trapped ? TRAPPED : AVOIDED_TRAP;
        pay.earned = trapped ? -this.#rules.trapPenalty : 0;
      }
    }
  }
}
