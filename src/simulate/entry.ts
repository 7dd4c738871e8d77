import { chooseEvicted } from "../yuma/registration.ts";
import type { Group, World } from "./population-model.ts";
import { playMiners } from "./population-world.ts";

/** A full subnet that a clique holds a part of, and honest newcomers who buy the slot that the chain frees. */
export interface EntryWorld {
  /** Rules, tasks and seed; its groups are ignored. */
  readonly world: World;
  readonly clique: Group;
  readonly honest: Group;
  readonly newcomer: Group;
  /** Whole intervals between two arrivals. */
  readonly arrivalEvery: number;
  /** Intervals during which a newcomer cannot be evicted. */
  readonly immunity: number;
  /** Non-immune miners that the chain wants to keep; the chain's default is 10. */
  readonly minNonImmune: number;
  readonly intervals: number;
}

/** How one run went; intervals are counted from 1, null where it never happened. */
export interface EntryOutcome {
  /** The first clique member lost its slot. */
  readonly firstDisplaced: number | null;
  /** Half the clique had. */
  readonly halfDisplaced: number | null;
  /** The whole clique had. */
  readonly allDisplaced: number | null;
  readonly arrivals: number;
  /** Newcomers that lost their slot again. */
  readonly newcomersLost: number;
  /** Slots and part of the weights that the clique holds at the end. */
  readonly cliqueSlots: number;
  readonly cliqueShare: number;
}

type Kind = "honest" | "clique" | "newcomer";

interface Miner {
  readonly uid: number;
  readonly kind: Kind;
  readonly registeredAt: number;
  /** Share of the last interval, as the chain's emission. */
  emission: number;
}

const KINDS: readonly Kind[] = ["honest", "clique", "newcomer"];
/** Emission as whole rao, fine enough that only equal shares tie. */
const RAO = 1e15;

/**
 * Plays intervals one after the other: scores, weights, emission, an arrival that evicts whom the chain would evict
 * (lowest emission, then oldest, immune ones last).
 *
 * @param run - Which repetition; equal runs give equal outcomes.
 */
export function playEntry(entry: EntryWorld, run: number): EntryOutcome {
  const groupOf: Readonly<Record<Kind, Group>> = {
    honest: entry.honest,
    clique: entry.clique,
    newcomer: entry.newcomer,
  };
  let miners: Miner[] = [];
  for (const kind of ["honest", "clique"] as const) {
    for (let i = 0; i < groupOf[kind].count; i++) {
      miners.push({ uid: miners.length, kind, registeredAt: -entry.immunity, emission: 0 });
    }
  }
  const clique = entry.clique.count;
  const displaced = new Map<number, number>();
  let [arrivals, newcomersLost] = [0, 0];
  for (let interval = 1; interval <= entry.intervals; interval++) {
    payInterval(entry, groupOf, miners, run, interval);
    if (interval % entry.arrivalEvery !== 0) continue;
    const evicted = chooseEvicted({
      neurons: miners.map(({ uid, registeredAt, emission }) => ({
        uid,
        emissionRao: BigInt(Math.round(emission * RAO)),
        blockAtRegistration: registeredAt,
      })),
      block: interval,
      immunityPeriodBlocks: entry.immunity,
      minNonImmuneUids: entry.minNonImmune,
      ownerUid: undefined,
      ownerColdkeyUids: [],
      immuneOwnerUidsLimit: 0,
    });
    const gone = miners.find(({ uid }) => uid === evicted);
    if (gone === undefined) continue;
    arrivals++;
    if (gone.kind === "newcomer") newcomersLost++;
    miners = miners.filter((miner) => miner !== gone);
    miners.push({ uid: gone.uid, kind: "newcomer", registeredAt: interval, emission: 0 });
    const left = miners.filter(({ kind }) => kind === "clique").length;
    for (let lost = 1; lost <= clique - left; lost++) if (!displaced.has(lost)) displaced.set(lost, interval);
  }
  const cliqueMiners = miners.filter(({ kind }) => kind === "clique");
  return {
    firstDisplaced: displaced.get(1) ?? null,
    halfDisplaced: displaced.get(Math.ceil(clique / 2)) ?? null,
    allDisplaced: displaced.get(clique) ?? null,
    arrivals,
    newcomersLost,
    cliqueSlots: cliqueMiners.length,
    cliqueShare: cliqueMiners.reduce((sum, { emission }) => sum + emission, 0),
  };
}

/** Plays one interval with whoever holds a slot, and leaves each one's share as its emission. */
function payInterval(
  { world }: EntryWorld,
  groupOf: Readonly<Record<Kind, Group>>,
  miners: readonly Miner[],
  run: number,
  interval: number,
): void {
  const ordered = KINDS.flatMap((kind) => miners.filter((miner) => miner.kind === kind));
  const groups = KINDS.flatMap((kind) => {
    const count = miners.filter((miner) => miner.kind === kind).length;
    return count === 0 ? [] : [{ ...groupOf[kind], count }];
  });
  // One stream of seeds per run: interval after interval, no two alike.
  const { voting, generating } = playMiners({ ...world, groups }, run * 1_000_003 + interval);
  const kept = ordered.map((_, index) => Math.max(0, (voting[index] ?? 0) + (generating[index] ?? 0)));
  const total = kept.reduce((sum, score) => sum + score, 0);
  ordered.forEach((miner, index) => {
    miner.emission = total > 0 ? (kept[index] ?? 0) / total : 0;
  });
}

/** Outcomes of many runs: how often and how soon. */
export interface EntrySummary {
  readonly runs: number;
  /** Part of the runs in which it happened, and the median interval of those. */
  readonly firstDisplaced: { readonly happened: number; readonly median: number | null };
  readonly halfDisplaced: { readonly happened: number; readonly median: number | null };
  readonly allDisplaced: { readonly happened: number; readonly median: number | null };
  /** Means over runs. */
  readonly newcomersLost: number;
  readonly cliqueSlots: number;
  readonly cliqueShare: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function times(values: readonly (number | null)[]): { happened: number; median: number | null } {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return { happened: known.length / values.length, median: known[Math.floor(known.length / 2)] ?? null };
}

/** Plays runs 0 … runs − 1 and sums them up. */
export function summariseEntry(entry: EntryWorld, runs: number): EntrySummary {
  const outcomes = Array.from({ length: runs }, (_, run) => playEntry(entry, run));
  return {
    runs,
    firstDisplaced: times(outcomes.map((outcome) => outcome.firstDisplaced)),
    halfDisplaced: times(outcomes.map((outcome) => outcome.halfDisplaced)),
    allDisplaced: times(outcomes.map((outcome) => outcome.allDisplaced)),
    newcomersLost: mean(outcomes.map((outcome) => outcome.newcomersLost)),
    cliqueSlots: mean(outcomes.map((outcome) => outcome.cliqueSlots)),
    cliqueShare: mean(outcomes.map((outcome) => outcome.cliqueShare)),
  };
}
