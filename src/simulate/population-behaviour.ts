import type { Group } from "./population-model.ts";

/** Choice of a voter: an output by side, or nothing. */
export const SILENT = 2;
/** Takes no part in the vote: a generator of the task, or not invited. */
export const OUTSIDE = 3;

/** How many values a 32-bit word has. */
export const WORDS = 4_294_967_296;
/** A probability as the number of 32-bit words below it. */
export const words = (probability: number): number => Math.round(probability * WORDS);

/** What every member of a group does in one task: `below` if its luck is under the threshold, else `above`. */
export interface Behaviour {
  readonly threshold: number;
  readonly below: number;
  readonly above: number;
}

/** What a voter can see of a task, and what only the model knows. */
export interface Situation {
  readonly isTrap: boolean;
  /** A trap that the generators know of: something was changed before or after they submitted. */
  readonly damaged: boolean;
  /** The validator's output stands on side 1. */
  readonly solo: boolean;
  /** The better output, or in a trap the one that is not negative. */
  readonly right: 0 | 1;
  /** The side that everybody sees first. */
  readonly shownFirst: 0 | 1;
  /** The vote of the first honest voter, SILENT if there is none. */
  readonly leader: number;
  /** This group's own members among the generators. */
  readonly ownFirst: boolean;
  readonly ownSecond: boolean;
}

const always = (choice: number): Behaviour => ({ threshold: 0, below: choice, above: choice });

const choose = (threshold: number, below: number, above: number): Behaviour => ({ threshold, below, above });

/**
 * Decides for one group and one task. Every strategy is one threshold on the voter's luck, so the loop over voters
 * does not ask who they are.
 */
export function decide(group: Group, situation: Situation): Behaviour {
  const { isTrap, damaged, solo, right, leader, ownFirst, ownSecond } = situation;
  const p = isTrap ? group.trapAccuracy : group.accuracy;
  const wrong = 1 - right;
  const coin = WORDS / 2;
  switch (group.strategy) {
    case "lazy":
      return always(SILENT);
    case "random":
      return choose(coin, 0, 1);
    case "always-validator":
      // Recognises the validator's output on side 1 with `detect`, else throws a coin.
      return choose(solo ? words(group.detect + (1 - group.detect) / 2) : coin, solo ? 1 : 0, solo ? 0 : 1);
    case "always-first":
      return always(situation.shownFirst);
    case "copycat":
      return leader === SILENT ? choose(coin, 0, 1) : always(leader);
    case "abstain":
      // Who is right with p knows the answer with 2p − 1 and would guess otherwise.
      return choose(words(Math.max(0, 2 * p - 1)), right, SILENT);
    case "ring-informed":
      if (damaged && !solo && (ownFirst || ownSecond)) return always(right);
      break;
    case "checker":
      if (!isTrap) return choose(coin, 0, 1);
      break;
    default:
  }
  if (ownFirst !== ownSecond && group.strategy.startsWith("ring-")) return always(ownFirst ? 0 : 1);
  return choose(words(p), right, wrong);
}
