import type { Ballot } from "../ballot.ts";
import type { Poll } from "../poll.ts";
import { AS_GENERATOR, COUNTED, codeOf, NO_REASON, type ScoreSheet, TAKES_PART } from "../score-sheet.ts";

const NO_VOTE = codeOf("no-vote");

/** What one hotkey earned in one role and why; a cell that rule sets fill, so that an entry costs no object. */
export interface Pay {
  earned: number;
  reason: number;
}

/** A rule set's part in writing the sheet of a scored task. */
export interface Payroll {
  /** Index in the ballot's generators. */
  generator(index: number, pay: Pay): void;
  /** A voter with a valid vote: index in the poll. */
  voter(place: number, pay: Pay): void;
  /** What somebody invited earns without a valid vote. */
  readonly silent: number;
}

const pay: Pay = { earned: 0, reason: NO_REASON };

/** Index of a generator's own completion, or -1 if it did not submit. */
export function completionOf(ballot: Ballot, generator: number): number {
  for (let c = 0; c < ballot.completionCount; c++) {
    if (ballot.authors[c] === generator && ballot.fromValidator[c] !== 1) return c;
  }
  return -1;
}

/**
 * Writes the entries of everybody who takes part in a task: generators in their order, then the invited, then other
 * voters, then strangers with an ignored vote.
 *
 * @param payroll - What they earn; without it (void, open, skipped) everybody earns 0 for `reason`.
 */
export function writeRoll(
  ballot: Ballot,
  poll: Poll,
  sheet: ScoreSheet,
  payroll: Payroll | null,
  reason: number,
): void {
  for (let i = 0; i < ballot.generatorCount; i++) {
    const generator = ballot.generators[i] ?? 0;
    pay.earned = 0;
    pay.reason = reason;
    payroll?.generator(i, pay);
    const submitted = completionOf(ballot, generator) >= 0;
    sheet.put(generator, AS_GENERATOR | TAKES_PART | (submitted ? COUNTED : 0), pay.earned, pay.reason);
  }
  for (let i = 0; i < ballot.invitedCount; i++) {
    const hotkey = ballot.invited[i] ?? 0;
    if (hotkey === ballot.validator) continue;
    const place = poll.placeOf(hotkey);
    if (place >= 0) {
      putVoter(poll, sheet, payroll, reason, place);
      continue;
    }
    const ignored = poll.ignoredReasonOf(hotkey);
    const own = poll.isGenerator(hotkey);
    if (own && ignored < 0) continue;
    const why = payroll === null ? reason : ignored >= 0 ? ignored : NO_VOTE;
    sheet.put(hotkey, TAKES_PART, payroll === null || own ? 0 : payroll.silent, why);
  }
  if (ballot.open) for (let place = 0; place < poll.count; place++) putVoter(poll, sheet, payroll, reason, place);
  for (let i = 0; i < poll.ignoredCount; i++) {
    const hotkey = poll.ignoredVoters[i] ?? 0;
    if (poll.placeOf(hotkey) >= 0 || poll.isInvited(hotkey) || hotkey === ballot.validator) continue;
    const why = payroll === null ? reason : (poll.ignoredReasons[i] ?? reason);
    sheet.put(hotkey, poll.isGenerator(hotkey) ? TAKES_PART : 0, 0, why);
  }
}

function putVoter(poll: Poll, sheet: ScoreSheet, payroll: Payroll | null, reason: number, place: number): void {
  pay.earned = 0;
  pay.reason = reason;
  payroll?.voter(place, pay);
  sheet.put(poll.voters[place] ?? 0, TAKES_PART | COUNTED, pay.earned, pay.reason);
}
