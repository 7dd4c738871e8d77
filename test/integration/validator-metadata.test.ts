import { beforeAll, describe, expect, it } from "vitest";
import { pick, type Random, seededRandom } from "../../src/base/random.ts";
import type { TaskKind } from "../../src/mechanism/task-log.ts";
import { buildPage } from "../../src/pages/build.ts";
import { bytesOf } from "../../src/pages/pad.ts";
import { recogniseTask } from "../../src/pages/prompt.ts";
import type { Assignment, AssignmentsResponse } from "../../src/protocol/messages.ts";
import { pageSource } from "../../src/validator/page-source.ts";
import { type Listening, startServer } from "../../src/validator/server.ts";
import { areaUnderCurve, bootstrapInterval, type Example, fitLogistic } from "../helpers/classifier.ts";
import { json, World } from "../unit/validator/world.ts";

// What a miner is given to vote on must not tell the kind of the task, apart from the pages themselves. Miners play over
// HTTP; a classifier is trained on everything that they receive around the pages, and has to do no better than a coin on
// tasks that it has not seen. Nothing is normalised for it: rounds are mixed, sizes, places and counts are exact.

const MINERS = 16;
const ROUNDS = 260;
const KINDS = ["synthetic", "duel", "trap"] as const;

interface Seen {
  readonly kind: TaskKind;
  /** What surrounds the pages. */
  readonly around: readonly number[];
}
let seen: Seen[];
/** How many tasks each miner was to vote on, of every round. */
const counts = new Set<number>();
/** How many commitments the open interval showed for each of its rounds. */
const commitments = new Set<number>();

beforeAll(async () => {
  seen = await collect();
});

/** Plays rounds and looks at each task once, through the eyes of one of its voters. */
async function collect(): Promise<Seen[]> {
  using world = new World({
    miners: MINERS,
    seeds: ROUNDS,
    source: pageSource(),
    settings: {
      ...{ firstKinds: [], roundsPerInterval: 5, damageShare: 0.5, checkInMs: 10 ** 12, closeEarly: false },
      ...{ perAddressPerSecond: 10 ** 9, perHotkeyPerSecond: 10 ** 9 },
    },
  });
  const server = await startServer(world.core, { host: "127.0.0.1", port: 0 });
  try {
    await world.core.membership.refresh();
    const keys = await Promise.all(
      world.miners.map(async (miner) => {
        const offer = json({ roles: ["generator", "discriminator"], taskTypes: ["page"] });
        return (await world.intake.checkIn(world.who(miner), offer)).sessionKey;
      }),
    );
    const cursors = keys.map(() => "0");
    const random = seededRandom("metadata");
    const found: Seen[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await world.run();
      const closes = await generate(world, server, keys, cursors, random);
      world.clock.ms += world.settings.generateMs + world.settings.prepareMs + 1;
      await world.run();
      found.push(...(await lookAround(world, server, keys, cursors, closes, random)));
      world.clock.ms += world.settings.voteMs + 1;
      await world.run();
    }
    return found;
  } finally {
    await server.close();
  }
}

/** Everybody generates, pages of every quality. @returns When the outputs had to be there, by miner. */
async function generate(
  world: World,
  server: Listening,
  keys: readonly string[],
  cursors: string[],
  random: Random,
): Promise<number[]> {
  const closes: number[] = [];
  await Promise.all(
    world.miners.map(async (miner, place) => {
      const { answer } = await poll(server, keys[place] ?? "", cursors[place] ?? "0");
      cursors[place] = answer.cursor;
      for (const { id, prompt, expiresAt } of answer.assignments) {
        closes[place] = Date.parse(expiresAt);
        const task = recogniseTask(prompt);
        if (task === undefined) throw new Error("the bank's prompts are known");
        const files = buildPage(task, pick(random, [0.4, 0.7, 0.9, 1]), random);
        await world.intake.completion(world.who(miner), id, json({ files }));
      }
    }),
  );
  return closes;
}

async function poll(server: Listening, key: string, since: string) {
  const reply = await fetch(`${server.url}/v1/assignments?since=${since}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return { reply, answer: (await reply.json()) as AssignmentsResponse };
}

async function lookAround(
  world: World,
  server: Listening,
  keys: readonly string[],
  cursors: string[],
  closes: readonly number[],
  random: Random,
): Promise<Seen[]> {
  const n = world.store.intervals.latest()?.n ?? -1;
  const open = (await (await fetch(`${server.url}/v1/intervals/${n}`)).json()) as { taskCommitments: string[] };
  commitments.add(new Set(open.taskCommitments).size / world.store.rounds.of(n).length);
  const views = new Map<string, { kind: TaskKind; views: Seen[] }>();
  for (const [place, key] of keys.entries()) {
    const { reply, answer } = await poll(server, key, cursors[place] ?? "0");
    cursors[place] = answer.cursor;
    const duels = answer.assignments;
    counts.add(duels.length);
    const envelope = [
      reply.status,
      [...reply.headers.keys()].length,
      [...reply.headers.keys()].join().length,
      Number(reply.headers.get("content-length")),
      Number(answer.cursor),
      duels.length,
    ];
    for (const [order, duel] of duels.entries()) {
      const task = world.store.assignments.judged([duel.id]).get(duel.id)?.task ?? "";
      const kind = world.store.tasks.get(task)?.draw.kind;
      if (kind === undefined) throw new Error("every assignment has a task");
      const one = views.get(task) ?? { kind, views: [] };
      views.set(task, one);
      const around = [...envelope, order, order / duels.length, ...surroundings(duel, closes[place] ?? 0)];
      one.views.push({ kind, around });
    }
  }
  // One voter's view of each: several of one task would be no examples of their own.
  return [...views.values()].map((one) => pick(random, one.views));
}

/** Everything of an assignment but what its pages say: id, times, shape of the message, wording, sizes to the byte. */
function surroundings(duel: Assignment, closedMs: number): number[] {
  const byte = (at: number): number => Number.parseInt(duel.id.slice(2 * at, 2 * at + 2), 16);
  const outputs = duel.outputs ?? [];
  const [a = 0, b = 0] = outputs.map(({ files }) => bytesOf(files));
  // How many bytes are one character, and what JSON escapes, belongs to the pages; its order of magnitude does not.
  const [first = 0, second = 0] = outputs.map(({ files }) => Math.floor(Math.log2(JSON.stringify(files).length)));
  return [
    ...[0, 1, 2, 3, 7, 14, 15].map(byte),
    duel.id.length,
    Date.parse(duel.expiresAt) - Date.parse(duel.opensAt),
    Date.parse(duel.opensAt) - closedMs,
    Object.keys(duel).join().length,
    outputs.map(({ label }) => label).join("") === "AB" ? 1 : 0,
    outputs.flatMap(({ files }) => files).length,
    outputs.flatMap(({ files }) => files.map(({ name }) => name)).join().length,
    duel.taskType.length,
    duel.prompt.length,
    duel.prompt.charCodeAt(0),
    duel.prompt.split("\n").length,
    duel.prompt.split(" ").length,
    ...[a, b, Math.abs(a - b), Math.min(a, b), first, second],
  ];
}

/** Trains on the first half and guesses the second. */
function guess(examples: readonly Example[]): { readonly area: number; readonly low: number; readonly high: number } {
  const half = Math.floor(examples.length / 2);
  const score = fitLogistic(examples.slice(0, half));
  const scored = examples.slice(half).map((one) => ({ score: score(one.features), isPositive: one.isPositive }));
  const [low, high] = bootstrapInterval(scored, seededRandom("bootstrap"));
  return { area: areaUnderCurve(scored), low, high };
}

describe("what surrounds a task's pages", () => {
  it("is collected from thousands of tasks, hundreds of every kind", () => {
    expect(seen.length).toBeGreaterThan(2_000);
    for (const kind of KINDS) expect(seen.filter((one) => one.kind === kind).length).toBeGreaterThan(300);
  });

  it.each(KINDS)("does not tell a %s task from the others", (kind) => {
    const { low, high } = guess(seen.map((one) => ({ features: one.around, isPositive: one.kind === kind })));
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(0.5);
    expect(high - low).toBeLessThan(0.12);
  });

  it("is judged by a classifier that would find a small leak", () => {
    const leaking = seen.map(({ around, kind }, n) => ({
      // One trap in five says what it is.
      features: [...around, kind === "trap" && n % 5 === 0 ? 1 : 0],
      isPositive: kind === "trap",
    }));
    expect(guess(leaking).low).toBeGreaterThan(0.5);
  });

  it("has the same number of votes for every miner in every round, however many tasks there are", () => {
    expect([...counts]).toEqual([MINERS / 2 - 1]);
    expect([...commitments]).toEqual([MINERS]);
  });
});
