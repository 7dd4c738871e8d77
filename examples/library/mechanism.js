// Which rule set pays whom? Run it from anywhere: node examples/library/mechanism.js [tasks.json]
import { readFileSync } from "node:fs";
import { concentrationOf, PRESET_NAMES, ruleSetNamed, Scoreboard, standingsOf } from "colosseum/mechanism";

const file = process.argv[2] ?? new URL("../tasks.json", import.meta.url);
const { tasks } = JSON.parse(readFileSync(file, "utf8"));

/** Every task through one rule set; a task that breaks the format is named and left out. */
function replay(rules) {
  const board = new Scoreboard(rules);
  for (const task of tasks) {
    const problem = board.tryAdd(task);
    if (problem !== null) console.warn(`${task.id}: ${problem.path}: expected ${problem.expected}`);
  }
  return standingsOf(board).standings.miners;
}

// 1. The same votes under each named rule set: share of all pay, and how concentrated it is.
const table = {};
for (const preset of PRESET_NAMES) {
  const miners = replay(ruleSetNamed(preset));
  for (const { hotkey, share } of miners) {
    const row = `${hotkey.slice(0, 8)}…`;
    table[row] = { ...table[row], [preset]: `${(share * 100).toFixed(1)} %` };
  }
  const { topThree } = concentrationOf(miners.map(({ share }) => share));
  table["top three"] = { ...table["top three"], [preset]: `${(topThree * 100).toFixed(1)} %` };
}
console.table(table);

// 2. One number changed: what does walking into a trap leave of one's pay?
const careless = replay(ruleSetNamed("paper")).find(({ trapped }) => trapped > 0);
for (const trapPenalty of [0, 0.4, 1, 2]) {
  const row = replay(ruleSetNamed("paper", { trapPenalty })).find(({ hotkey }) => hotkey === careless?.hotkey);
  if (row !== undefined) console.log(`trap penalty ${trapPenalty}: ${(row.share * 100).toFixed(1)} % of all pay`);
}
