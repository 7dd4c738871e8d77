import type { Post } from "./posts.ts";
import { applySettings, type SettingValues } from "./settings.ts";

/** The numbers of Masa's formula at the commit that its vectors come from. */
export const MASA_SETTINGS = {
  lengthWeight: { default: 0.5, min: 0, max: 1e6, summary: "per character of text" },
  likesWeight: { default: 2, min: 0, max: 1e6, summary: "per like" },
  retweetsWeight: { default: 1.5, min: 0, max: 1e6, summary: "per retweet" },
  repliesWeight: { default: 1, min: 0, max: 1e6, summary: "per reply" },
  viewsWeight: { default: 0.1, min: 0, max: 1e6, summary: "per impression" },
} as const;
export type MasaSettings = SettingValues<typeof MASA_SETTINGS>;
export const MASA_DEFAULTS: MasaSettings = applySettings(MASA_SETTINGS, []);

/** Half of a pair; in a text of one-byte characters the search ends at once. */
const HIGH_SURROGATE = /[\ud800-\udbff]/;

/** Unicode code points, Python's `len`: a pair of surrogates is one, a lone surrogate too. */
export function codePoints(text: string): number {
  const from = text.search(HIGH_SURROGATE);
  if (from === -1) return text.length;
  let points = text.length;
  for (let i = from; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) !== 0xd800 || (text.charCodeAt(i + 1) & 0xfc00) !== 0xdc00) continue;
    points--;
    i++;
  }
  return points;
}

/** The length of Python's `str(value)` of a JSON scalar: null is "None". NaN for arrays and objects. */
function textLength(text: unknown): number {
  if (typeof text === "string") return codePoints(text);
  if (text === undefined) return 0;
  if (text === null || text === true) return 4;
  if (text === false) return 5;
  return typeof text === "number" ? String(text).length : Number.NaN;
}

/** A metric as Python multiplies it: missing is 0, booleans are 0 and 1; NaN for what raises TypeError. */
function counter(value: unknown): number {
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.NaN;
  if (value === undefined) return 0;
  return typeof value === "boolean" ? Number(value) : Number.NaN;
}

/**
 * Masa's score of one post: ln(1 + .5·length + 2·likes + 1.5·retweets + 1·replies + .1·views).
 *
 * @returns `undefined` where the real scorer raises and skips the post (null or text for a number); NaN or −Infinity
 * where negative counters reach −1 or less, as there.
 * @see masa-finance/agent-arena-subnet 68911bb, `validator/posts_scorer.py`.
 */
export function masaPostScore(post: Post, settings: MasaSettings = MASA_DEFAULTS): number | undefined {
  const points =
    textLength(post.text) * settings.lengthWeight +
    counter(post.likes) * settings.likesWeight +
    counter(post.retweets) * settings.retweetsWeight +
    counter(post.replies) * settings.repliesWeight +
    counter(post.views) * settings.viewsWeight;
  return Number.isNaN(points) ? undefined : Math.log1p(points);
}

/** NumPy's pairwise sum of `values[from … from + count)`: the last digit depends on it. */
function pairwiseSum(values: ArrayLike<number>, from: number, count: number): number {
  const at = (index: number): number => values[from + index] as number;
  if (count < 8) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += at(i);
    return sum;
  }
  if (count <= 128) {
    const lanes = [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)] as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    let i = 8;
    for (; i < count - (count % 8); i += 8) {
      for (let lane = 0; lane < 8; lane++) lanes[lane] = (lanes[lane] as number) + at(i + lane);
    }
    let sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]) + (lanes[4] + lanes[5] + (lanes[6] + lanes[7]));
    for (; i < count; i++) sum += at(i);
    return sum;
  }
  const half = Math.floor(count / 2);
  const left = half - (half % 8);
  return pairwiseSum(values, from, left) + pairwiseSum(values, from + left, count - left);
}

/**
 * Masa's raw score of an agent: mean(post scores) · ln(1 + count), the mean summed as NumPy sums.
 *
 * @param scores - In the order in which the posts were read.
 * @returns 0 for no posts.
 */
export function masaAgentRaw(scores: ArrayLike<number>): number {
  const count = scores.length;
  return count === 0 ? 0 : (pairwiseSum(scores, 0, count) / count) * Math.log1p(count);
}

/** Below ten times the machine epsilon scikit-learn takes a range for zero and divides by 1 instead. */
const ZERO_RANGE = 10 * Number.EPSILON;

/**
 * Min–max to [0, 1] in scikit-learn's order of arithmetic: x·scale + (−min·scale), which can miss 1 by one ulp.
 *
 * @param raws - Values that are not finite take no part and stay NaN.
 * @returns Same order; all 0 for one agent or equal agents.
 * @see scikit-learn 1.6.0 `MinMaxScaler`.
 */
export function minMax(raws: readonly number[]): number[] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const raw of raws) {
    if (!Number.isFinite(raw)) continue;
    if (raw < min) min = raw;
    if (raw > max) max = raw;
  }
  const range = max - min;
  const scale = 1 / (range < ZERO_RANGE ? 1 : range);
  const offset = 0 - min * scale;
  return raws.map((raw) => (Number.isFinite(raw) ? raw * scale + offset : Number.NaN));
}
