import type { Ballot } from "../ballot.ts";
import type { Poll } from "../poll.ts";
import type { ScaledRules } from "../rule-set.ts";
import { codeOf } from "../score-sheet.ts";
import { validatorCompletion } from "./needs.ts";
import { completionOf, type Pay, type Payroll } from "./roll.ts";

const CHOSE_VALIDATOR = codeOf("chose-validator");
const CHOSE_MINER = codeOf("chose-miner");
const DUEL_VOTE = codeOf("duel-vote");
const VOTES_RECEIVED = codeOf("votes-received");
const TRAPPED = codeOf("trapped");
const AVOIDED_TRAP = codeOf("avoided-trap");
const MAJORITY = codeOf("majority");
const MINORITY = codeOf("minority");

/** No right answer: everybody's match is one half and nothing moves. */
const NONE = -1;
/** What silence, or a vote where no answer is right, counts as. */
const COIN = 0.5;

/**
 * `scaled`: the paper's pay, and a zero-sum transfer from those who match the right answer less than the crowd to
 * those who match it more. Right is, in a trap, whatever the negative hotkey did not write; elsewhere the completion
 * with most votes, if it is alone at the top and a quorum voted.
 */
export class ScaledPayroll implements Payroll {
  silent = 0;
  readonly #rules: ScaledRules;
  readonly #ballot: Ballot;
  readonly #poll: Poll;
  #baseline = -1;
  #winner = NONE;
  #right = 0;
  #wrong = 0;

  constructor(rules: ScaledRules, ballot: Ballot, poll: Poll) {
    this.#rules = rules;
    this.#ballot = ballot;
    this.#poll = poll;
  }

  /** Called once the ballot's votes are counted. */
  prepare(): void {
    const { kind } = this.#ballot;
    this.#baseline = validatorCompletion(this.#ballot);
    this.#winner = kind === "trap" ? NONE : this.#majority();
    const stake = kind === "trap" ? this.#rules.c : this.#rules.d;
    if (kind !== "trap" && this.#winner === NONE) {
      this.#right = 0;
      this.#wrong = 0;
      this.silent = 0;
      return;
    }
    // Whoever has a valid vote was invited, so there is somebody.
    const invited = this.#invitedCount();
    let right = 0;
    for (let v = 0; v < this.#poll.count; v++) if (this.#isRight(this.#poll.choices[v] ?? -1)) right++;
    const silentCount = invited - this.#poll.count;
    const mean = (right + COIN * silentCount) / invited;
    this.#right = (stake * (1 - mean)) / invited;
    this.#wrong = (stake * (0 - mean)) / invited;
    this.silent = (stake * (COIN - mean)) / invited;
  }

  generator(index: number, pay: Pay): void {
    pay.reason = VOTES_RECEIVED;
    if (this.#ballot.kind === "trap") return;
    const own = completionOf(this.#ballot, this.#ballot.generators[index] ?? -1);
    if (own >= 0) pay.earned = (this.#poll.tally[own] ?? 0) / this.#poll.count;
  }

  voter(place: number, pay: Pay): void {
    const choice = this.#poll.choices[place] ?? -1;
    const right = this.#isRight(choice);
    const transfer = right ? this.#right : this.#wrong;
    if (this.#ballot.kind === "trap") {
      pay.reason = right ? AVOIDED_TRAP : TRAPPED;
      pay.earned = transfer;
      return;
    }
    const paid = this.#ballot.kind === "duel" || choice === this.#baseline;
    pay.earned = (paid ? 1 / this.#poll.count : 0) + transfer;
    if (this.#winner !== NONE) pay.reason = right ? MAJORITY : MINORITY;
    else if (this.#ballot.kind === "duel") pay.reason = DUEL_VOTE;
    else pay.reason = paid ? CHOSE_VALIDATOR : CHOSE_MINER;
  }

  #isRight(choice: number): boolean {
    if (this.#ballot.kind === "trap") return this.#ballot.authors[choice] !== this.#ballot.negative;
    return choice === this.#winner;
  }

  /** The completion that is alone at the top, if a quorum voted. */
  #majority(): number {
    if (this.#poll.count < this.#rules.quorum) return NONE;
    let most = -1;
    let winner = NONE;
    for (let c = 0; c < this.#ballot.completionCount; c++) {
      const votes = this.#poll.tally[c] ?? 0;
      if (votes === most) winner = NONE;
      if (votes <= most) continue;
      most = votes;
      winner = c;
    }
    return winner;
  }

  /** N: the invited without the task's own generators and validator; without a list, the voters. */
  #invitedCount(): number {
    if (this.#ballot.open) return this.#poll.count;
    let count = 0;
    for (let i = 0; i < this.#ballot.invitedCount; i++) {
      const hotkey = this.#ballot.invited[i] ?? -1;
      if (hotkey !== this.#ballot.validator && !this.#poll.isGenerator(hotkey)) count++;
    }
    return count;
  }
}
