// Who is better, and how sure is that? node examples/library/ratings.js
import { BattleTable, fitBradleyTerry, leaderLeverage, ratePlayers, wilson } from "colosseum/ratings";

// Each line: votes on one pair of outputs. Votes on the same pair are not independent; the intervals know that.
const duels = [
  ["ada", "bob", 9, 1],
  ["ada", "bob", 7, 3],
  ["ada", "cid", 6, 4],
  ["bob", "cid", 6, 4],
  ["bob", "ada", 4, 6],
  ["cid", "ada", 5, 5],
  ["cid", "bob", 3, 7],
];
const table = new BattleTable();
for (const [first, second, wins, losses] of duels) table.add({ first, second, wins, losses, ties: 0 });
const record = table.record();

const { standings } = ratePlayers(record);
console.table(
  standings.map(({ rank, hotkey, rating, low, high, battles }) => ({
    rank,
    player: hotkey,
    rating: Math.round(rating),
    "95 %": `${Math.round(low)} … ${Math.round(high)}`,
    battles,
  })),
);

const leverage = leaderLeverage(record, fitBradleyTerry(record));
if (leverage !== null) console.log("Fewest votes that put somebody else in front:", leverage);

const traps = wilson(9, 10);
console.log(`9 of 10 traps avoided: between ${(traps.low * 100).toFixed(0)} and ${(traps.high * 100).toFixed(0)} %`);
