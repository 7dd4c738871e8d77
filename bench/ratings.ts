import { below, type Random, seededRandom, shuffled, uniform } from "../src/base/random.ts";
import { BattleTable } from "../src/ratings/battles.ts";
import { findGroups, GROUP_FALSE_ALARM_RATE } from "../src/ratings/group-test.ts";
import { POINTS, ratePlayers } from "../src/ratings/leaderboard.ts";
import { leaderLeverage } from "../src/ratings/leverage.ts";
import { type DuelVotes, voteTable } from "../src/ratings/vote-table.ts";

const LOGS = 60;
const WORLDS = 199;
const ACCURACY = 0.8;
const RING = 3;

const name = (miner: number): string => `m${miner}`;

/** Duels between miners of equal quality; everybody else votes, right with probability 0.8. The first `ring` vote for each other. */
function duels(random: Random, miners: number, tasks: number, ring: number, perTask: number): DuelVotes[] {
  return Array.from({ length: tasks }, () => {
    const [a = 0, b = 1, ...others] = shuffled(
      random,
      Array.from({ length: miners }, (_, miner) => miner),
    );
    const better = below(random, 2) as 0 | 1;
    const votes = others.slice(0, perTask).map((voter) => {
      const right = uniform(random) < ACCURACY;
      const honest = right ? better : ((1 - better) as 0 | 1);
      const favours = voter < ring && a < ring !== b < ring;
      return { voter: name(voter), choice: favours ? ((a < ring ? 0 : 1) as 0 | 1) : honest };
    });
    return { authors: [name(a), name(b)], votes };
  });
}

/** Share of logs in which the search names the ring exactly (or, without a ring, finds anything at all). */
function foundShare(miners: number, tasks: number, ring: number, perTask: number): number {
  const random = seededRandom(`${miners}/${tasks}/${ring}/${perTask}`);
  let found = 0;
  for (let log = 0; log < LOGS; log++) {
    const search = findGroups(voteTable(duels(random, miners, tasks, ring, perTask)), seededRandom(log), WORLDS);
    let step = search.next();
    while (step.done !== true) step = search.next();
    const wanted = Array.from({ length: ring }, (_, miner) => name(miner)).join();
    if (step.value.groups.some(({ members }) => ring === 0 || members.join() === wanted)) found++;
  }
  return found / LOGS;
}

function powerCurve(): object[] {
  const everybody = Number.POSITIVE_INFINITY;
  const rows: [number, number, readonly number[]][] = [
    [10, everybody, [20, 40, 60, 80]],
    [20, everybody, [40, 60, 80, 120]],
    [50, everybody, [60, 100, 150, 200]],
    [20, 5, [100, 150, 200, 300]],
  ];
  return rows.flatMap(([miners, perTask, counts]) =>
    counts.map((tasks) => ({
      miners,
      votersPerTask: Number.isFinite(perTask) ? perTask : "all",
      tasks,
      found: foundShare(miners, tasks, RING, perTask),
      falseAlarms: foundShare(miners, tasks, 0, perTask),
    })),
  );
}

/** Rating 256 miners by 100 000 battles, with intervals and leverage. */
function ratingSpeed(): object {
  const random = seededRandom("speed");
  const table = new BattleTable();
  for (let battle = 0; battle < 100_000; battle++) {
    const first = below(random, 256);
    const second = (first + 1 + below(random, 255)) % 256;
    const wins = uniform(random) < 1 / (1 + Math.exp((second - first) / 100)) ? 1 : 0;
    table.add({ first: name(first), second: name(second), wins, losses: 1 - wins, ties: 0 });
  }
  const record = table.record();
  const start = performance.now();
  const { fit } = ratePlayers(record);
  const rated = performance.now();
  leaderLeverage(record, fit);
  return { players: 256, battles: 100_000, rateMs: rated - start, leverageMs: performance.now() - rated };
}

/** Share of 95 % intervals that hold the planted rating. */
function coverage(players: number, battles: number, simulations: number): number {
  const random = seededRandom(`coverage/${players}/${battles}`);
  let [held, all] = [0, 0];
  for (let simulation = 0; simulation < simulations; simulation++) {
    const table = new BattleTable();
    for (let battle = 0; battle < battles; battle++) {
      const first = below(random, players);
      const second = (first + 1 + below(random, players - 1)) % players;
      const wins = uniform(random) < 1 / (1 + Math.exp((second - first) * (2 / (players - 1)))) ? 1 : 0;
      table.add({ first: name(first), second: name(second), wins, losses: 1 - wins, ties: 0 });
    }
    for (const { hotkey, low, high } of ratePlayers(table.record()).standings) {
      const planted = 1_000 + POINTS * (Number(hotkey.slice(1)) * (2 / (players - 1)) - 1);
      all++;
      if (low <= planted && planted <= high) held++;
    }
  }
  return held / all;
}

if (import.meta.main) {
  const intervals = [4, 8, 16].map((players) => ({
    players,
    battles: 50 * players,
    coverage: coverage(players, 50 * players, 1_000),
  }));
  const groups = { falseAlarmRate: GROUP_FALSE_ALARM_RATE, logs: LOGS, curve: powerCurve() };
  console.log(JSON.stringify({ bench: "ratings", speed: ratingSpeed(), intervals, groups }));
}
