import type { BattleRecord } from "./battles.ts";
import { Factored } from "./symmetric.ts";

/** Weight of the virtual tie that keeps players finite where the likelihood has no maximum. */
const VIRTUAL_TIE = 1;
const MAX_STEPS = 100;
/** What one step may change a strength by: odds of 55 to 1. */
const LONGEST_MOVE = 4;
/** Score equations are solved to this share of a battle; the error left in θ is of the same order. */
const TOLERANCE = 1e-11;

export interface Fit {
  /** Natural-log strengths by place, mean 0: P(i beats j) = 1 / (1 + e^(θj − θi)). */
  readonly theta: Float64Array;
  /** Whether the virtual ties were needed. */
  readonly regularised: boolean;
}

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Whether the likelihood has a maximum at finite strengths: from everybody a chain of "beat or tied with" leads to
 * everybody else.
 *
 * @see Ford 1957, "Solution of a ranking problem from binary comparisons".
 */
export function isStronglyConnected({ players, pairs }: BattleRecord): boolean {
  const above: number[][] = players.map(() => []);
  const below: number[][] = players.map(() => []);
  for (const { a, b, wins, losses, ties } of pairs) {
    if (wins + ties > 0) {
      above[b]?.push(a);
      below[a]?.push(b);
    }
    if (losses + ties > 0) {
      above[a]?.push(b);
      below[b]?.push(a);
    }
  }
  const reaches = (next: readonly number[][]): boolean => {
    const seen = new Set([0]);
    for (const place of seen) for (const other of next[place] ?? []) seen.add(other);
    return seen.size === players.length;
  };
  return players.length > 0 && reaches(above) && reaches(below);
}

/**
 * Bradley–Terry strengths by maximum likelihood; a tie is half a win for each side.
 *
 * Where no finite maximum exists (somebody never lost, or two groups never met) each player also gets one virtual tie
 * against a player of strength 0. Nobody else is touched by regularisation.
 *
 * @param start - Strengths to begin from, such as those of nearly the same battles.
 */
export function fitBradleyTerry(record: BattleRecord, start?: Float64Array): Fit {
  const count = record.players.length;
  const regularised = count > 0 && !isStronglyConnected(record);
  const virtual = regularised ? VIRTUAL_TIE : 0;
  let theta: Float64Array = start === undefined ? new Float64Array(count) : Float64Array.from(start);
  let value = logLikelihood(record, theta, virtual);
  for (let step = 0; step < MAX_STEPS && count > 1; step++) {
    const { gradient, information } = derivatives(record, theta, virtual);
    if (gradient.every((slope) => Math.abs(slope) < TOLERANCE * (1 + record.battles / count))) break;
    const direction = new Factored(information, count).solve(gradient);
    const longest = direction.reduce((top, move) => Math.max(top, Math.abs(move)), 0);
    // Far out the likelihood is flat and a full step would land where it is flat to the last bit.
    let size = Math.min(1, LONGEST_MOVE / longest);
    const shortest = size * 1e-6;
    let next = moved(theta, direction, size);
    let nextValue = logLikelihood(record, next, virtual);
    // Newton's step can overshoot where strengths are extreme; the likelihood is concave, so halving ends.
    while (nextValue < value - Math.abs(value) * 1e-13 && size > shortest) {
      size /= 2;
      next = moved(theta, direction, size);
      nextValue = logLikelihood(record, next, virtual);
    }
    const change = direction.reduce((top, move) => Math.max(top, Math.abs(move * size)), 0);
    theta = next;
    value = nextValue;
    if (change < 1e-13) break;
  }
  return { theta: centred(theta), regularised };
}

const moved = (theta: Float64Array, direction: Float64Array, size: number): Float64Array =>
  theta.map((strength, place) => strength + size * (direction[place] as number));

function centred(theta: Float64Array): Float64Array {
  const mean = theta.reduce((sum, strength) => sum + strength, 0) / Math.max(1, theta.length);
  return theta.map((strength) => strength - mean);
}

/** log σ(x) without overflow. */
const logSigma = (x: number): number => (x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x)));

function logLikelihood({ pairs }: BattleRecord, theta: Float64Array, virtual: number): number {
  let sum = 0;
  for (const { a, b, n, wins, ties } of pairs) {
    const gap = (theta[a] as number) - (theta[b] as number);
    const score = wins + ties / 2;
    sum += score * logSigma(gap) + (n - score) * logSigma(-gap);
  }
  if (virtual > 0) for (const strength of theta) sum += (virtual / 2) * (logSigma(strength) + logSigma(-strength));
  return sum;
}

/**
 * Slope of the log-likelihood and its negative second derivative, which is made invertible along "everybody stronger
 * by the same" (the likelihood does not feel it) where there is no virtual tie.
 */
export function derivatives(
  { players, pairs }: BattleRecord,
  theta: Float64Array,
  virtual: number,
): { gradient: Float64Array; information: Float64Array } {
  const count = players.length;
  const gradient = new Float64Array(count);
  const information = new Float64Array(count * count);
  const add = (at: number, value: number): void => {
    information[at] = (information[at] as number) + value;
  };
  let total = 0;
  for (const { a, b, n, wins, ties } of pairs) {
    const p = logistic((theta[a] as number) - (theta[b] as number));
    const slope = wins + ties / 2 - n * p;
    gradient[a] = (gradient[a] as number) + slope;
    gradient[b] = (gradient[b] as number) - slope;
    const weight = n * p * (1 - p);
    add(a * count + a, weight);
    add(b * count + b, weight);
    add(a * count + b, -weight);
    add(b * count + a, -weight);
    total += weight;
  }
  if (virtual > 0) {
    theta.forEach((strength, place) => {
      const p = logistic(strength);
      gradient[place] = (gradient[place] as number) - virtual * (p - 0.5);
      add(place * count + place, virtual * p * (1 - p));
    });
  } else {
    const pin = (2 * total) / (count * count);
    for (let at = 0; at < information.length; at++) add(at, pin);
  }
  return { gradient, information };
}

/** The weight that {@link fitBradleyTerry} gave its virtual ties. */
export const virtualTieOf = ({ regularised }: Fit): number => (regularised ? VIRTUAL_TIE : 0);
