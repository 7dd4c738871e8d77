import fc from "fast-check";
import type { Task, TaskKind, Vote } from "../../../src/mechanism/task-log.ts";

export const OPENS = "2026-01-01T00:10:00Z";
export const VALIDATOR = "V";

/** A complete, valid task: generators G1 and G2 (synthetic: G1), completions c1 and c2 (cv), voters as given. */
export function sampleTask(
  kind: TaskKind,
  votes: readonly (readonly [string, string, string?])[],
  more: object = {},
): Task {
  const generators = kind === "synthetic" ? ["G1"] : ["G1", "G2"];
  const mine = generators.map((by, index) => ({ id: `c${index + 1}`, by, source: "miner" as const }));
  return {
    id: "t-0001",
    kind,
    createdAt: "2026-01-01T00:00:00Z",
    votingOpensAt: OPENS,
    expiresAt: "2026-01-01T06:00:00Z",
    validator: VALIDATOR,
    generators,
    completions: kind === "synthetic" ? [...mine, { id: "cv", by: VALIDATOR, source: "validator" }] : mine,
    ...(kind === "trap" ? { negative: "G2" } : {}),
    votes: votes.map(([voter, completion, at = "2026-01-01T01:00:00Z"]): Vote => ({ voter, completion, at })),
    ...more,
  };
}

const HOTKEYS = Array.from({ length: 12 }, (_, index) => `H${index}`);
const TIMES = [
  "2026-01-01T00:09:59.999999999Z",
  OPENS,
  "2026-01-01T03:00:00Z",
  "2026-01-01T06:00:00Z",
  "2026-01-01T06:00:01Z",
];

/** Valid tasks of every kind: missing completions, strangers, late, double and unknown votes are among them. */
export const tasks: fc.Arbitrary<Task> = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 8 }),
    interval: fc.nat(2),
    kind: fc.constantFrom<TaskKind>("synthetic", "duel", "trap"),
    players: fc.shuffledSubarray(HOTKEYS, { minLength: 3 }),
    submitted: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    negative: fc.nat(2),
    opens: fc.constantFrom(OPENS, undefined),
    invited: fc.option(fc.shuffledSubarray(HOTKEYS), { nil: undefined }),
    votes: fc.array(
      fc.record({
        voter: fc.constantFrom(...HOTKEYS, VALIDATOR),
        completion: fc.constantFrom("c0", "c1", "cv", "nothing"),
        at: fc.constantFrom(...TIMES),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ id, interval, kind, players, submitted, negative, opens, invited, votes }): Task => {
    const generators = players.slice(0, kind === "synthetic" ? 1 : 2);
    const mine = generators
      .map((by, index) => ({ id: `c${index}`, by, source: "miner" as const }))
      .filter((_, index) => submitted[index] !== false);
    const baseline = { id: "cv", by: VALIDATOR, source: "validator" as const };
    return {
      id,
      interval,
      kind,
      createdAt: "2026-01-01T00:00:00Z",
      ...(opens === undefined ? {} : { votingOpensAt: opens }),
      expiresAt: "2026-01-01T06:00:00Z",
      validator: VALIDATOR,
      generators,
      completions: kind !== "duel" && submitted[2] !== false ? [...mine, baseline] : mine,
      ...(kind === "trap" ? { negative: generators[negative] ?? VALIDATOR } : {}),
      ...(invited === undefined ? {} : { discriminators: invited }),
      votes,
    };
  });
