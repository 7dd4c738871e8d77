import { below, type Random, seededRandom, shuffled } from "../base/random.ts";
import { decide, OUTSIDE, SILENT, WORDS, words } from "./population-behaviour.ts";
import { minersOf, type World } from "./population-model.ts";

export type BallotKind = "synthetic" | "duel" | "trap";

/** One simulated task and how everybody voted; reused from task to task. */
export interface SimulatedBallot {
  kind: BallotKind;
  /** Miner on side 0. */
  first: number;
  /** Miner on side 1, or -1: the validator. */
  second: number;
  /** Side of the negative output; only in traps. */
  negative: 0 | 1;
  /** Side of the truly better output. */
  better: 0 | 1;
  /** By miner: 0, 1, SILENT or OUTSIDE. */
  readonly choices: Uint8Array;
}

/**
 * Draws the tasks of a world, round by round, and everybody's vote on each.
 *
 * Tasks, votes and extras (natural traps, invitations) have streams of their own, and each miner takes one word per task whatever its strategy: two worlds
 * that differ in strategies only meet the same tasks with the same luck (common random numbers).
 */
export class BallotStream {
  readonly #world: World;
  readonly #tasks: Random;
  readonly #votes: Random;
  readonly #extras: Random;
  readonly #luck: Float64Array;
  /** Group of each miner; miners of a group stand side by side. */
  readonly #groupOf: Uint16Array;
  readonly ballot: SimulatedBallot;

  constructor(world: World, seedIndex: number) {
    const miners = minersOf(world);
    this.#world = world;
    this.#tasks = seededRandom(`population/${world.seed}/${seedIndex}/tasks`);
    this.#votes = seededRandom(`population/${world.seed}/${seedIndex}/votes`);
    this.#extras = seededRandom(`population/${world.seed}/${seedIndex}/extras`);
    this.#luck = new Float64Array(miners);
    this.#groupOf = Uint16Array.from(world.groups.flatMap(({ count }, index) => new Array<number>(count).fill(index)));
    this.ballot = { kind: "duel", first: 0, second: -1, negative: 0, better: 0, choices: new Uint8Array(miners) };
  }

  /** One round: everybody generates once; `onBallot` is called after each task. */
  round(onBallot: (ballot: SimulatedBallot) => void): void {
    const order = shuffled(this.#tasks, [...this.#groupOf.keys()]);
    for (let next = 0; next < order.length; ) next += this.#task(order, next, onBallot);
  }

  /** @returns How many miners of `order` the task took. */
  #task(order: readonly number[], next: number, onBallot: (ballot: SimulatedBallot) => void): number {
    const { trapShare, syntheticShare, naturalTrapShare, rules, validatorQuality } = this.#world;
    const trapWord = this.#tasks.uint32();
    const soloWord = this.#tasks.uint32();
    const betterWord = this.#tasks.uint32();
    const sideWord = this.#tasks.uint32();
    const independent = rules.name === "dojo-1.8.3";
    const isTrap = trapWord < words(trapShare);
    const solo = soloWord < words(syntheticShare) && (independent || !isTrap);
    // The model of the measured tables: an odd last miner for whom two are needed sits this round out.
    if (!solo && next === order.length - 1) return 1;
    const { ballot } = this;
    ballot.kind = isTrap ? "trap" : solo ? "synthetic" : "duel";
    ballot.first = order[next] ?? 0;
    ballot.second = solo ? -1 : (order[next + 1] ?? 0);
    const against = solo ? validatorQuality : this.#qualityOf(ballot.second);
    const firstBetter = 1 / (1 + Math.exp(against - this.#qualityOf(ballot.first)));
    ballot.better = betterWord < words(firstBetter) ? 0 : 1;
    // A trap against the validator's output is one in which that output is the negative (Dojo's duel-trap).
    ballot.negative = solo || sideWord >= WORDS / 2 ? 1 : 0;
    const natural = isTrap && !solo && naturalTrapShare > 0 && this.#extras.uint32() < words(naturalTrapShare);
    if (natural) ballot.negative = ballot.better === 0 ? 1 : 0;
    this.#vote(isTrap && !natural, sideWord % 2 === 0 ? 0 : 1);
    onBallot(ballot);
    return solo ? 1 : 2;
  }

  #qualityOf(miner: number): number {
    return this.#world.groups[this.#groupOf[miner] ?? 0]?.quality ?? 0;
  }

  #vote(damaged: boolean, shownFirst: 0 | 1): void {
    const luck = this.#luck;
    for (let miner = 0; miner < luck.length; miner++) luck[miner] = this.#votes.uint32();
    const { ballot } = this;
    const { choices, first, second } = ballot;
    const isTrap = ballot.kind === "trap";
    const solo = second < 0;
    const right: 0 | 1 = isTrap ? (ballot.negative === 0 ? 1 : 0) : ballot.better;
    this.#invite(first, second);
    const leader = this.#leader(isTrap, right);
    const firstGroup = this.#groupOf[first];
    const secondGroup = solo ? -1 : this.#groupOf[second];
    let from = 0;
    this.#world.groups.forEach((group, index) => {
      const [ownFirst, ownSecond] = [firstGroup === index, secondGroup === index];
      const situation = { isTrap, damaged, solo, right, shownFirst, leader, ownFirst, ownSecond };
      const behaviour = decide(group, situation);
      const { threshold } = behaviour;
      const to = from + group.count;
      for (let miner = from; miner < to; miner++) {
        if (choices[miner] !== OUTSIDE)
          choices[miner] = (luck[miner] as number) < threshold ? behaviour.below : behaviour.above;
      }
      from = to;
    });
  }

  /** Who may vote: everybody but the generators, or `votersPerTask` of them, drawn anew for each task. */
  #invite(first: number, second: number): void {
    const { choices } = this.ballot;
    const possible = choices.length - (second < 0 ? 1 : 2);
    const wanted = this.#world.votersPerTask === 0 ? possible : Math.min(possible, this.#world.votersPerTask);
    // Draws the smaller side, those invited or those left out.
    const few = wanted * 2 < possible;
    const [start, drawn] = few ? [OUTSIDE, SILENT] : [SILENT, OUTSIDE];
    choices.fill(start);
    for (let left = few ? wanted : possible - wanted; left > 0; ) {
      const miner = below(this.#extras, choices.length);
      if (miner === first || miner === second || choices[miner] === drawn) continue;
      choices[miner] = drawn;
      left--;
    }
    choices[first] = OUTSIDE;
    if (second >= 0) choices[second] = OUTSIDE;
  }

  /** The vote of the first honest voter, or SILENT if there is none. */
  #leader(isTrap: boolean, right: 0 | 1): number {
    const { choices } = this.ballot;
    let from = 0;
    for (const { strategy, count, accuracy, trapAccuracy } of this.#world.groups) {
      const to = from + count;
      for (let miner = from; strategy === "honest" && miner < to; miner++) {
        if (choices[miner] === OUTSIDE) continue;
        return (this.#luck[miner] as number) < words(isTrap ? trapAccuracy : accuracy) ? right : 1 - right;
      }
      from = to;
    }
    return SILENT;
  }
}
