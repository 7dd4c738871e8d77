import { compareText } from "../base/text.ts";
import type { Instant } from "../mechanism/instant.ts";
import { parseInstant } from "../mechanism/instant.ts";
import type { Task } from "../mechanism/task-log.ts";
import { fairCoin, lowerTail, wilson } from "../ratings/binomial.ts";
import type { Finding } from "./audit-types.ts";
import { type ValidVote, validVotes } from "./valid-votes.ts";

/** Each of these tests raises a false alarm in at most 1 of 100 honest logs, all voters together. */
const FALSE_ALARM_RATE = 0.01;

/** How somebody voted, apart from whom for. */
export interface VoterRecord {
  readonly hotkey: string;
  /** Valid votes in all tasks. */
  readonly votes: number;
  /** Traps voted on, and how many of them were avoided; the share with its Wilson interval (95 %), null without traps. */
  readonly traps: {
    readonly faced: number;
    readonly avoided: number;
    readonly accuracy: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
  /**
   * How often the first of two outputs was chosen. `label`: by the label that the voter saw (A first), all votes.
   * `order`: by the order of completions in the log, and only votes against the majority of the others, so that better
   * outputs that happen to stand first prove nothing.
   */
  readonly position: {
    readonly basis: "label" | "order";
    readonly votes: number;
    readonly first: number;
    readonly share: number | null;
    readonly low: number | null;
    readonly high: number | null;
    /** Two-sided, of a fair coin. */
    readonly p: number;
  };
  /** Milliseconds from the opening of voting to the vote that counts. */
  readonly time: { readonly fastestMs: number; readonly medianMs: number; readonly slowestMs: number };
}

interface Tally {
  votes: number;
  faced: number;
  avoided: number;
  labelled: number;
  labelledFirst: number;
  contrary: number;
  contraryFirst: number;
  readonly timesMs: number[];
}

const toMs = ({ seconds, nanos }: Instant): number => seconds * 1_000 + nanos / 1_000_000;
const round3 = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Collects voters' records task by task. */
export class VoterTallies {
  readonly #tallies = new Map<string, Tally>();

  add(task: Task): void {
    const votes = validVotes(task);
    const opens = parseInstant(task.votingOpensAt ?? task.createdAt);
    const [first, second] = task.completions;
    const firstVotes = votes.filter(({ completion }) => completion !== null && completion.id === first?.id).length;
    const decided = votes.filter(({ completion }) => completion !== null).length;
    for (const vote of votes) {
      const tally = this.#tallyOf(vote.voter);
      tally.votes++;
      if (opens !== undefined) tally.timesMs.push(toMs(vote.at) - toMs(opens));
      this.#trap(task, vote, tally);
      if (vote.vote["choice"] === "A" || vote.vote["choice"] === "B") {
        tally.labelled++;
        if (vote.vote["choice"] === "A") tally.labelledFirst++;
      }
      if (task.kind !== "duel" || task.completions.length !== 2 || vote.completion === null) continue;
      const isFirst = vote.completion.id === first?.id;
      const forFirst = firstVotes - (isFirst ? 1 : 0);
      const forSecond = decided - firstVotes - (second !== undefined && !isFirst ? 1 : 0);
      if (forFirst === forSecond || forFirst > forSecond === isFirst) continue;
      tally.contrary++;
      if (isFirst) tally.contraryFirst++;
    }
  }

  #trap(task: Task, { completion }: ValidVote, tally: Tally): void {
    const isTrap = task.kind === "trap" && task.completions.some(({ by }) => by === task.negative);
    if (!isTrap || task.completions.length < 2 || completion === null) return;
    tally.faced++;
    if (completion.by !== task.negative) tally.avoided++;
  }

  #tallyOf(voter: string): Tally {
    const known = this.#tallies.get(voter);
    if (known !== undefined) return known;
    const fresh: Tally = {
      votes: 0,
      faced: 0,
      avoided: 0,
      labelled: 0,
      labelledFirst: 0,
      contrary: 0,
      contraryFirst: 0,
      timesMs: [],
    };
    this.#tallies.set(voter, fresh);
    return fresh;
  }

  /** By hotkey, ascending. */
  records(): VoterRecord[] {
    return [...this.#tallies].sort(([a], [b]) => compareText(a, b)).map(([hotkey, tally]) => toRecord(hotkey, tally));
  }
}

function toRecord(hotkey: string, tally: Tally): VoterRecord {
  const basis = tally.labelled > 0 ? "label" : "order";
  const [tosses, heads] =
    basis === "label" ? [tally.labelled, tally.labelledFirst] : [tally.contrary, tally.contraryFirst];
  const times = tally.timesMs.sort((a, b) => a - b);
  const middle = ((times[(times.length - 1) >> 1] ?? 0) + (times[times.length >> 1] ?? 0)) / 2;
  const traps = tally.faced === 0 ? null : wilson(tally.avoided, tally.faced);
  const position = tosses === 0 ? null : wilson(heads, tosses);
  return {
    hotkey,
    votes: tally.votes,
    traps: {
      faced: tally.faced,
      avoided: tally.avoided,
      accuracy: traps?.share ?? null,
      low: traps?.low ?? null,
      high: traps?.high ?? null,
    },
    position: {
      basis,
      votes: tosses,
      first: heads,
      share: position?.share ?? null,
      low: position?.low ?? null,
      high: position?.high ?? null,
      p: fairCoin(heads, tosses),
    },
    time: { fastestMs: round3(times[0] ?? 0), medianMs: round3(middle), slowestMs: round3(times.at(-1) ?? 0) },
  };
}

/** Voters who choose by position, or who do worse in traps than a coin would; Bonferroni over all voters. */
export function voterFindings(records: readonly VoterRecord[]): Finding[] {
  const level = FALSE_ALARM_RATE / Math.max(1, records.length);
  const findings: Finding[] = [];
  for (const { hotkey, traps, position } of records) {
    if (position.p < level) {
      const { basis, votes, first, share, low, high, p } = position;
      findings.push({
        code: "audit.position-bias",
        subject: hotkey,
        evidence: { basis, votes, first, share, low, high, p },
      });
    }
    const { faced, avoided, accuracy, low, high } = traps;
    const p = faced === 0 ? 1 : lowerTail(avoided, faced, 0.5);
    if (p < level) {
      findings.push({
        code: "audit.below-chance-in-traps",
        subject: hotkey,
        evidence: { faced, avoided, accuracy, low, high, p },
      });
    }
  }
  return findings;
}
