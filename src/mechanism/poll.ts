import { type Ballot, UNKNOWN } from "./ballot.ts";
import { withRoom } from "./columns.ts";
import { Marks } from "./marks.ts";
import { codeOf } from "./score-sheet.ts";

const OWN_TASK = codeOf("own-task");
const NOT_INVITED = codeOf("not-invited");
const UNKNOWN_COMPLETION = codeOf("unknown-completion");
const OUT_OF_TIME = codeOf("out-of-time");
const VALID = -1;

/**
 * Which votes of a task count: the paper's rules, which `scaled` shares. Columns are used again for the next task.
 *
 * A vote is valid if its voter is neither generator nor validator of the task, is invited where a list is given, its
 * completion exists and it came in time; a voter's last valid vote counts (by time, then by place in the log).
 */
export class Poll {
  /** Distinct voters with a valid vote, in the order of their first one; valid up to `count`. */
  voters = new Int32Array(256);
  /** The completion that each of them chose. */
  choices = new Int32Array(256);
  /** n. */
  count = 0;
  /** Valid votes for each completion of the ballot. */
  tally = new Int32Array(16);
  /** Hotkeys that had a vote ignored, once each, valid up to `ignoredCount`; some of them have a valid vote too. */
  readonly ignoredVoters: number[] = [];
  /** Code of the first reason for which a vote of theirs was ignored. */
  readonly ignoredReasons: number[] = [];
  ignoredCount = 0;

  readonly #generators = new Marks();
  readonly #invited = new Marks();
  readonly #voted = new Marks();
  readonly #ignored = new Marks();
  /** Index in `voters` by hotkey, for those in {@link #voted}. */
  #places = new Int32Array(1_024);
  /** Index in `ignoredVoters` by hotkey, for those in {@link #ignored}. */
  readonly #ignoredPlaces: number[] = [];
  /** The vote that counts, by index in `voters`. */
  #votes = new Int32Array(256);

  isGenerator(id: number): boolean {
    return this.#generators.has(id);
  }

  isInvited(id: number): boolean {
    return this.#invited.has(id);
  }

  /** Index in `voters` of a hotkey with a valid vote, else -1. */
  placeOf(id: number): number {
    return this.#voted.has(id) ? (this.#places[id] ?? -1) : -1;
  }

  /** Code of the first reason for which a vote of this hotkey was ignored, else -1. */
  ignoredReasonOf(id: number): number {
    return this.#ignored.has(id) ? (this.ignoredReasons[this.#ignoredPlaces[id] ?? -1] ?? -1) : -1;
  }

  /**
   * Sorts a ballot's votes into valid and ignored.
   *
   * @param ignored - Counts by reason code, added to.
   */
  take(ballot: Ballot, ignored: number[]): void {
    this.#reserve(ballot);
    this.count = 0;
    this.ignoredCount = 0;
    this.#voted.clear();
    this.#ignored.clear();
    this.#generators.clear();
    for (let i = 0; i < ballot.generatorCount; i++) this.#generators.add(ballot.generators[i] ?? 0);
    this.#invited.clear();
    for (let i = 0; i < ballot.invitedCount; i++) this.#invited.add(ballot.invited[i] ?? 0);

    for (let i = 0; i < ballot.voteCount; i++) {
      const voter = ballot.voters[i] ?? 0;
      const reason = this.#reasonToIgnore(ballot, i, voter);
      if (reason === VALID) {
        this.#accept(ballot, i, voter);
        continue;
      }
      ignored[reason] = (ignored[reason] ?? 0) + 1;
      if (!this.#ignored.has(voter)) {
        this.#ignored.add(voter);
        this.#ignoredPlaces[voter] = this.ignoredCount;
        this.ignoredVoters[this.ignoredCount] = voter;
        this.ignoredReasons[this.ignoredCount++] = reason;
      }
    }
    for (let c = 0; c < ballot.completionCount; c++) this.tally[c] = 0;
    for (let v = 0; v < this.count; v++) {
      const choice = this.choices[v] ?? 0;
      this.tally[choice] = (this.tally[choice] ?? 0) + 1;
    }
  }

  #reserve(ballot: Ballot): void {
    this.#places = withRoom(this.#places, ballot.hotkeys.size);
    this.tally = withRoom(this.tally, ballot.completionCount);
    if (ballot.voteCount <= this.voters.length) return;
    this.voters = withRoom(this.voters, ballot.voteCount);
    this.choices = withRoom(this.choices, ballot.voteCount);
    this.#votes = withRoom(this.#votes, ballot.voteCount);
  }

  #reasonToIgnore(ballot: Ballot, vote: number, voter: number): number {
    if (voter === ballot.validator || this.#generators.has(voter)) return OWN_TASK;
    if (!ballot.open && !this.#invited.has(voter)) return NOT_INVITED;
    if (ballot.choices[vote] === UNKNOWN) return UNKNOWN_COMPLETION;
    return ballot.inTime[vote] === 1 ? VALID : OUT_OF_TIME;
  }

  #accept(ballot: Ballot, vote: number, voter: number): void {
    const choice = ballot.choices[vote] ?? 0;
    if (!this.#voted.has(voter)) {
      this.#voted.add(voter);
      this.#places[voter] = this.count;
      this.voters[this.count] = voter;
      this.#votes[this.count] = vote;
      this.choices[this.count++] = choice;
      return;
    }
    const place = this.#places[voter] ?? 0;
    if (isEarlier(ballot, vote, this.#votes[place] ?? 0)) return;
    this.#votes[place] = vote;
    this.choices[place] = choice;
  }
}

function isEarlier(ballot: Ballot, a: number, b: number): boolean {
  const seconds = (ballot.atSeconds[a] ?? 0) - (ballot.atSeconds[b] ?? 0);
  return seconds !== 0 ? seconds < 0 : (ballot.atNanos[a] ?? 0) < (ballot.atNanos[b] ?? 0);
}
