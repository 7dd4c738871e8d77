import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import type { Brain } from "../../../src/brains/brain.ts";
import { fixturesBrain } from "../../../src/brains/fixtures.ts";
import { heuristicBrain } from "../../../src/brains/heuristic.ts";
import { verifyDraws } from "../../../src/mechanism/draws-verify.ts";
import type { TaskLog } from "../../../src/mechanism/task-log.ts";
import { exportLog } from "../../../src/validator/export.ts";
import { taskSources } from "../../../src/validator/task-sources.ts";
import { textSource } from "../../../src/validator/text-source.ts";
import { json, World } from "./world.ts";

const QUALITIES = [1, 1, 0.9, 0.8, 0.6, 0.4, 0.2, 0];

/** Two intervals of pages and texts, played by the offline brains. */
async function played(): Promise<TaskLog> {
  using world = new World({
    source: taskSources(["page", "text"], {}),
    settings: { stopAfterIntervals: 3, naturalShare: 0.2 },
  });
  const makers: Brain[] = QUALITIES.map(fixturesBrain);
  const judge = heuristicBrain();
  await world.core.membership.refresh();
  for (const miner of world.miners) {
    const offer = json({ roles: ["generator", "discriminator"], taskTypes: ["page", "text"] });
    await world.intake.checkIn(world.who(miner), offer);
  }
  for (let turn = 0; turn < 12 && world.settlement(2) === undefined; turn++) {
    await world.run();
    for (const [place, miner] of world.miners.entries()) {
      for (const { id, role, taskType, prompt, outputs } of await world.assignments(miner)) {
        const call = { signal: new AbortController().signal, deadlineMs: Date.now() + 60_000, seed: id, taskType };
        if (role === "generator") {
          const files = await makers[place]?.generate(prompt, call);
          await world.intake.completion(world.who(miner), id, json({ files }));
          continue;
        }
        const [a, b] = outputs ?? [];
        const { choice } = await judge.judge(prompt, a?.files ?? [], b?.files ?? [], call);
        await world.intake.vote(world.who(miner), id, json({ choice: choice === "abstain" ? "A" : choice }));
      }
    }
  }
  await world.run();
  return exportLog(world.store, {
    netuid: 2,
    validator: world.validator.address,
    seedOf: (n) => world.core.seedHex(n),
    anchor: world.core.anchor(),
    publish: "hashes",
  });
}

describe("tasks of several types", () => {
  it("are played side by side, proven, judged and recomputed", async () => {
    const log = await played();
    const types = log.tasks.map(({ taskType }) => taskType);
    expect(new Set(types)).toEqual(new Set(["page", "text"]));
    expect(verifyDraws(log)).toMatchObject({ verdict: "ok", tasks: log.tasks.length });
    const traps = log.tasks.filter(({ kind, taskType }) => kind === "trap" && taskType === "text");
    for (const { preparation } of traps as { preparation?: Record<string, string> }[]) {
      expect(preparation?.["checks"]).toMatch(/^[0-9]+ and [0-9]+ of [0-9]+$/);
    }
    expect(log.tasks.filter(({ voidReason }) => voidReason !== undefined).length).toBe(0);
  });
});

describe("the heuristic judge of texts", () => {
  const source = textSource();
  const call = { signal: new AbortController().signal, deadlineMs: Number.MAX_SAFE_INTEGER, taskType: "text" };

  it("finds the damaged one of two authors' texts, whatever side it is on", async () => {
    const [judge, blind] = [heuristicBrain(), heuristicBrain({ knowsBank: false })];
    const right = { known: 0, unknown: 0 };
    const PAIRS = 150;
    for (let n = 0; n < PAIRS; n++) {
      const random = seededRandom(`pair ${n}`);
      const briefing = source.create("text", random);
      const [good, other] = [await source.baseline(briefing, random), await source.baseline(briefing, random)];
      const damaged = await source.damage(briefing, other, random, undefined);
      if (damaged === undefined) throw new Error("a right text can be damaged");
      const prompt = source.word(briefing, random);
      const shown = source.reprint(briefing, damaged.files, random);
      for (const [name, brain] of [
        ["known", judge],
        ["unknown", blind],
      ] as const) {
        const { choice } = await brain.judge(prompt, good, shown, call);
        const swapped = await brain.judge(prompt, shown, good, call);
        expect(swapped.choice).toBe(choice === "A" ? "B" : choice === "B" ? "A" : "abstain");
        if (choice === "A") right[name]++;
      }
    }
    expect(right.known).toBe(PAIRS);
    expect(right.unknown / PAIRS).toBeGreaterThan(0.3);
  });
});
