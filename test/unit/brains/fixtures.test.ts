import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { fixturesBrain } from "../../../src/brains/fixtures.ts";
import { buildPage } from "../../../src/pages/build.ts";
import { promptFor } from "../../../src/pages/prompt.ts";
import { drawTask } from "../../../src/pages/task.ts";
import { filesSchema } from "../../../src/protocol/messages.ts";

const call = { signal: new AbortController().signal, deadlineMs: Number.MAX_SAFE_INTEGER, seed: "x" };

describe("the fixture builder", () => {
  it("builds the page that a prompt of the bank asks for, the same for the same seed", async () => {
    const task = drawTask(seededRandom("t"));
    const prompt = promptFor(task, 1);
    const made = await fixturesBrain(1).generate(prompt, call);
    expect(made).toEqual(buildPage(task, 1, seededRandom(`x|1|${prompt}`)));
    expect(await fixturesBrain(1).generate(prompt, call)).toEqual(made);
    expect(await fixturesBrain(1).generate(prompt, { ...call, seed: "y" })).not.toEqual(made);
  });

  it.each([
    ["Write a poem with a button “Read”"],
    [""],
    ["<script>alert(1)</script>"],
    ["“</title><script>x</script>” “b”"],
  ])("makes a plain page of %j, and nothing in it runs", async (prompt) => {
    const made = await fixturesBrain(1).generate(prompt, call);
    expect(filesSchema.safeParse(made).success).toBe(true);
    expect(made[0]?.content).not.toContain("<script");
  });

  it("is honest about other kinds of tasks, and is no judge", async () => {
    await expect(fixturesBrain(1).generate("p", { ...call, taskType: "song" })).rejects.toMatchObject({
      code: "brains.unknown-task-type",
    });
    await expect(fixturesBrain(1).judge("p", [], [], call)).rejects.toMatchObject({ code: "brains.wrong-role" });
  });
});
