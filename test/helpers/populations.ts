import { ruleSetNamed } from "../../src/mechanism/rule-set.ts";
import type { Task } from "../../src/mechanism/task-log.ts";
import type { SimulatedBallot } from "../../src/simulate/population-ballots.ts";
import { OUTSIDE, SILENT } from "../../src/simulate/population-behaviour.ts";
import { type Estimate, estimate } from "../../src/simulate/population-estimate.ts";
import type { AnyStrategy, Group, World } from "../../src/simulate/population-model.ts";
import { minersOf } from "../../src/simulate/population-model.ts";
import { playSeed } from "../../src/simulate/population-world.ts";

/** A group of the measured tables: p = .8, d = .8. */
export const group = (
  name: string,
  count: number,
  strategy: AnyStrategy,
  quality: number,
  trapAccuracy = 0.9,
  accuracy = 0.8,
): Group => ({ name, count, strategy, quality, accuracy, trapAccuracy, detect: 0.8 });

/** A world of the measured tables: t = δ = .2, eight rounds, q_V = .5. */
export const world = (preset: string, groups: readonly Group[], change: Partial<World> = {}): World => ({
  rules: ruleSetNamed(preset),
  trapShare: 0.2,
  syntheticShare: 0.2,
  naturalTrapShare: 0,
  votersPerTask: 0,
  rounds: 8,
  validatorQuality: 0.5,
  seed: 1,
  groups,
  ...change,
});

export interface GroupEstimate {
  readonly score: Estimate;
  readonly voting: Estimate;
  /** Share ÷ equal share. */
  readonly perCapita: Estimate;
}

/** Plays seeds 0 … seeds − 1 and estimates every group by name. */
export function measure(played: World, seeds: number): Readonly<Record<string, GroupEstimate>> {
  const outcomes = Array.from({ length: seeds }, (_, seed) => playSeed(played, seed));
  const miners = minersOf(played);
  return Object.fromEntries(
    played.groups.map(({ name, count }, index) => [
      name,
      {
        score: estimate(outcomes.map(({ score }) => score[index] ?? 0)),
        voting: estimate(outcomes.map(({ voting }) => voting[index] ?? 0)),
        perCapita: estimate(outcomes.map(({ share }) => ((share[index] ?? 0) * miners) / count)),
      },
    ]),
  );
}

/** Per seed, what one group gains by being as in `deviating` instead of `honest`: common random numbers. */
export function pairedGain(
  deviating: World,
  honest: World,
  index: number,
  seeds: number,
  of: "score" | "voting" | "share" = "score",
): Estimate {
  const gains = Array.from(
    { length: seeds },
    (_, seed) => (playSeed(deviating, seed)[of][index] ?? 0) - (playSeed(honest, seed)[of][index] ?? 0),
  );
  return estimate(gains);
}

/** A simulated ballot as the task log would hold it. */
export function taskOf(ballot: SimulatedBallot, id: string): Task {
  const at = "2026-01-01T01:00:00Z";
  const name = (miner: number): string => `m${miner}`;
  const solo = ballot.second < 0;
  const authors = [name(ballot.first), solo ? "V" : name(ballot.second)];
  const miners = [...ballot.choices.keys()];
  return {
    id,
    kind: ballot.kind,
    createdAt: "2026-01-01T00:00:00Z",
    expiresAt: "2026-01-01T06:00:00Z",
    validator: "V",
    generators: solo ? authors.slice(0, 1) : authors,
    completions: authors.map((by, side) => ({ id: `c${side}`, by, source: by === "V" ? "validator" : "miner" })),
    ...(ballot.kind === "trap" ? { negative: authors[ballot.negative] ?? "V" } : {}),
    discriminators: miners.filter((miner) => ballot.choices[miner] !== OUTSIDE).map(name),
    votes: miners
      .filter((miner) => ballot.choices[miner] !== OUTSIDE && ballot.choices[miner] !== SILENT)
      .map((miner) => ({ voter: name(miner), completion: `c${ballot.choices[miner]}`, at })),
  };
}
