import { type Random, seededRandom, shuffled } from "../base/random.ts";
import { minersOf, type World } from "./population-model.ts";
import { CODES, type Traits, traitsOf, WORDS, words } from "./population-traits.ts";

/** Choice of a voter: an output by side, or nothing. */
export const SILENT = 2;
/** The generator takes no part in the vote. */
export const GENERATOR = 3;

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
  /** By miner: 0, 1, {@link SILENT} or {@link GENERATOR}. */
  readonly choices: Uint8Array;
}

/**
 * Draws the tasks of a world, round by round, and everybody's vote on each.
 *
 * Tasks and votes have streams of their own, and each miner takes one word per task whatever its strategy: two worlds
 * that differ in strategies only meet the same tasks with the same luck (common random numbers).
 */
export class BallotStream {
  readonly #world: World;
  readonly #traits: Traits;
  readonly #tasks: Random;
  readonly #votes: Random;
  readonly #luck: Float64Array;
  readonly #miners: number;
  readonly ballot: SimulatedBallot;

  constructor(world: World, seedIndex: number) {
    this.#world = world;
    this.#traits = traitsOf(world);
    this.#miners = minersOf(world);
    this.#tasks = seededRandom(`population/${world.seed}/${seedIndex}/tasks`);
    this.#votes = seededRandom(`population/${world.seed}/${seedIndex}/votes`);
    this.#luck = new Float64Array(this.#miners);
    this.ballot = {
      kind: "duel",
      first: 0,
      second: -1,
      negative: 0,
      better: 0,
      choices: new Uint8Array(this.#miners),
    };
  }

  /** One round: everybody generates once; `onBallot` is called after each task. */
  round(onBallot: (ballot: SimulatedBallot) => void): void {
    const order = shuffled(
      this.#tasks,
      Array.from({ length: this.#miners }, (_, index) => index),
    );
    for (let next = 0; next < order.length; ) next += this.#task(order, next, onBallot);
  }

  /** @returns How many miners of `order` the task took. */
  #task(order: readonly number[], next: number, onBallot: (ballot: SimulatedBallot) => void): number {
    const { trapShare, syntheticShare, rules, validatorQuality } = this.#world;
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
    const first = order[next] ?? 0;
    const second = solo ? -1 : (order[next + 1] ?? 0);
    const against = solo ? validatorQuality : (this.#traits.quality[second] ?? 0);
    const firstBetter = 1 / (1 + Math.exp(against - (this.#traits.quality[first] ?? 0)));
    ballot.kind = isTrap ? "trap" : solo ? "synthetic" : "duel";
    ballot.first = first;
    ballot.second = second;
    ballot.better = betterWord < words(firstBetter) ? 0 : 1;
    // A trap against the validator's output is one in which that output is the negative (Dojo's duel-trap).
    ballot.negative = solo || sideWord >= WORDS / 2 ? 1 : 0;
    this.#vote(sideWord % 2 === 0 ? 0 : 1);
    onBallot(ballot);
    return solo ? 1 : 2;
  }

  /** @param shownFirst - The side that everybody sees first. */
  #vote(shownFirst: 0 | 1): void {
    const { ballot } = this;
    for (let miner = 0; miner < this.#miners; miner++) this.#luck[miner] = this.#votes.uint32();
    const right: 0 | 1 = ballot.kind === "trap" ? (ballot.negative === 0 ? 1 : 0) : ballot.better;
    const leader = this.#firstHonest(right);
    const { ring } = this.#traits;
    const ringFirst = ring[ballot.first] ?? -1;
    const ringSecond = ballot.second < 0 ? -1 : (ring[ballot.second] ?? -1);
    for (let miner = 0; miner < this.#miners; miner++) {
      ballot.choices[miner] =
        miner === ballot.first || miner === ballot.second
          ? GENERATOR
          : this.#choice(miner, right, shownFirst, leader, ringFirst, ringSecond);
    }
  }

  #choice(
    miner: number,
    right: 0 | 1,
    shownFirst: 0 | 1,
    leader: number,
    ringFirst: number,
    ringSecond: number,
  ): number {
    const { ballot } = this;
    const luck = this.#luck[miner] ?? 0;
    const isTrap = ballot.kind === "trap";
    const wrong = 1 - right;
    const coin = luck < WORDS / 2 ? 0 : 1;
    switch (this.#traits.strategy[miner]) {
      case CODES.lazy:
        return SILENT;
      case CODES.random:
        return coin;
      case CODES["always-validator"]: {
        if (ballot.second >= 0) return coin;
        return luck < (this.#traits.detect[miner] ?? 0) ? 1 : 0;
      }
      case CODES["always-first"]:
        return shownFirst;
      case CODES.copycat:
        return leader === SILENT ? coin : leader;
      case CODES.abstain: {
        const sure = (isTrap ? this.#traits.sureInTraps[miner] : this.#traits.sure[miner]) ?? 0;
        return luck < sure ? right : SILENT;
      }
      case CODES["ring-blind"]:
      case CODES["ring-informed"]: {
        const own = this.#traits.ring[miner] ?? -1;
        const inFirst = ringFirst === own;
        const inSecond = ringSecond === own;
        if (
          this.#traits.strategy[miner] === CODES["ring-informed"] &&
          isTrap &&
          ballot.second >= 0 &&
          (inFirst || inSecond)
        )
          return right;
        if (inFirst !== inSecond) return inFirst ? 0 : 1;
        return this.#honest(miner, isTrap, luck) ? right : wrong;
      }
      case CODES.checker:
        if (!isTrap) return coin;
        return this.#honest(miner, isTrap, luck) ? right : wrong;
      default:
        return this.#honest(miner, isTrap, luck) ? right : wrong;
    }
  }

  #honest(miner: number, isTrap: boolean, luck: number): boolean {
    return luck < ((isTrap ? this.#traits.trapAccuracy[miner] : this.#traits.accuracy[miner]) ?? 0);
  }

  /** The vote of the first honest voter, or SILENT if there is none. */
  #firstHonest(right: 0 | 1): number {
    const { ballot } = this;
    for (let miner = 0; miner < this.#miners; miner++) {
      if (this.#traits.strategy[miner] !== CODES.honest) continue;
      if (miner === ballot.first || miner === ballot.second) continue;
      return this.#honest(miner, ballot.kind === "trap", this.#luck[miner] ?? 0) ? right : 1 - right;
    }
    return SILENT;
  }
}
