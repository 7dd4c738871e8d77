import { exactSum } from "../../../src/base/exact-sum.ts";
import type { PaperRules, ScaledRules } from "../../../src/mechanism/rule-set.ts";
import type { Standings } from "../../../src/mechanism/standings.ts";
import type { Completion, Task, Vote } from "../../../src/mechanism/task-log.ts";

/**
 * The rules of `paper` and `scaled` written down once more, from their description and for reading: every list is
 * searched anew, nothing is kept from task to task.
 */
type Entry = { hotkey: string; role: "generator" | "discriminator"; earned: number; reason: string };

/** Nanoseconds of a time in `Z`. */
function nanos(time: string): bigint {
  const [, seconds = "", fraction = ""] = /^(.{19})\.?([0-9]*)Z$/.exec(time) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}

function whyIgnored(task: Task, { voter, completion, at }: Vote): keyof Standings["ignoredVotes"] | null {
  if (voter === task.validator || task.generators.includes(voter)) return "own-task";
  if (task.discriminators !== undefined && !task.discriminators.includes(voter)) return "not-invited";
  if (!task.completions.some(({ id }) => id === completion)) return "unknown-completion";
  const isInTime = nanos(at) >= nanos(task.votingOpensAt ?? task.createdAt) && nanos(at) <= nanos(task.expiresAt);
  return isInTime ? null : "out-of-time";
}

/** Voter → the completion of its last valid vote: by time, then by place. */
function ballots(task: Task): Map<string, Completion> {
  const last = new Map<string, Vote>();
  for (const vote of task.votes.filter((one) => whyIgnored(task, one) === null)) {
    const before = last.get(vote.voter);
    if (before === undefined || nanos(vote.at) >= nanos(before.at)) last.set(vote.voter, vote);
  }
  const completions = new Map(task.completions.map((one) => [one.id, one]));
  return new Map([...last].map(([voter, { completion }]) => [voter, completions.get(completion) as Completion]));
}

function isComplete({ kind, completions, negative }: Task): boolean {
  const byMiners = completions.filter(({ source }) => source === "miner").length;
  const byValidator = completions.length - byMiners;
  if (kind === "synthetic") return byMiners === 1 && byValidator === 1;
  if (kind === "duel") return byMiners === 2 && byValidator === 0;
  return completions.some(({ by }) => by === negative) && completions.some(({ by }) => by !== negative);
}

/** What everybody earns in a task that is not void. */
function paid(task: Task, rules: PaperRules | ScaledRules): Entry[] {
  const votes = ballots(task);
  const n = votes.size;
  const received = (id: string): number => [...votes.values()].filter((choice) => choice.id === id).length;
  const { generatorPay, voterPay, trapPenalty } =
    rules.name === "paper" ? rules : { generatorPay: 1, voterPay: 1, trapPenalty: 0 };

  const invited = (task.discriminators ?? [...votes.keys()]).filter(
    (hotkey) => hotkey !== task.validator && !task.generators.includes(hotkey),
  );
  const most = Math.max(...task.completions.map(({ id }) => received(id)));
  const top = task.completions.filter(({ id }) => received(id) === most);
  const winner = rules.name === "scaled" && n >= rules.quorum && top.length === 1 ? top[0] : undefined;
  const match = (choice: Completion | undefined): number => {
    if (choice === undefined || (task.kind !== "trap" && winner === undefined)) return 0.5;
    return (task.kind === "trap" ? choice.by !== task.negative : choice === winner) ? 1 : 0;
  };
  const mean = invited.reduce((sum, hotkey) => sum + match(votes.get(hotkey)), 0) / invited.length;
  const stake = rules.name === "paper" ? 0 : task.kind === "trap" ? rules.c : rules.d;
  const transfer = (choice: Completion | undefined): number =>
    invited.length === 0 ? 0 : (stake * (match(choice) - mean)) / invited.length;

  const voter = (hotkey: string, choice: Completion): Entry => {
    if (task.kind === "trap") {
      const fell = choice.by === task.negative;
      const reason = fell ? "trapped" : "avoided-trap";
      return { hotkey, role: "discriminator", earned: (fell ? -trapPenalty : 0) + transfer(choice), reason };
    }
    const right = task.kind === "duel" || choice.source === "validator";
    let reason = task.kind === "duel" ? "duel-vote" : right ? "chose-validator" : "chose-miner";
    if (winner !== undefined) reason = choice === winner ? "majority" : "minority";
    return { hotkey, role: "discriminator", earned: (right ? voterPay * (1 / n) : 0) + transfer(choice), reason };
  };
  return [
    ...task.generators.map((hotkey): Entry => {
      const own = task.completions.find(({ by, source }) => by === hotkey && source === "miner");
      const earned = task.kind === "trap" || own === undefined ? 0 : generatorPay * (received(own.id) / n);
      return { hotkey, role: "generator", earned, reason: "votes-received" };
    }),
    ...[...votes].map(([hotkey, choice]) => voter(hotkey, choice)),
    ...invited
      .filter((hotkey) => !votes.has(hotkey))
      .map((hotkey): Entry => ({ hotkey, role: "discriminator", earned: transfer(undefined), reason: "no-vote" })),
  ];
}

/** w/max × 65535, rounded half to even. */
function weightU16(score: number, max: number): number {
  const exact = (score / max) * 65_535;
  const floor = Math.floor(exact);
  if (exact - floor !== 0.5) return Math.round(exact);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * `simulate --json`'s data but for what is observed of traps.
 *
 * @param until - RFC 3339: tasks that end later are open, votes after it do not exist.
 */
export function referenceStandings(
  log: readonly Task[],
  rules: PaperRules | ScaledRules,
  until?: string,
): Omit<Standings, "preset" | "kappaObserved"> {
  const tasks = { total: log.length, scored: 0, void: 0, open: 0, skipped: 0, synthetic: 0, duel: 0, trap: 0 };
  const ignored = { "own-task": 0, "not-invited": 0, "unknown-completion": 0, "out-of-time": 0 };
  const hotkeys = new Set<string>();
  const entries: Entry[] = [];
  const scored: Task[] = [];
  for (const whole of log) {
    const exists = (at: string): boolean => until === undefined || nanos(at) <= nanos(until);
    const task = { ...whole, votes: whole.votes.filter(({ at }) => exists(at)) };
    const votes = ballots(task);
    for (const hotkey of [...task.generators, ...(task.discriminators ?? []), ...votes.keys()]) {
      if (hotkey !== task.validator) hotkeys.add(hotkey);
    }
    if (!exists(task.expiresAt)) {
      tasks.open++;
      continue;
    }
    for (const vote of task.votes) {
      const why = whyIgnored(task, vote);
      if (why !== null) ignored[why]++;
    }
    if (!isComplete(task) || votes.size === 0) {
      tasks.void++;
      continue;
    }
    tasks.scored++;
    tasks[task.kind]++;
    scored.push(task);
    entries.push(...paid(task, rules));
  }
  const rows = [...hotkeys].map((hotkey) => {
    const own = entries.filter((entry) => entry.hotkey === hotkey);
    const sumOf = (of: readonly Entry[]): number => exactSum(of.map(({ earned }) => earned));
    return {
      hotkey,
      score: sumOf(own),
      generator: sumOf(own.filter(({ role }) => role === "generator")),
      discriminator: sumOf(own.filter(({ role }) => role === "discriminator")),
      generated: scored.filter((task) => task.completions.some(({ by, source }) => by === hotkey && source === "miner"))
        .length,
      voted: scored.filter((task) => ballots(task).has(hotkey)).length,
      trapped: own.filter(({ reason, earned }) => reason === "trapped" && earned < 0).length,
    };
  });
  const above = rows.map(({ score }) => Math.max(0, score));
  const [total, max] = [exactSum(above), Math.max(0, ...above)];
  const shared = rows.map((row, place) => ({
    ...row,
    share: total === 0 ? 0 : (above[place] ?? 0) / total,
    weight: total === 0 ? 0 : weightU16(above[place] ?? 0, max),
  }));
  const miners = shared.sort((a, b) => b.score - a.score || (a.hotkey < b.hotkey ? -1 : 1));
  return { tasks, ignoredVotes: ignored, miners };
}
