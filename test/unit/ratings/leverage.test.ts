import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { type BattleRecord, BattleTable } from "../../../src/ratings/battles.ts";
import { fitBradleyTerry } from "../../../src/ratings/bradley-terry.ts";
import { leaderLeverage } from "../../../src/ratings/leverage.ts";
import { plantedBattles, spreadStrengths } from "./planted.ts";

const leverageOf = (record: BattleRecord): ReturnType<typeof leaderLeverage> =>
  leaderLeverage(record, fitBradleyTerry(record));

/** The fewest votes over all sets: tries every number of votes left out of every pair and outcome. */
function bruteForce(record: BattleRecord, leader: string): number {
  let best = Number.POSITIVE_INFINITY;
  const cells = record.pairs.flatMap((_, pair) => (["wins", "losses"] as const).map((outcome) => ({ pair, outcome })));
  const visit = (from: number, left: BattleRecord, dropped: number): void => {
    if (dropped >= best) return;
    const { theta } = fitBradleyTerry(left);
    const at = left.players.indexOf(leader);
    if (theta.some((value, place) => place !== at && value > (theta[at] ?? 0) + 1e-9)) {
      best = dropped;
      return;
    }
    for (let index = from; index < cells.length; index++) {
      const cell = cells[index];
      const pair = left.pairs[cell?.pair ?? 0];
      if (cell === undefined || pair === undefined || pair[cell.outcome] === 0) continue;
      const pairs = left.pairs.map((old, place) =>
        place === cell.pair ? { ...old, n: old.n - 1, [cell.outcome]: old[cell.outcome] - 1 } : old,
      );
      visit(index, { ...left, pairs, battles: left.battles - 1 }, dropped + 1);
    }
  };
  visit(0, record, 0);
  return best;
}

describe("leaderLeverage", () => {
  it("counts the votes by which one of two leads", () => {
    const table = new BattleTable();
    table.add({ first: "a", second: "b", wins: 12, losses: 9, ties: 2 });
    expect(leverageOf(table.record())).toEqual({ leader: "a", challenger: "b", votes: 4, of: 23 });
  });

  it("finds the true minimum, or one vote more, in 30 small arenas", () => {
    const random = seededRandom("leverage");
    let exact = 0;
    for (let arena = 0; arena < 30; arena++) {
      const record = plantedBattles(random, spreadStrengths(3, 0.6), 24);
      const found = leverageOf(record);
      const fewest = bruteForce(record, found?.leader ?? "");
      expect((found?.votes ?? 0) - fewest).toBeGreaterThanOrEqual(0);
      expect((found?.votes ?? 0) - fewest).toBeLessThanOrEqual(1);
      if (found?.votes === fewest) exact++;
    }
    expect(exact).toBeGreaterThanOrEqual(24);
  });

  it("takes more votes to unseat a clear leader", () => {
    const close = leverageOf(plantedBattles(seededRandom("close"), [0, 0, 0.1], 600));
    const clear = leverageOf(plantedBattles(seededRandom("clear"), [0, 0, 1.5], 600));
    expect(close?.votes).toBeLessThan(60);
    expect(clear?.votes).toBeGreaterThan(3 * (close?.votes ?? 0));
  });

  it("is null where nobody could lead instead", () => {
    expect(leverageOf(new BattleTable().record())).toBeNull();
  });
});
