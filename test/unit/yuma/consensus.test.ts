import { describe, expect, it } from "vitest";
import { consensus } from "../../../src/yuma/consensus.ts";
import { ONE, proportion } from "../../../src/yuma/fixed.ts";

/** One column, scored by each voter in turn. */
const column = (scores: readonly number[], stake: readonly number[], kappa: number): number | undefined =>
  consensus({ uids: [...scores.keys()], n: scores.length, cells: cellsOf(scores) }, Float64Array.from(stake), kappa)[0];

function cellsOf(scores: readonly number[]): Float64Array {
  const cells = new Float64Array(scores.length ** 2);
  scores.forEach((score, uid) => {
    cells[uid * scores.length] = score;
  });
  return cells;
}

const HALF = 32_767;
/** What kappa is of one, and what it leaves. */
const K = proportion(HALF);
const REST = ONE - K;

describe("the consensus on a neuron", () => {
  it.each<[string, number[], number[], number, number]>([
    ["is what more than a minority agrees to be too little", [0.2, 0.6, 0.4], [1, 1, 1], HALF, 0.4],
    ["is nothing where more than a minority scores nothing", [0, 0.6, 0], [1, 1, 1], HALF, 0],
    ["asks strictly more than the minority: what is just that much does not decide", [0, 0.6], [REST, K], HALF, 0.6],
    ["is nothing with one unit more", [0, 0.6], [REST + 1, K - 1], HALF, 0],
    ["asks strictly more of a score above nothing too", [0.2, 0.6], [REST, K], HALF, 0.6],
    ["is the lower score with one unit more", [0.2, 0.6], [REST + 1, K - 1], HALF, 0.2],
    ["counts equal scores together", [0.2, 0.2, 0.6, 0.9], [1, 2, 1, 1], HALF, 0.2],
    ["is the highest where everybody counts as a minority", [0.2, 0.6], [1, 1], 0, 0.6],
    ["is the lowest where nobody does", [0.2, 0.6], [1, 1], 65_535, 0.2],
    ["is a real lowest score even then, not one that nobody gave", [0.2, 0.6, 0.7], [1, 1, 1], 65_535, 0.2],
    ["goes by stake, not by heads", [0.2, 0.2, 0.6], [1, 1, 9], HALF, 0.6],
    ["asks nobody without stake", [0.2, 0.6], [0, 1], HALF, 0.6],
    ["is nothing where nobody has stake", [0.2, 0.6], [0, 0], HALF, 0],
  ])("%s", (_, scores, stake, kappa, expected) => {
    const q32 = (share: number): number => Math.floor(share * ONE);
    expect(column(scores.map(q32), stake, kappa)).toBe(q32(expected));
  });
});
