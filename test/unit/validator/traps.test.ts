import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { verifyDraws } from "../../../src/mechanism/draws-verify.ts";
import type { TaskLog } from "../../../src/mechanism/task-log.ts";
import { buildPage } from "../../../src/pages/build.ts";
import { drawTask } from "../../../src/pages/task.ts";
import { createPageRunner } from "../../../src/sandbox/runner.ts";
import { exportLog } from "../../../src/validator/export.ts";
import { pageSource } from "../../../src/validator/page-source.ts";
import { World } from "./world.ts";

// A drawn trap is only played where its negative is really the worse output.

const TRAPS = { firstKinds: ["trap", "trap", "trap"] as const, naturalShare: 0 };

async function played(world: World): Promise<TaskLog> {
  await world.checkIn();
  for (let turn = 0; turn < 8 && world.settlement(0) === undefined; turn++) {
    await world.run();
    await world.answer();
  }
  await world.run();
  return exportLog(world.store, {
    netuid: 2,
    validator: world.validator.address,
    seedOf: (n) => world.core.seedHex(n),
    anchor: world.core.anchor(),
    publish: "files",
  });
}

const numberIn = (content: string): number => Number(/miner ([0-9])/.exec(content)?.[1] ?? 0);
const notesOf = (task: TaskLog["tasks"][number] | undefined): Record<string, string> =>
  (task?.["preparation"] ?? {}) as Record<string, string>;
const trapsOf = (log: TaskLog): TaskLog["tasks"][number][] => log.tasks.filter(({ method }) => method !== undefined);

describe("a drawn trap", () => {
  it("has the worse page as its negative, undamaged where that is not the drawn one", async () => {
    using world = new World({ settings: TRAPS });
    world.source.passes = (content) => Math.min(6, numberIn(content) - (content.includes("BROKEN") ? 1 : 0));
    const log = await played(world);
    let swapped = 0;
    for (const task of trapsOf(log)) {
      const [first, second] = task.completions.map((one) => ({
        by: one.by,
        content: String((one["shown"] as { content: string }[] | undefined)?.[0]?.content),
      }));
      if (first === undefined || second === undefined) throw new Error("a trap has two outputs");
      const passes = world.source.passes;
      const worse = passes(first.content) < passes(second.content) ? first : second;
      expect([task.kind, task.negative]).toEqual(["trap", worse.by]);
      if (notesOf(task)["negative"] === undefined) continue;
      swapped++;
      expect(first.content + second.content).not.toContain("BROKEN");
    }
    expect(swapped).toBeGreaterThan(0);
    expect(verifyDraws(log)).toMatchObject({ verdict: "ok", tasks: log.tasks.length });
  });

  it("is played as a duel where no damage makes one output worse than the other", async () => {
    using world = new World({ settings: TRAPS });
    world.source.passes = () => 0;
    const log = await played(world);
    expect(trapsOf(log).length).toBeGreaterThan(2);
    for (const task of trapsOf(log)) {
      expect([task.kind, task.negative, notesOf(task)["playedAs"]]).toEqual(["duel", undefined, "duel"]);
    }
    expect(verifyDraws(log)).toMatchObject({ verdict: "ok" });
  });

  it("is left undamaged where it was drawn to be natural and its outputs differ", async () => {
    using world = new World({ settings: { ...TRAPS, naturalShare: 1 } });
    world.source.passes = (content) => Math.min(6, numberIn(content));
    const log = await played(world);
    for (const task of trapsOf(log)) {
      expect(task["method"]).toBe("natural");
      if (task.kind === "trap") expect(notesOf(task)).not.toHaveProperty("damage");
    }
    expect(verifyDraws(log)).toMatchObject({ verdict: "ok" });
  });

  it.each<[string, (task: Record<string, unknown>) => void, string]>([
    [
      "another negative than the checks say",
      (task) => {
        task["negative"] = (task["generators"] as string[]).find((hotkey) => hotkey !== task["negative"]);
      },
      "negative",
    ],
    [
      "a duel where the checks say trap",
      (task) => {
        task["kind"] = "duel";
        delete task["negative"];
      },
      "kind",
    ],
    [
      "a trap whose damage did nothing",
      (task) => {
        task["preparation"] = { checks: "4 and 4 of 6", damage: "step", after: "4" };
      },
      "kind",
    ],
  ])("that the log has as %s is a difference", async (_, change, field) => {
    using world = new World({ settings: TRAPS });
    world.source.passes = (content) => Math.min(6, numberIn(content) - (content.includes("BROKEN") ? 1 : 0));
    const log = structuredClone(await played(world));
    const task = trapsOf(log).find(({ kind }) => kind === "trap");
    change(task as Record<string, unknown>);
    expect(verifyDraws(log).firstDifference).toMatchObject({ task: task?.id, field });
  });
});

describe("the damage of a page", () => {
  const inspector = createPageRunner({ pagesPerChild: 1_000 });
  afterAll(() => inspector.close());

  it("leaves fewer checks than the equally good page beside it passes, by one edit", async () => {
    const source = pageSource({ inspector });
    for (let seed = 0; seed < 6; seed++) {
      const random = seededRandom(`damage ${seed}`);
      const briefing = { taskType: "page", data: { task: drawTask(random) } };
      const page = buildPage(briefing.data.task, 1, random);
      const before = await source.check(briefing, page);
      expect(before?.passed).toBe(before?.of);
      const damaged = await source.damage(briefing, page, random, before?.passed);
      expect(damaged?.passed).toBeLessThan(before?.passed ?? 0);
      const printed = source.reprint(briefing, damaged?.files ?? [], random);
      expect((await source.check(briefing, printed))?.passed).toBe(damaged?.passed);
    }
  });

  it("is none where a page passes nothing that it could lose", async () => {
    const source = pageSource({ inspector });
    const briefing = { taskType: "page", data: { task: drawTask(seededRandom("empty")) } };
    const page = [{ name: "index.html", content: "<!DOCTYPE html><p>nothing</p><button>press</button>" }];
    const before = await source.check(briefing, page);
    expect(await source.damage(briefing, page, seededRandom(1), before?.passed)).toBeUndefined();
  });
});
