import { bytesToHex } from "@noble/hashes/utils.js";
import { pick, type Random, uniform } from "../base/random.ts";
import { compareText } from "../base/text.ts";
import { inviteEvenly } from "./draws-invite.ts";
import type { Draws } from "./draws-stream.ts";
import type { TaskKind } from "./task-log.ts";

/** Everything that decides a draw besides the key and who is eligible; stands in each interval of the log. */
export interface DrawRules {
  /** Probability that a task is a trap. */
  readonly trapShare: number;
  /** Probability that a task which is no trap is synthetic. */
  readonly syntheticShare: number;
  /** Probability that a trap damages the output; the others change the negative generator's prompt. */
  readonly damageShare: number;
  /** Probability that a trap damages nothing where its outputs differ by nature; absent: 0. */
  readonly naturalShare?: number;
  /** How many are invited to vote on a task; null for everybody who may, or as many as `evenVotes` leaves. */
  readonly votersPerTask: number | null;
  /**
   * Where `votersPerTask` is null: every voter gets as many votes in each round, whatever kinds were drawn, so that a
   * count of invitations tells nothing. Absent: false.
   */
  readonly evenVotes?: boolean;
  /** The kinds of the validator's very first tasks, before chance decides. */
  readonly firstKinds: readonly TaskKind[];
  /** Task types on offer, not empty. */
  readonly taskTypes: readonly string[];
}

/** A miner that had checked in and is registered when a round opens. */
export interface Eligible {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly roles: readonly ("generator" | "discriminator")[];
  readonly taskTypes: readonly string[];
}

/** How a trap makes its negative output inferior: a changed prompt, damage, or nothing where nature did it already. */
export type TrapMethod = "prompt" | "damage" | "natural";

export interface DrawnGenerator {
  readonly hotkey: string;
  readonly assignment: string;
}

export interface DrawnVoter {
  readonly hotkey: string;
  readonly assignment: string;
  /** Whether the first completion (`c1`) is shown as A. */
  readonly firstIsA: boolean;
}

export interface DrawnTask {
  /** Place in its round, from 0. */
  readonly index: number;
  readonly kind: TaskKind;
  readonly taskType: string;
  /** One in a synthetic task, else two; their completions are `c1`, `c2` in this order, the validator's comes last. */
  readonly generators: readonly DrawnGenerator[];
  readonly negative: string | null;
  readonly method: TrapMethod | null;
  /** Kept out of a synthetic task's vote, as the second generator of the other kinds is; nobody with `evenVotes`. */
  readonly decoy: string | null;
  /** By hotkey, ascending. */
  readonly voters: readonly DrawnVoter[];
}

export interface RoundDraw {
  readonly tasks: readonly DrawnTask[];
  /** How many of `firstKinds` are used up after this round. */
  readonly firstKindsUsed: number;
}

/** The name of one decision about one task. Kept short: it is hashed for each voter. */
export const drawLabel = (round: number, index: number, purpose: string): string => `${round}/${index}/${purpose}`;

/**
 * Draws one round: every eligible generator gets exactly one task, in an order of chance. A task's kind is drawn once;
 * it becomes synthetic where no second generator is left, or where a pair would leave nobody to vote.
 *
 * Two miners are kept out of each vote (the pair, or the generator and a decoy) with every hotkey of their coldkeys. A
 * decoy is left out only where somebody else remains to vote. With `evenVotes` there is no decoy: everybody is left out
 * of some votes by chance, which hides more (two friends could tell a decoy from a generator by asking each other).
 *
 * @param round - Of the interval, from 0.
 * @param eligible - Distinct hotkeys in any order, without the validator's own.
 * @param firstKindsUsed - How many of `rules.firstKinds` earlier rounds have used up.
 * @see facts: rules §2 "Drawing tasks"; docs/validator.md
 */
export function drawRound(
  draws: Draws,
  round: number,
  eligible: readonly Eligible[],
  rules: DrawRules,
  firstKindsUsed: number,
): RoundDraw {
  const everyone = [...eligible].sort((a, b) => compareText(a.hotkey, b.hotkey));
  const pool = draws.ordered(
    `${round}/order`,
    everyone.filter((miner) => miner.roles.includes("generator") && typesOf(miner, rules).length > 0),
    (miner) => miner.hotkey,
  );
  const isEven = rules.votersPerTask === null && rules.evenVotes === true;
  const tasks: DrawnTask[] = [];
  const mayVote: Eligible[][] = [];
  let used = firstKindsUsed;
  for (let first = pool.shift(); first !== undefined; first = pool.shift()) {
    const index = tasks.length;
    const label = (purpose: string): string => drawLabel(round, index, purpose);
    const taskType = pick(draws.stream(label("type")), typesOf(first, rules));
    const voters = everyone.filter(
      (miner) => miner.roles.includes("discriminator") && miner.taskTypes.includes(taskType),
    );
    const forced = rules.firstKinds[used];
    const drawn = forced ?? drawKind(draws.stream(label("kind")), rules);
    const second = drawn === "synthetic" ? undefined : takePartner(pool, first, taskType, voters);
    const kind = second === undefined ? "synthetic" : drawn;
    if (kind === forced) used++;
    const generators = second === undefined ? [first] : [first, second];
    const decoy = second === undefined && !isEven ? drawDecoy(draws, label("decoy"), first, voters) : undefined;
    const out = decoy === undefined ? generators : [...generators, decoy];
    const invited = drawSubset(draws, label("voters"), without(voters, out), rules.votersPerTask);
    mayVote.push(invited);
    const trap = kind === "trap";
    tasks.push({
      index,
      kind,
      taskType,
      generators: generators.map(({ hotkey }) => ({ hotkey, assignment: ticket(draws, label(hotkey)).id })),
      negative: trap ? pick(draws.stream(label("negative")), generators).hotkey : null,
      method: trap ? drawMethod(draws, label, rules) : null,
      decoy: decoy?.hotkey ?? null,
      voters: [],
    });
  }
  const invited = isEven ? inviteEvenly(draws, round, everyone, mayVote) : mayVote;
  return {
    tasks: tasks.map((task) => ({
      ...task,
      voters: (invited[task.index] ?? []).map(({ hotkey }) => {
        const { id, bit } = ticket(draws, drawLabel(round, task.index, hotkey));
        return { hotkey, assignment: id, firstIsA: bit };
      }),
    })),
    firstKindsUsed: used,
  };
}

/** Trap with `trapShare`, else synthetic with `syntheticShare`, else duel. @see facts: rules §2 */
function drawKind(random: Random, rules: DrawRules): TaskKind {
  if (uniform(random) < rules.trapShare) return "trap";
  return uniform(random) < rules.syntheticShare ? "synthetic" : "duel";
}

function drawMethod(draws: Draws, label: (purpose: string) => string, rules: DrawRules): TrapMethod {
  if (uniform(draws.stream(label("natural"))) < (rules.naturalShare ?? 0)) return "natural";
  return uniform(draws.stream(label("method"))) < rules.damageShare ? "damage" : "prompt";
}

const typesOf = (miner: Eligible, rules: DrawRules): string[] =>
  rules.taskTypes.filter((type) => miner.taskTypes.includes(type));

/** Those who share no coldkey with any of `out`. */
const without = (miners: readonly Eligible[], out: readonly Eligible[]): Eligible[] =>
  miners.filter((miner) => !out.some((other) => other.coldkey === miner.coldkey || other.hotkey === miner.hotkey));

/** Takes the next generator in order that may meet `first` and leaves somebody to vote. */
function takePartner(
  pool: Eligible[],
  first: Eligible,
  taskType: string,
  voters: readonly Eligible[],
): Eligible | undefined {
  const at = pool.findIndex(
    (other) =>
      other.coldkey !== first.coldkey &&
      other.taskTypes.includes(taskType) &&
      without(voters, [first, other]).length > 0,
  );
  return at === -1 ? undefined : pool.splice(at, 1)[0];
}

function drawDecoy(
  draws: Draws,
  label: string,
  generator: Eligible,
  voters: readonly Eligible[],
): Eligible | undefined {
  return draws
    .ordered(label, without(voters, [generator]), (miner) => miner.hotkey)
    .find((candidate) => without(voters, [generator, candidate]).length > 0);
}

function drawSubset(draws: Draws, label: string, voters: readonly Eligible[], most: number | null): Eligible[] {
  if (most === null || voters.length <= most) return [...voters];
  return draws
    .ordered(label, voters, (miner) => miner.hotkey)
    .slice(0, most)
    .sort((a, b) => compareText(a.hotkey, b.hotkey));
}

/**
 * The id of a hotkey's assignment, which nobody else can tell before the seed is revealed.
 *
 * @param label - {@link drawLabel} of round, task and hotkey.
 */
export const ticketId = (draws: Draws, label: string): string => ticket(draws, label).id;

/** One hotkey's ticket to one task: an id that says nothing to anybody else, and the side of the first completion. */
function ticket(draws: Draws, label: string): { id: string; bit: boolean } {
  const bytes = draws.bytes(label);
  return { id: bytesToHex(bytes.subarray(0, 16)), bit: ((bytes[16] ?? 0) & 1) === 1 };
}
