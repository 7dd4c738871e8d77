import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toMechId } from "../../src/base/ids.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { fetchRow } from "../../src/chain/weights.ts";
import type { Task, TaskLog } from "../../src/mechanism/task-log.ts";
import { runCli } from "../helpers/run-cli.ts";
import type { CrashRun } from "./crash-run.ts";
import type { Spoken } from "./player.ts";

/** What was found out about a run. Everything but the counts must be empty. */
export interface Judgement {
  /** Acknowledged answers that the log has not, has twice, or has otherwise. */
  readonly lost: string[];
  /** Answers in the log that nobody gave. */
  readonly invented: string[];
  /** Intervals whose scores are not what `simulate` makes of the log. */
  readonly otherScores: number[];
  /** Findings of `audit --receipts` that concern draws, proofs, scores or receipts. */
  readonly findings: unknown[];
  readonly weightsOnChain: Readonly<Record<string, number>>;
  /** Of the last interval, by `simulate`. */
  readonly weightsOfLog: Readonly<Record<string, number>>;
  readonly verified: unknown;
  readonly acknowledged: number;
  /** In the log although the acknowledgement was lost on the way. */
  readonly unacknowledged: number;
  readonly intervals: number;
}

interface Entry {
  readonly task: string;
  readonly by: string;
  readonly said: string;
}

/** Holds the exported log against what the miners were told, the chain and a replay. */
export async function judgeRun(run: CrashRun): Promise<Judgement> {
  const command = async (...args: string[]): Promise<Record<string, unknown>> => {
    const done = await runCli([...args, "--json"], { cwd: run.home, env: { COLOSSEUM_HOME: run.home } });
    if (done.code !== 0 && done.code !== 3) throw new Error(`${args.join(" ")} gave ${done.code}: ${done.stderr}`);
    return (JSON.parse(done.stdout) as { data: Record<string, unknown> }).data;
  };
  const [settled, all] = [join(run.home, "settled.json"), join(run.home, "all.json")];
  await command("validator", "export", "-o", settled, ...run.flags);
  await command("validator", "export", "--open", "-o", all, ...run.flags);
  const log = JSON.parse(readFileSync(all, "utf8")) as TaskLog;

  const spoken = new Map<string, Spoken>();
  for (const player of run.players) for (const [id, record] of player.spoken) spoken.set(id, record);
  const entries = entriesOf(log.tasks);
  const lost: string[] = [];
  let acknowledged = 0;
  for (const { assignment, acknowledged: upTo, sent, hotkey } of spoken.values()) {
    if (upTo < 0) continue;
    acknowledged++;
    const found = entries.get(assignment) ?? [];
    const [only] = found;
    // A later answer may have been stored without its acknowledgement getting through; an earlier one never stays.
    const isSaid = only !== undefined && only.by === hotkey && sent.slice(upTo).includes(only.said);
    if (found.length !== 1 || !isSaid) lost.push(`${assignment}: ${JSON.stringify({ sent, upTo, found })}`);
  }
  const invented: string[] = [];
  let unacknowledged = 0;
  for (const [assignment, found] of entries) {
    const record = spoken.get(assignment);
    if (record?.acknowledged === -1) unacknowledged++;
    for (const { by, said, task } of found) {
      if (record?.hotkey !== by || !record.sent.includes(said)) invented.push(`${task} ${assignment}: ${by} ${said}`);
    }
  }

  const otherScores: number[] = [];
  let weightsOfLog: Record<string, number> = {};
  const { intervals = [] } = JSON.parse(readFileSync(settled, "utf8")) as TaskLog;
  for (const { n, scores } of intervals) {
    const { miners } = (await command("simulate", settled, "--interval", String(n))) as {
      miners: { hotkey: string; score: number; weight: number }[];
    };
    const replayed = Object.fromEntries(miners.map(({ hotkey, score }) => [hotkey, score]));
    if (JSON.stringify(sorted(replayed)) !== JSON.stringify(sorted(scores ?? {}))) otherScores.push(n);
    weightsOfLog = Object.fromEntries(miners.filter(({ weight }) => weight > 0).map((one) => [one.hotkey, one.weight]));
  }
  const audit = await command("audit", settled, "--receipts", run.receiptsDir);
  return {
    lost,
    invented,
    otherScores,
    findings: (audit["findings"] as Finding[]).filter(({ code }) => !OF_VOTERS.test(code)),
    weightsOnChain: sorted(await weightsOnChain(run)),
    weightsOfLog: sorted(weightsOfLog),
    verified: audit["verified"],
    acknowledged,
    unacknowledged,
    intervals: intervals.length,
  };
}

interface Finding {
  readonly code: string;
}

/** Miners that throw dice may look like anything to a statistic. */
const OF_VOTERS = /^audit\.(below-chance-in-traps|copied-votes|identical-completions|mutual-votes|position-bias)$/;

/** The log's answers of miners by assignment. */
function entriesOf(tasks: readonly Task[]): Map<string, Entry[]> {
  const entries = new Map<string, Entry[]>();
  const add = (assignment: unknown, entry: Entry): void => {
    const key = String(assignment);
    entries.set(key, [...(entries.get(key) ?? []), entry]);
  };
  for (const task of tasks) {
    for (const completion of task.completions) {
      if (completion.source !== "miner") continue;
      add(completion["assignment"], { task: task.id, by: completion.by, said: String(completion["sha256"]) });
    }
    for (const vote of task.votes) {
      add(vote["assignment"], { task: task.id, by: vote.voter, said: String(vote["choice"]) });
    }
  }
  return entries;
}

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

async function weightsOnChain({ client, netuid, validator }: CrashRun): Promise<Record<string, number>> {
  const { neurons } = await fetchMetagraph(client, netuid);
  const self = neurons.find(({ hotkey }) => hotkey === validator.hotkey.address);
  const row = await fetchRow(client, netuid, toMechId(0), self?.uid ?? -1);
  const hotkeys = new Map(neurons.map(({ uid, hotkey }) => [Number(uid), String(hotkey)]));
  return Object.fromEntries(
    [...row].filter(([, value]) => value > 0).map(([uid, value]) => [hotkeys.get(Number(uid)) ?? `uid ${uid}`, value]),
  );
}
