import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BrainCall } from "../../../src/brains/brain.ts";
import { splitCommand } from "../../../src/brains/command-line.ts";
import { execBrain } from "../../../src/brains/exec.ts";
import { execRequestSchema } from "../../../src/brains/exec-messages.ts";

const files = (content: string) => [{ name: "index.html", content }];
const soon = (ms = 20_000): BrainCall => ({
  signal: new AbortController().signal,
  deadlineMs: Date.now() + ms,
  seed: "s",
  taskType: "page",
});

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "colosseum-exec-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let scripts = 0;
/** A brain in JavaScript: the code sees `ask`, the request, and prints. */
function brain(code: string, options: Parameters<typeof execBrain>[1] = {}) {
  const path = join(dir, `brain ${scripts++}.mjs`);
  writeFileSync(
    path,
    `let text = ""; for await (const part of process.stdin) text += part; const ask = JSON.parse(text);\n${code}`,
  );
  return execBrain(`'${process.execPath}' '${path}'`, options);
}
const print = (value: string): string => `process.stdout.write(JSON.stringify(${value}));`;

describe("an exec brain", () => {
  it("gets one JSON object and gives one", async () => {
    const made = await brain(
      print('{ files: [{ name: "index.html", content: JSON.stringify(ask) }], more: 1 }'),
    ).generate("Make a page", soon());
    const ask = execRequestSchema.parse(JSON.parse(made[0]?.content ?? ""));
    expect(ask).toMatchObject({ v: 1, do: "generate", prompt: "Make a page", taskType: "page", seed: "s" });
  });

  it("is asked in both orders about a pair", async () => {
    const honest = brain(
      print(
        '{ choice: ask.outputs[0].files[0].content === "good" ? "A" : "B", confidence: 0.9, reason: "it is good" }',
      ),
    );
    expect(await honest.judge("p", files("good"), files("bad"), soon())).toEqual({
      choice: "A",
      confidence: 0.9,
      reason: "it is good",
      consistent: true,
    });
    expect((await honest.judge("p", files("bad"), files("good"), soon())).choice).toBe("B");
    const place = brain(print('{ choice: "A" }'));
    expect(await place.judge("p", files("good"), files("bad"), soon())).toMatchObject({
      choice: "abstain",
      consistent: false,
    });
    expect(place.report?.().first.share).toBe(1);
  });

  it("may abstain", async () => {
    expect((await brain(print('{ choice: "abstain" }')).judge("p", files("a"), files("b"), soon())).choice).toBe(
      "abstain",
    );
  });

  it("writes its log on standard error", async () => {
    const lines: string[] = [];
    await brain(`console.error("thinking\\nhard"); ${print('{ files: [{ name: "index.html", content: "" }] }')}`, {
      onStderr: (line) => lines.push(line),
    }).generate("p", soon());
    expect(lines).toEqual(["thinking", "hard"]);
  });

  it.each([
    ["prints no JSON", 'process.stdout.write("hello");', "brains.exec-not-json"],
    ["prints nothing", "", "brains.exec-not-json"],
    ["prints two objects", 'process.stdout.write("{}\\n{}");', "brains.exec-not-json"],
    ["prints a log before its answer", `console.log("working"); ${print("{ files: [] }")}`, "brains.exec-not-json"],
    ["gives no files", print("{ files: [] }"), "brains.exec-bad-answer"],
    ["gives a path as a name", print('{ files: [{ name: "../a", content: "" }] }'), "brains.exec-bad-answer"],
    ["gives a number as content", print('{ files: [{ name: "a", content: 1 }] }'), "brains.exec-bad-answer"],
    ["gives too much", print('{ files: [{ name: "a", content: "x".repeat(300000) }] }'), "brains.exec-bad-answer"],
    ["ends with an exit code", 'console.error("out of paint"); process.exit(7);', "brains.exec-failed"],
    ["is killed", 'process.kill(process.pid, "SIGKILL");', "brains.exec-failed"],
    ["throws", 'throw new Error("boom");', "brains.exec-failed"],
    [
      "floods its output",
      'for (;;) await new Promise((done) => process.stdout.write("x".repeat(1e6), done));',
      "brains.exec-output",
    ],
  ])("fails plainly when its program %s", async (_, code, expected) => {
    await expect(brain(code).generate("p", soon())).rejects.toMatchObject({ code: expected });
  });

  it("names the last thing that a failing program said", async () => {
    await expect(brain('console.error("out of paint"); process.exit(7);').generate("p", soon())).rejects.toThrow(
      /exit code 7: out of paint/,
    );
  });

  it("is ended with all that it started when its time is over", async () => {
    const mark = join(dir, "survivor");
    const child = `setTimeout(() => require("fs").writeFileSync(${JSON.stringify(mark)}, "x"), 900)`;
    const slow = brain(
      `(await import("node:child_process")).spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "ignore" }); await new Promise(() => setTimeout(() => {}, 60000));`,
      { timeoutMs: 500 },
    );
    const startedMs = Date.now();
    await expect(slow.generate("p", soon())).rejects.toMatchObject({ code: "brains.exec-timeout", exitCode: 15 });
    expect(Date.now() - startedMs).toBeLessThan(5_000);
    // A second program that runs longer than the survivor would have needed.
    await brain(
      `await new Promise((done) => setTimeout(done, 1200)); ${print('{ files: [{ name: "a", content: "" }] }')}`,
    ).generate("p", soon());
    expect(existsSync(mark)).toBe(false);
  });

  it("does not outlive its deadline", async () => {
    await expect(
      brain("await new Promise(() => setTimeout(() => {}, 60000));").generate("p", soon(400)),
    ).rejects.toMatchObject({ code: "brains.exec-timeout" });
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    const asking = brain("await new Promise(() => setTimeout(() => {}, 60000));").generate("p", {
      ...soon(),
      signal: stop.signal,
    });
    stop.abort(new Error("enough"));
    await expect(asking).rejects.toThrow("enough");
  });

  it.each([
    ["is not there", "./no-such-program", "brains.exec-not-found"],
    ["may not be executed", "/dev/null", "brains.exec-not-found"],
  ])("says that a program %s", async (_, command, code) => {
    await expect(execBrain(command).generate("p", soon())).rejects.toMatchObject({ code, exitCode: 14 });
  });

  it("does not read what it is not asked for, and a program that does not read is no problem", async () => {
    const path = join(dir, "deaf.mjs");
    writeFileSync(path, print('{ files: [{ name: "a", content: "" }] }'));
    expect(await execBrain(`'${process.execPath}' '${path}'`).generate("x".repeat(500_000), soon())).toHaveLength(1);
  });

  it("keeps the wallet's passwords to itself", async () => {
    const env = { PATH: process.env["PATH"], BT_WALLET_PASSWORD: "hunter2", BT_PW__X: "hunter2", OPENAI_API_KEY: "k" };
    const made = await brain(print('{ files: [{ name: "a", content: JSON.stringify(process.env) }] }'), {
      env,
    }).generate("p", soon());
    expect(made[0]?.content).not.toContain("hunter2");
    expect(made[0]?.content).toContain("OPENAI_API_KEY");
  });

  it("never goes through a shell", async () => {
    const mark = join(dir, "shell");
    await execBrain(`'${process.execPath}' -e "process.exit(1)" ; touch ${mark}`)
      .generate("p", soon())
      .catch(() => undefined);
    expect(existsSync(mark)).toBe(false);
    expect(() => readFileSync(mark)).toThrow();
  });
});

describe("splitCommand", () => {
  it.each([
    ["./agent.sh", ["./agent.sh"]],
    ["python3  agent.py --x 1", ["python3", "agent.py", "--x", "1"]],
    ["a 'b c' \"d e\" f\\ g", ["a", "b c", "d e", "f g"]],
    ["a '' b", ["a", "", "b"]],
    ["a 'it\"s' \"it's\"", ["a", 'it"s', "it's"]],
    ["a '\\n'", ["a", "\\n"]],
  ])("splits %s", (command, words) => {
    expect(splitCommand(command)).toEqual(words);
  });

  it.each([["a 'b"], ['a "b'], [""], ["   "]])("refuses %j", (command) => {
    expect(() => splitCommand(command)).toThrow();
  });
});
