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
const AGENT = "6c1e0f7a-0d0b-4b7e-9a51-2f4f3f7a1c90";
const prompt = "Build a page called “Tally” with a button “More”.";
const good = files("<!DOCTYPE html><html><body><h1>Tally</h1><button onclick='go()'>More</button></body></html>");
const bad = files("<!DOCTYPE html><html><body><h1>Tall");

// Where Python or jq is missing these are skipped: the examples need them, the product does not.
describe("the example brains", () => {
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

  it.skipIf(!has("python3"))("for an elizaOS agent posts a job and waits until it is done", async () => {
    const asked: string[] = [];
    const jobs = new Map<string, { content: string; looks: number }>();
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      asked.push(`${request.method} ${request.url?.replace(/job-[0-9]+/, "ID")}`);
      if (request.headers["x-api-key"] !== "token") return void response.writeHead(401).end("{}");
      const answer = (status: number, body: unknown): void =>
        void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      if (request.method === "POST") {
        const body = JSON.parse(text) as { agentId: string; userId: string; content: string; timeoutMs: number };
        const right =
          /^[0-9a-f-]{36}$/.test(body.userId) &&
          body.agentId === AGENT &&
          body.content.length <= 51_200 &&
          body.timeoutMs >= 1_000 &&
          body.timeoutMs <= 300_000;
        if (!right) return answer(400, { success: false, error: "invalid" });
        const jobId = `job-${jobs.size}`;
        jobs.set(jobId, { content: body.content, looks: 0 });
        return answer(201, { jobId, status: "processing", createdAt: 0, expiresAt: 0 });
      }
      const jobId = request.url?.split("/").pop() ?? "";
      const job = jobs.get(jobId);
      if (job === undefined) return answer(404, { success: false, error: "Job not found" });
      const { content } = job;
      if (job.looks++ === 0) return answer(200, { jobId, status: "processing" });
      const first = content.indexOf("More<") < content.indexOf("<h1>Tall\n") || !content.includes("<h1>Tall\n");
      const words = content.includes("Which of these")
        ? `Because… [[C]] no: [[${first ? "A" : "B"}]]`
        : "Here:\n```html\n<p>made</p>\n```";
      return answer(200, { jobId, status: "completed", result: { message: { content: words }, processingTimeMs: 1 } });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const ELIZA_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { ...process.env, ELIZA_URL, ELIZA_AGENT: AGENT, ELIZA_SERVER_AUTH_TOKEN: "token" };
    const brain = execBrain(`python3 '${folder}eliza.py'`, { env });
    expect(await brain.generate(prompt, call())).toEqual(files("<p>made</p>\n"));
    expect((await brain.judge(prompt, good, bad, call())).choice).not.toBe("abstain");
    server.close();
    expect(new Set(asked)).toEqual(new Set(["POST /api/messaging/jobs", "GET /api/messaging/jobs/ID"]));
  });

  it.skipIf(!has("python3"))("for an agent of Eliza 0.x sends a message and reads the list of replies", async () => {
    const asked: string[] = [];
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      const { userId, roomId, text: question } = JSON.parse(text) as Record<string, string>;
      asked.push(`${request.method} ${request.url} ${userId === undefined || roomId === undefined ? "" : "whole"}`);
      const reply = question?.includes("Write one") ? "<!doctype html><p>made</p>" : "nothing";
      response.end(JSON.stringify([{ user: "agent", text: reply, action: "NONE" }]));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const ELIZA_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { ...process.env, ELIZA_URL, ELIZA_AGENT: AGENT, ELIZA_API: "0" };
    const brain = execBrain(`python3 '${folder}eliza.py'`, { env });
    expect(await brain.generate(prompt, call())).toEqual(files("<!doctype html><p>made</p>\n"));
    expect((await brain.judge(prompt, good, bad, call())).choice).toBe("abstain");
    server.close();
    expect(new Set(asked)).toEqual(new Set([`POST /${AGENT}/message whole`]));
  });
});
