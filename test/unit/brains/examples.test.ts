import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { execBrain } from "../../../src/brains/exec.ts";

const folder = fileURLToPath(new URL("../../../examples/brains/", import.meta.url));
const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
const call = () => ({ signal: new AbortController().signal, deadlineMs: Date.now() + 30_000, taskType: "page" });
const files = (content: string) => [{ name: "index.html", content }];
const prompt = "Build a page called “Tally” with a button “More”.";
const good = files("<!DOCTYPE html><html><body><h1>Tally</h1><button onclick='go()'>More</button></body></html>");
const bad = files("<!DOCTYPE html><html><body><h1>Tall");

// Where Python or jq is missing these are skipped: the examples need them, the product does not.
describe("the example brains", { timeout: 60_000 }, () => {
  it.skipIf(!has("python3"))("in Python generates and judges", async () => {
    const brain = execBrain(`python3 '${folder}agent.py'`);
    expect((await brain.generate(prompt, call()))[0]?.content).toMatch(/<button[^>]*>More<\/button>/);
    expect(await brain.judge(prompt, good, bad, call())).toMatchObject({ choice: "A", consistent: true });
    expect((await brain.judge(prompt, good, good, call())).choice).toBe("abstain");
  });

  it.skipIf(!has("jq"))("in shell generates and judges", async () => {
    const brain = execBrain(`'${folder}agent.sh'`);
    expect((await brain.generate("a <b>", call()))[0]?.content).toContain("a &lt;b&gt;");
    expect(await brain.judge(prompt, bad, good, call())).toMatchObject({ choice: "B", consistent: true });
  });

  it.skipIf(!has("python3"))("for Eliza asks the agent and reads its words", async () => {
    const asked: string[] = [];
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { text } = JSON.parse(body) as { text: string };
      asked.push(`${request.method} ${request.url}`);
      const first = text.indexOf("More<") < text.indexOf("<h1>Tall\n") || !text.includes("<h1>Tall\n");
      const words = text.includes("Which of these")
        ? `Because… [[C]] no: [[${first ? "A" : "B"}]]`
        : "Here:\n```html\n<p>made</p>\n```";
      response.end(JSON.stringify([{ user: "agent", text: words }]));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const env = {
      ...process.env,
      ELIZA_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ELIZA_AGENT: "a1",
    };
    const brain = execBrain(`python3 '${folder}eliza.py'`, { env });
    expect(await brain.generate(prompt, call())).toEqual(files("<p>made</p>\n"));
    expect((await brain.judge(prompt, good, bad, call())).choice).not.toBe("abstain");
    server.close();
    expect(new Set(asked)).toEqual(new Set(["POST /api/agents/a1/message"]));
  });
});
