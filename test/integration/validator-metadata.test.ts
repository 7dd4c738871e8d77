import { beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import type { TaskKind } from "../../src/mechanism/task-log.ts";
import { buildPage } from "../../src/pages/build.ts";
import { recogniseTask } from "../../src/pages/prompt.ts";
import type { Assignment } from "../../src/protocol/messages.ts";
import { pageSource } from "../../src/validator/page-source.ts";
import { areaUnderCurve, bootstrapInterval, type Example, fitLogistic } from "../helpers/classifier.ts";
import { json, World } from "../unit/validator/world.ts";

// What a miner is given to vote on must not tell the kind of the task, apart from the pages themselves: a classifier is
// trained on everything around them, and has to do no better than a coin on tasks that it has not seen.

const MINERS = 16;
const ROUNDS = 160;
interface Seen {
  readonly kind: TaskKind;
  readonly round: number;
  readonly around: readonly number[];
  readonly sizes: readonly number[];
}
let seen: Seen[];

beforeAll(async () => {
  seen = await collect();
}, 300_000);

/** Plays rounds with pages of every quality, and looks at each task once, through the eyes of one of its voters. */
async function collect(): Promise<Seen[]> {
  using world = new World({
    miners: MINERS,
    source: pageSource(),
    settings: { firstKinds: [], roundsPerInterval: 5, damageShare: 0.5, checkInMs: 10 ** 9, closeEarly: false },
  });
  await world.checkIn();
  const random = seededRandom("metadata");
  const found: Seen[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await world.run();
    await Promise.all(
      world.miners.map(async (miner, place) => {
        for (const { id, role, prompt } of await world.assignments(miner)) {
          if (role !== "generator") continue;
          const task = recogniseTask(prompt);
          if (task === undefined) throw new Error("the bank's prompts are known");
          const files = buildPage(task, 0.4 + (0.6 * place) / MINERS, random);
          await world.intake.completion(world.who(miner), id, json({ files }));
        }
      }),
    );
    world.clock.ms += world.settings.generateMs + 1;
    await world.run();
    found.push(...(await lookAround(world, round)));
    world.clock.ms += world.settings.voteMs + 1;
    await world.run();
  }
  return found;
}

async function lookAround(world: World, round: number): Promise<Seen[]> {
  const kinds = new Map<string, Seen>();
  for (const miner of world.miners) {
    const duels = (await world.assignments(miner)).filter(({ role }) => role === "discriminator");
    for (const [place, duel] of duels.entries()) {
      const task = world.store.tasks.assignment(duel.id)?.task ?? "";
      // Another voter each time, so that no task is looked at from one side only.
      if (kinds.has(task)) continue;
      const kind = world.store.tasks.get(task)?.draw.kind;
      if (kind !== undefined)
        kinds.set(task, { kind, round, around: around(duel, place, duels.length), sizes: sizes(duel) });
    }
  }
  return [...kinds.values()];
}

/** Everything but the pages: id, order, times, shape of the message, wording, rough sizes. */
function around(duel: Assignment, place: number, of: number): number[] {
  const byte = (at: number): number => Number.parseInt(duel.id.slice(2 * at, 2 * at + 2), 16);
  const bucket = (text: string): number => Math.floor(Math.log2(1 + text.length));
  const [a = "", b = ""] = (duel.outputs ?? []).map(({ files }) => JSON.stringify(files));
  return [
    ...[0, 1, 7, 15].map(byte),
    duel.id.length,
    place / of,
    Date.parse(duel.expiresAt) - Date.parse(duel.opensAt),
    Object.keys(duel).length,
    (duel.outputs ?? []).map(({ label }) => label).join("") === "AB" ? 1 : 0,
    duel.prompt.length,
    duel.prompt.charCodeAt(0),
    duel.prompt.split("\n").length,
    bucket(a),
    bucket(b),
  ];
}

/** Exact sizes belong to the content. */
const sizes = (duel: Assignment): number[] => {
  const [a = 0, b = 0] = (duel.outputs ?? []).map(({ files }) => JSON.stringify(files).length);
  return [a, b, Math.abs(a - b), Math.min(a, b)];
};

/**
 * Trains on one half and scores the other. How many tasks a round has is no secret and says how many of them are
 * synthetic; what must not show is which. So scores are compared with others of the same round only.
 */
function guess(examples: readonly (Example & { readonly round: number })[]): {
  readonly area: number;
  readonly low: number;
  readonly high: number;
} {
  const half = Math.floor(examples.length / 2);
  const score = fitLogistic(examples.slice(0, half));
  const rest = examples.slice(half).map((one) => ({ ...one, score: score(one.features) }));
  const mean = new Map(
    [...Map.groupBy(rest, ({ round }) => round)].map(([round, ones]) => [
      round,
      ones.reduce((sum, one) => sum + one.score, 0) / ones.length,
    ]),
  );
  const scored = rest.map((one) => ({ score: one.score - (mean.get(one.round) ?? 0), isPositive: one.isPositive }));
  const [low, high] = bootstrapInterval(scored, seededRandom("bootstrap"));
  return { area: areaUnderCurve(scored), low, high };
}

describe("what surrounds a task's pages", () => {
  it("is collected from more than a thousand tasks of every kind", () => {
    expect(seen.length).toBeGreaterThan(1_300);
    for (const kind of ["synthetic", "duel", "trap"]) {
      expect(seen.filter((one) => one.kind === kind).length).toBeGreaterThan(200);
    }
  });

  it.each(["trap", "synthetic"] as const)("does not tell a %s task from the others", (kind) => {
    const { low, high } = guess(
      seen.map((one) => ({ features: one.around, round: one.round, isPositive: one.kind === kind })),
    );
    expect([low, high]).toSatisfy(([from, to]: number[]) => (from ?? 1) <= 0.5 && 0.5 <= (to ?? 0));
  });

  it("is judged by a classifier that would find a leak", () => {
    const leaking = seen.map(({ around: features, kind, round }, n) => ({
      round,
      // One task in three says what it is.
      features: [...features, kind === "trap" && n % 3 === 0 ? 1 : 0],
      isPositive: kind === "trap",
    }));
    expect(guess(leaking).low).toBeGreaterThan(0.52);
  });

  it("leaves little to the exact sizes of the pages", () => {
    const { area } = guess(
      seen.map((one) => ({ features: one.sizes, round: one.round, isPositive: one.kind === "trap" })),
    );
    expect(Math.abs(area - 0.5)).toBeLessThan(0.12);
  });
});
