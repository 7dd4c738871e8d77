import { describe, expect, it } from "vitest";
import { verifyDraws } from "../../../src/mechanism/draws-verify.ts";
import { ruleSetNamed, ruleSetOfHeader } from "../../../src/mechanism/rule-set.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import type { TaskLog } from "../../../src/mechanism/task-log.ts";
import { exportLog } from "../../../src/validator/export.ts";
import { Reports } from "../../../src/validator/report.ts";
import { testSigner } from "../../helpers/signers.ts";
import { refused, unreachable, World } from "./world.ts";

const exported = (world: World, options: { interval?: number; open?: boolean } = {}): TaskLog =>
  exportLog(world.store, {
    netuid: world.settings.netuid,
    validator: world.validator.address,
    seedOf: (n) => world.core.seedHex(n),
    anchor: world.core.anchor(),
    publish: "files",
    ...options,
  });

/** Plays whole intervals until `count` of them are settled. */
async function play(world: World, count = 1, between: () => unknown = () => undefined): Promise<void> {
  await world.checkIn();
  for (let turn = 0; turn < 8 * count && world.settlement(count - 1) === undefined; turn++) {
    await world.run(between);
    await world.answer();
  }
  await world.run(between);
}

const replayed = (log: TaskLog, interval: number): Record<string, number> => {
  const board = new Scoreboard(ruleSetOfHeader(log));
  for (const task of log.tasks) if (task.interval === interval) board.addTask(task);
  return Object.fromEntries(board.rows().map(({ hotkey, score }) => [hotkey, score]));
};

describe("an interval", () => {
  it("runs from check-ins to weights on the chain, with one task of each kind first", async () => {
    using world = new World();
    await play(world);
    expect(
      world
        .of("task-opened")
        .slice(0, 3)
        .map(({ kind }) => kind),
    ).toEqual(["synthetic", "duel", "trap"]);
    const [row] = world.chain.rows;
    expect(world.settlement(0)).toMatchObject({ state: "verified", block: row?.block, extrinsic: row?.extrinsic });
    expect(world.of("weights-set")[0]?.weights).toEqual(row?.weights);
    expect(world.chain.anchor).toBe(world.core.anchor());
  });

  it("settles what a replay of its log computes, to the last bit, and its draws can be recomputed", async () => {
    using world = new World({ settings: { roundsPerInterval: 2 } });
    await play(world, 2);
    const log = exported(world);
    expect(log.intervals?.length).toBe(2);
    for (const interval of log.intervals ?? []) expect(replayed(log, interval.n)).toEqual(interval.scores);
    expect(verifyDraws(log)).toEqual({ verdict: "ok", firstDifference: null, intervals: 2, tasks: log.tasks.length });
    expect(verifyDraws(exported(world, { interval: 1 }))).toMatchObject({ verdict: "ok", intervals: 1 });
  });

  it("catches the careless in the trap and nobody else", async () => {
    using world = new World({ settings: { firstKinds: ["trap"] } });
    await play(world);
    const trap = world.of("task-scored").find(({ kind }) => kind === "trap");
    const trapped = trap?.earned.filter(({ reason }) => reason === "trapped").map(({ hotkey }) => hotkey) ?? [];
    const careless = world.miners.at(-1)?.address ?? "";
    expect(trap?.earned.filter(({ reason }) => reason === "avoided-trap").length).toBeGreaterThan(3);
    for (const hotkey of trapped) expect(hotkey).toBe(careless);
  });

  it("starts the next one at zero", async () => {
    using world = new World();
    await play(world, 2);
    const log = exported(world);
    expect(replayed(log, 1)).toEqual(log.intervals?.[1]?.scores);
    expect(world.chain.rows.length).toBe(2);
  });

  it("opens and ends the voting on all tasks of a round at the same instants", async () => {
    using world = new World();
    await play(world);
    const stages = exported(world).tasks.map((task) => `${task.votingOpensAt} ${task.expiresAt}`);
    expect(new Set(stages).size).toBe(1);
  });

  it("shows miners nothing but content: ids of one form, one order, one time, two outputs", async () => {
    using world = new World({ miners: 12 });
    await world.checkIn();
    await world.run();
    await world.answer();
    await world.run();
    const counts = new Map<number, number>();
    for (const miner of world.miners) {
      const votes = await world.assignments(miner);
      counts.set(votes.length, (counts.get(votes.length) ?? 0) + 1);
      const ids = votes.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort());
      for (const vote of votes) {
        expect(Object.keys(vote)).toEqual(["id", "role", "taskType", "prompt", "outputs", "opensAt", "expiresAt"]);
        expect(vote.id).toMatch(/^[0-9a-f]{32}$/);
        expect(vote.outputs?.map(({ label }) => label)).toEqual(["A", "B"]);
      }
      expect(new Set(votes.map(({ opensAt, expiresAt }) => `${opensAt}${expiresAt}`)).size).toBe(1);
    }
  });
});

describe("deadlines", () => {
  it("go by without the missing: a task without both outputs is void and costs nobody anything", async () => {
    using world = new World({ settings: { firstKinds: ["duel", "duel", "duel", "duel"] } });
    await world.checkIn();
    await world.run();
    const silent = world.miners[0]?.address;
    await world.answer((miner) => miner.address === silent);
    await world.run();
    expect(world.of("voting-opened")).toEqual([]);
    world.clock.ms += world.settings.generateMs + 1;
    await world.run();
    expect(world.of("task-void").map(({ reason }) => reason)).toEqual(["missing-completion"]);
    await world.answer();
    await world.run();
    const log = exported(world);
    const voided = log.tasks.find((task) => task.generators.includes(silent ?? ""));
    expect(voided).toMatchObject({ voidReason: "missing-completion", votes: [] });
    expect(replayed(log, 0)).toEqual(log.intervals?.[0]?.scores);
  });

  it("end a vote that nobody took part in as void, and send no weights for nothing", async () => {
    using world = new World();
    await world.checkIn();
    await world.run();
    await world.answer();
    await world.run();
    world.clock.ms += world.settings.voteMs + 1;
    await world.run();
    expect(new Set(world.of("task-void").map(({ reason }) => reason))).toEqual(new Set(["no-votes"]));
    expect(world.settlement(0)?.state).toBe("held");
    expect(world.chain.rows).toEqual([]);
    expect(world.of("weights-held")).toMatchObject([{ interval: 0, reason: "nobody-scored" }]);
  });

  it("give the owner everything where nobody scored and that was chosen", async () => {
    using world = new World({ settings: { whenEmpty: "owner" } });
    world.chain.ownerHotkey = world.miners[3]?.address ?? null;
    await world.checkIn();
    await world.run();
    world.clock.ms += world.settings.generateMs + 1;
    await world.run();
    expect(world.chain.rows[0]?.weights).toMatchObject([{ hotkey: world.miners[3]?.address, value: 65_535 }]);
  });

  it("void a trap whose output has nothing to damage", async () => {
    using world = new World({ settings: { firstKinds: ["trap", "trap", "trap", "trap"] } });
    world.source.damageable = false;
    await world.checkIn();
    await world.run();
    await world.answer();
    await world.run();
    expect(world.of("task-void").map(({ reason }) => reason)).toEqual(Array(4).fill("nothing-to-damage"));
    expect(world.settlement(0)?.state).toBe("held");
  });

  it("void a synthetic task whose baseline could not be made", async () => {
    using world = new World({ miners: 3, settings: { firstKinds: ["synthetic", "synthetic", "synthetic"] } });
    world.source.baselineFails = true;
    await world.checkIn();
    const arena = World.duties.filter(({ name }) => name !== "makeBaselines");
    await world.run(undefined, arena);
    await expect(world.run()).rejects.toMatchObject({ code: "brain.out" });
    await world.answer();
    await world.run(undefined, arena);
    expect(world.of("voting-opened")).toEqual([]);
    world.clock.ms += world.settings.generateMs + 1;
    await world.run(undefined, arena);
    expect(world.of("task-void").map(({ reason }) => reason)).toEqual(Array(3).fill("missing-completion"));
  });

  it("do not run backwards with the clock", async () => {
    using world = new World();
    await world.checkIn();
    await world.run();
    await world.answer();
    world.clock.ms -= 3_600_000;
    await world.restart();
    await world.run();
    await world.answer();
    await world.run();
    const log = exported(world);
    expect(replayed(log, 0)).toEqual(log.intervals?.[0]?.scores);
    for (const task of log.tasks) {
      const opens = Date.parse(task.votingOpensAt ?? "");
      expect(opens).toBeGreaterThanOrEqual(Date.parse(task.createdAt));
      for (const vote of task.votes) expect(Date.parse(vote.at)).toBeGreaterThanOrEqual(opens);
    }
  });
});

describe("a restart", () => {
  it("after any step goes on with the same tasks and comes to the same settlement", async () => {
    using calm = new World();
    await play(calm);
    using world = new World();
    let restarts = 0;
    await play(world, 1, async () => {
      restarts++;
      await world.restart();
    });
    expect(restarts).toBeGreaterThan(10);
    expect(world.settlement(0)?.scores).toEqual(calm.settlement(0)?.scores);
    expect(world.chain.rows.length).toBe(1);
    expect(exported(world).tasks.map(({ id, kind, generators }) => [id, kind, generators])).toEqual(
      exported(calm).tasks.map(({ id, kind, generators }) => [id, kind, generators]),
    );
  });

  it("keeps every acknowledged answer once, and every session", async () => {
    using world = new World();
    await world.checkIn();
    await world.run();
    await world.answer();
    await world.restart();
    await world.run();
    await world.answer((miner) => miner.address === world.miners[0]?.address);
    await world.restart();
    await world.answer((miner) => miner.address !== world.miners[0]?.address);
    await world.run();
    const votes = exported(world).tasks.flatMap((task) => task.votes.map(({ voter }) => `${task.id} ${voter}`));
    expect(new Set(votes).size).toBe(votes.length);
    expect(votes.length).toBe(world.of("vote").length);
  });
});

describe("weights", () => {
  const settled = async (world: World): Promise<void> => {
    await world.checkIn();
    const arena = World.duties.filter(({ name }) => name !== "sendWeights");
    for (let turn = 0; turn < 4; turn++) {
      await world.run(undefined, arena);
      await world.answer();
    }
    await world.run(undefined, arena);
  };
  const send = (world: World): Promise<void> =>
    world.run(
      undefined,
      World.duties.filter(({ name }) => name === "sendWeights"),
    );

  it("are sent once though the process dies after sending and before knowing", async () => {
    using world = new World({ settings: { stopAfterIntervals: 1 } });
    await settled(world);
    world.chain.fail.afterSend = unreachable();
    await expect(send(world)).rejects.toMatchObject({ code: "chain.unreachable" });
    expect(world.settlement(0)?.state).toBe("submitted");
    await world.restart();
    await send(world);
    expect(world.chain.rows.length).toBe(1);
    expect(world.settlement(0)).toMatchObject({ state: "verified", extrinsic: world.chain.rows[0]?.extrinsic });
  });

  it("are sent again once an extrinsic that is nowhere cannot be included any more", async () => {
    using world = new World({ settings: { stopAfterIntervals: 1 } });
    await settled(world);
    world.chain.fail.afterSend = unreachable();
    await expect(send(world)).rejects.toMatchObject({ code: "chain.unreachable" });
    world.chain.rows.length = 0;
    await expect(send(world)).rejects.toMatchObject({ code: "validator.weights-pending" });
    world.chain.block += 200;
    await send(world);
    expect(world.settlement(0)).toMatchObject({ state: "verified", attempts: 2 });
  });

  it("wait for a chain that says not yet", async () => {
    using world = new World({ settings: { stopAfterIntervals: 1 } });
    await settled(world);
    world.chain.fail.beforeSend = refused();
    await expect(send(world)).rejects.toMatchObject({ code: "chain.setting-weights-too-fast" });
    expect(world.settlement(0)?.state).toBe("prepared");
    await send(world);
    expect(world.settlement(0)?.state).toBe("verified");
  });

  it("pay nobody for a slot that changed hands, and follow a hotkey that moved", async () => {
    using world = new World({ settings: { stopAfterIntervals: 1 } });
    await settled(world);
    const scores = Object.entries(world.settlement(0)?.scores ?? {}).filter(([, score]) => score > 0);
    const [gone, moved] = scores.map(([hotkey]) => hotkey);
    world.chain.neurons = world.chain.neurons.map((neuron) => {
      if (neuron.hotkey === gone) return { ...neuron, hotkey: "successor", coldkey: "cold-new" };
      return neuron.hotkey === moved ? { ...neuron, uid: 77 } : neuron;
    });
    await send(world);
    const row = world.chain.rows[0]?.weights ?? [];
    expect(row.map(({ hotkey }) => hotkey)).not.toContain("successor");
    expect(row.map(({ hotkey }) => hotkey)).not.toContain(gone);
    expect(row.find(({ hotkey }) => hotkey === moved)?.uid).toBe(77);
  });

  it("burn the part that the rules burn, and a miner is told its weight before and after", async () => {
    const burnHotkey = testSigner(99).address;
    const rules = ruleSetNamed("dojo-1.8.3", { burnShare: 0.4, burnHotkey });
    using world = new World({ settings: { stopAfterIntervals: 1, rules } });
    world.chain.neurons = [...world.chain.neurons, { uid: 88, hotkey: burnHotkey, coldkey: "cold-burn" }];
    await settled(world);
    await send(world);
    const row = world.chain.rows[0]?.weights ?? [];
    const total = row.reduce((sum, { value }) => sum + value, 0);
    const burned = row.find(({ hotkey }) => hotkey === burnHotkey)?.value ?? 0;
    expect(burned / total).toBeCloseTo(0.4, 3);
    const reports = new Reports(world.core);
    for (const { hotkey, value } of row.filter((one) => one.hotkey !== burnHotkey)) {
      const [interval] = reports.me(hotkey).intervals;
      expect(interval?.share).toBeCloseTo(value / total, 3);
      expect(interval?.share).toBeCloseTo(0.6 * (interval?.shareBeforeBurn ?? 0), 9);
      expect(interval?.weightBeforeBurn).toBeGreaterThan(interval?.weight ?? 0);
    }
  });

  it("of an older interval give way to newer ones", async () => {
    using world = new World({ settings: { stopAfterIntervals: 2 } });
    await settled(world);
    await settled(world);
    expect(world.settlement(1)?.state).toBe("prepared");
    await send(world);
    expect(world.settlement(0)?.state).toBe("superseded");
    expect(world.settlement(1)?.state).toBe("verified");
    expect(world.chain.rows.length).toBe(1);
  });
});

describe("who plays", () => {
  it("is neither the validator's own nor who is not registered", async () => {
    using world = new World({ settings: { minMiners: 6 } });
    const [own, stranger] = world.miners.map(({ address }) => address);
    world.chain.neurons = world.chain.neurons
      .filter(({ hotkey }) => hotkey !== stranger)
      .map((neuron) => (neuron.hotkey === own ? { ...neuron, coldkey: "cold-0" } : neuron));
    await world.checkIn();
    await world.run();
    const drawn = world.of("task-opened").flatMap(({ generators }) => generators);
    expect(drawn.length).toBe(6);
    expect(drawn).not.toContain(own);
    expect(drawn).not.toContain(stranger);
  });

  it("is waited for, and that is said once", async () => {
    using world = new World();
    await world.checkIn(world.miners.slice(0, 3));
    await world.run();
    await world.run();
    expect(world.of("waiting-for-miners")).toMatchObject([{ checkedIn: 3, needed: 8 }]);
    expect(world.of("round-opened")).toEqual([]);
  });

  it("is given a moment to become more, once enough are there that were waited for", async () => {
    using world = new World({ settings: { minMiners: 2, gatherMs: 20_000 } });
    await world.run();
    await world.checkIn(world.miners.slice(0, 2));
    await world.run();
    expect(world.of("gathering")).toMatchObject([{ miners: 2, until: "2026-01-01T00:00:20.000Z" }]);
    world.clock.ms += 5_000;
    await world.checkIn(world.miners.slice(2, 5));
    await world.run();
    expect(world.of("round-opened")).toEqual([]);
    world.clock.ms += 15_000;
    await world.run();
    expect(world.of("gathering").length).toBe(1);
    expect(world.of("round-opened")).toMatchObject([{ miners: 5 }]);
  });

  it("is not waited for once everybody who is registered has come", async () => {
    using world = new World({ settings: { minMiners: 2, gatherMs: 20_000 } });
    await world.run();
    await world.checkIn();
    await world.run();
    expect(world.of("round-opened")).toMatchObject([{ miners: 8 }]);
  });

  it("is whoever checked in lately", async () => {
    using world = new World();
    await world.checkIn();
    world.clock.ms += world.settings.checkInMs + 1;
    await world.run();
    expect(world.of("round-opened")).toEqual([]);
  });
});

describe("an auditor", () => {
  it.each<[string, (log: TaskLog) => TaskLog, string]>([
    ["a changed kind", (log) => withTask(log, (task) => ({ ...task, kind: "duel" }), "synthetic"), "kind"],
    [
      "a changed generator",
      (log) => withTask(log, (task) => ({ ...task, generators: [...task.generators].reverse() }), "duel"),
      "generators",
    ],
    [
      "another negative",
      (log) =>
        withTask(
          log,
          (task) => ({ ...task, negative: task.generators.find((one) => one !== task.negative) ?? "" }),
          "trap",
        ),
      "negative",
    ],
    [
      "an uninvited voter",
      (log) => withTask(log, (task) => ({ ...task, discriminators: [] }), "duel"),
      "discriminators",
    ],
    [
      "a vote turned round",
      (log) =>
        withTask(
          log,
          (task) => ({
            ...task,
            votes: task.votes.map((vote) => ({ ...vote, completion: vote.completion === "c1" ? "c2" : "c1" })),
          }),
          "duel",
        ),
      "label",
    ],
    ["another validator's task", (log) => withTask(log, (task) => ({ ...task, validator: "5X" }), "duel"), "validator"],
    ["another prompt", (log) => withTask(log, (task) => ({ ...task, prompt: "Anything else" }), "duel"), "commitment"],
    [
      "a vote that ended earlier for one task",
      (log) => withTask(log, (task) => ({ ...task, expiresAt: "2025-12-31T23:00:00.000Z" }), "duel"),
      "expiresAt",
    ],
    [
      "an interval closed before its tasks",
      (log) => withInterval(log, { closedAt: "2025-12-31T00:00:00Z" }),
      "closedAt",
    ],
    [
      "an interval opened after its tasks",
      (log) => withInterval(log, { openedAt: "2027-01-01T00:00:00Z" }),
      "openedAt",
    ],
    ["a task left out", (log) => ({ ...log, tasks: log.tasks.slice(1) }), "task"],
    [
      "a task added",
      (log) => ({
        ...log,
        tasks: [...log.tasks, { ...(log.tasks[0] as TaskLog["tasks"][number]), id: "x", index: 99 }],
      }),
      "tasks",
    ],
    ["a seed ground afterwards", (log) => withInterval(log, { seed: `0x${"11".repeat(32)}` }), "commitment"],
    [
      "a seed and commitment of another chain",
      (log) =>
        withInterval(log, {
          seed: `0x${"11".repeat(32)}`,
          commitment: "0x02d449a31fbb267c8f352e9968a79e3e5fc95c1bbeaa502fd6454ebde5a4bedc",
        }),
      "anchor",
    ],
    ["another beacon", (log) => withInterval(log, { beacon: `0x${"11".repeat(32)}` }), "type"],
    ["a seed that is never revealed", (log) => withoutSeed(log, 0), "seed"],
    [
      "a miner struck from the eligible",
      (log) => {
        const rounds = (log.intervals?.[0]?.["rounds"] ?? []) as { eligible: unknown[] }[];
        return withInterval(log, { rounds: rounds.map((one) => ({ ...one, eligible: one.eligible.slice(1) })) });
      },
      "any",
    ],
  ])("catches %s", async (_, lie, field) => {
    const verdict = verifyDraws(lie(await honestLog()));
    expect(verdict.verdict).toBe("differs");
    if (field !== "any" && field !== "type") expect(verdict.firstDifference?.field).toBe(field);
  });

  it("skips a log that reveals nothing", async () => {
    const log = await honestLog();
    expect(verifyDraws(withoutSeed(withoutSeed(log, 0), 1)).verdict).toBe("skipped");
    expect(verifyDraws({ tasks: log.tasks }).verdict).toBe("skipped");
  });

  let honest: TaskLog | undefined;
  async function honestLog(): Promise<TaskLog> {
    if (honest === undefined) {
      using world = new World();
      await play(world, 2);
      honest = exported(world);
    }
    return structuredClone(honest);
  }
  const withTask = (
    log: TaskLog,
    change: (task: TaskLog["tasks"][number]) => TaskLog["tasks"][number],
    kind: string,
  ): TaskLog => {
    const at = log.tasks.findIndex((task) => task.kind === kind && task.interval === 0);
    return { ...log, tasks: log.tasks.map((task, i) => (i === at ? change(task) : task)) };
  };
  const withInterval = (log: TaskLog, change: object): TaskLog => ({
    ...log,
    intervals: (log.intervals ?? []).map((interval, i) => (i === 0 ? { ...interval, ...change } : interval)),
  });
  const withoutSeed = (log: TaskLog, n: number): TaskLog => ({
    ...log,
    intervals: (log.intervals ?? []).map((interval) => {
      const { seed, ...rest } = interval;
      return interval.n === n || seed === undefined ? rest : interval;
    }),
  });
});

describe("a validator that is told to wait for its weights", () => {
  it("opens the next interval only after they are set, and one that is not goes on", async () => {
    const arena = World.duties.filter(({ name }) => name !== "sendWeights");
    const intervalsWithoutWeights = async (awaitWeights: boolean): Promise<number> => {
      using world = new World({ settings: { awaitWeights } });
      await world.checkIn();
      for (let turn = 0; turn < 6; turn++) {
        await world.run(undefined, arena);
        await world.answer();
      }
      const reached = world.store.intervals.latest()?.n ?? -1;
      await world.run();
      expect(world.store.intervals.latest()?.n).toBeGreaterThan(0);
      return reached;
    };
    expect(await intervalsWithoutWeights(true)).toBe(0);
    expect(await intervalsWithoutWeights(false)).toBeGreaterThan(0);
  });
});
