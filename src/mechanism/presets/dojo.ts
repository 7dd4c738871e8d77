import { type Ballot, UNKNOWN } from "../ballot.ts";
import { Marks } from "../marks.ts";
import type { DojoRules } from "../rule-set.ts";
import { AS_GENERATOR, COUNTED, codeOf, NO_REASON, type ScoreSheet, TAKES_PART } from "../score-sheet.ts";

const CHOSE_VALIDATOR = codeOf("chose-validator");
const CHOSE_MINER = codeOf("chose-miner");
const DUEL_VOTE = codeOf("duel-vote");
const VOTES_RECEIVED = codeOf("votes-received");
const TRAPPED = codeOf("trapped");
const AVOIDED_TRAP = codeOf("avoided-trap");
const NO_VOTE = codeOf("no-vote");
const OWN_TASK = codeOf("own-task");
const UNKNOWN_COMPLETION = codeOf("unknown-completion");
const VOID_NO_VOTES = codeOf("void-no-votes");

const VOTED = TAKES_PART | COUNTED;

/**
 * What subnet 52 ran, quirks included: the type follows from the trap flag and the completions that arrived, anybody
 * may vote, a generator's own voting score is overwritten by its generator score, votes for unknown completions
 * count in n, the last vote in the list counts, and the silent share a penalty.
 *
 * @see tensorplex-labs/dojo 283d039 (v1.8.3), CalculateTaskScores
 */
export class DojoScorer {
  readonly #rules: DojoRules;
  readonly #ballot: Ballot;
  readonly #voted = new Marks();
  readonly #scored = new Marks();
  readonly #generators = new Marks();
  readonly #voters: number[] = [];
  readonly #choices: number[] = [];
  readonly #places: number[] = [];
  #count = 0;

  constructor(rules: DojoRules, ballot: Ballot) {
    this.#rules = rules;
    this.#ballot = ballot;
  }

  /** Writes the sheet of one loaded task. */
  score(sheet: ScoreSheet): void {
    this.#takeVotes();
    sheet.countedVotes = this.#count;
    if (this.#count === 0) {
      sheet.state = "void";
      sheet.voidReason = "no-votes";
      this.#listAll(sheet, VOID_NO_VOTES);
      return;
    }
    this.#writeGenerators(sheet);
    this.#writeVoters(sheet);
    this.#writeSilent(sheet);
  }

  /** Writes everybody who takes part, without amounts, for a task that is open or outside the window. */
  list(sheet: ScoreSheet): void {
    this.#takeVotes();
    this.#listAll(sheet, NO_REASON);
  }

  #takeVotes(): void {
    const ballot = this.#ballot;
    this.#voted.clear();
    this.#count = 0;
    for (let i = 0; i < ballot.voteCount; i++) {
      const voter = ballot.voters[i] ?? 0;
      if (!this.#voted.has(voter)) {
        this.#voted.add(voter);
        this.#places[voter] = this.#count;
        this.#voters[this.#count++] = voter;
      }
      this.#choices[this.#places[voter] ?? 0] = ballot.choices[i] ?? UNKNOWN;
    }
  }

  /** Whether a completion is the validator's own: by author, as in the real code. */
  #isBaseline(completion: number): boolean {
    return this.#ballot.authors[completion] === this.#ballot.validator;
  }

  #writeGenerators(sheet: ScoreSheet): void {
    const ballot = this.#ballot;
    const trap = ballot.kind === "trap";
    this.#scored.clear();
    this.#generators.clear();
    for (let c = 0; c < ballot.completionCount; c++) {
      if (!trap && this.#isBaseline(c)) continue;
      const author = ballot.authors[c] ?? 0;
      this.#scored.add(author);
      this.#generators.add(author);
      let votes = 0;
      for (let v = 0; v < this.#count; v++) if (this.#choices[v] === c) votes++;
      // votes × (1/n), not votes/n: 3 of 5 is 0.6000000000000001 there.
      sheet.put(author, AS_GENERATOR | VOTED, trap ? 0 : votes * (1 / this.#count), VOTES_RECEIVED);
    }
    for (let i = 0; i < ballot.generatorCount; i++) {
      const generator = ballot.generators[i] ?? 0;
      if (!this.#generators.has(generator)) sheet.put(generator, AS_GENERATOR | TAKES_PART, 0, VOTES_RECEIVED);
    }
  }

  #writeVoters(sheet: ScoreSheet): void {
    const ballot = this.#ballot;
    let baseline = UNKNOWN;
    for (let c = 0; c < ballot.completionCount; c++) if (this.#isBaseline(c)) baseline = c;
    const share = 1 / this.#count;
    for (let v = 0; v < this.#count; v++) {
      const voter = this.#voters[v] ?? 0;
      const choice = this.#choices[v] ?? UNKNOWN;
      if (this.#scored.has(voter)) {
        sheet.put(voter, VOTED, 0, OWN_TASK);
        continue;
      }
      if (ballot.kind === "trap") {
        const trapped = choice !== UNKNOWN && ballot.authors[choice] === ballot.negative;
        const earned = dojoTrapScore(this.#rules.trapPenalty, trapped);
        sheet.put(voter, VOTED, earned, trapped ? TRAPPED : AVOIDED_TRAP);
      } else if (baseline === UNKNOWN) {
        sheet.put(voter, VOTED, share, DUEL_VOTE);
      } else if (choice === baseline) {
        sheet.put(voter, VOTED, share, CHOSE_VALIDATOR);
      } else {
        sheet.put(voter, VOTED, 0, choice === UNKNOWN ? UNKNOWN_COMPLETION : CHOSE_MINER);
      }
    }
    for (let v = 0; v < this.#count; v++) this.#scored.add(this.#voters[v] ?? 0);
  }

  /** Everybody who was invited and has no score shares the penalty; a generator that did not submit is among them. */
  #writeSilent(sheet: ScoreSheet): void {
    const ballot = this.#ballot;
    let silent = 0;
    for (let i = 0; i < ballot.invitedCount; i++) if (!this.#scored.has(ballot.invited[i] ?? 0)) silent++;
    const penalty = dojoNoVotePenalty(this.#rules.noVotePenalty, silent);
    for (let i = 0; i < ballot.invitedCount; i++) {
      const hotkey = ballot.invited[i] ?? 0;
      if (this.#scored.has(hotkey)) continue;
      // Listed twice is charged once, at the share that both entries made: a map entry there.
      this.#scored.add(hotkey);
      sheet.put(hotkey, TAKES_PART, penalty, NO_VOTE);
    }
  }

  #listAll(sheet: ScoreSheet, reason: number): void {
    const ballot = this.#ballot;
    for (let i = 0; i < ballot.generatorCount; i++) {
      const generator = ballot.generators[i] ?? 0;
      let submitted = false;
      for (let c = 0; c < ballot.completionCount; c++) if (ballot.authors[c] === generator) submitted = true;
      sheet.put(generator, AS_GENERATOR | TAKES_PART | (submitted ? COUNTED : 0), 0, reason);
    }
    for (let v = 0; v < this.#count; v++) sheet.put(this.#voters[v] ?? 0, VOTED, 0, reason);
    for (let i = 0; i < ballot.invitedCount; i++) {
      const hotkey = ballot.invited[i] ?? 0;
      if (!this.#voted.has(hotkey)) sheet.put(hotkey, TAKES_PART, 0, reason);
    }
  }
}

/**
 * What each of `silent` non-voters is charged.
 *
 * @returns −total / silent, 0 if nobody was silent.
 * @see tensorplex-labs/dojo 283d039, CalculateNoVotePenalty
 */
export const dojoNoVotePenalty = (total: number, silent: number): number => (silent === 0 ? 0 : -total / silent);

/** What a voter of a trap gets. @see tensorplex-labs/dojo 283d039, CalcTrapScores */
export const dojoTrapScore = (trapPenalty: number, choseNegative: boolean): number =>
  choseNegative ? -trapPenalty : 0;
