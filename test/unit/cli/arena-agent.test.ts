import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const agent = fileURLToPath(new URL("../../../examples/arena-agent/agent.mjs", import.meta.url));
const run = (hours: string) =>
  spawnSync(process.execPath, [agent, "--dry-run"], { env: { POST_EVERY_HOURS: hours }, encoding: "utf8" });

it.each(["soon", "0", "-1", "1e9"])("an agent that is to post every %s hours does not begin", (hours) => {
  expect(run(hours)).toMatchObject({ status: 2, stdout: "" });
});

it("an empty setting is none", () => {
  expect(run("")).toMatchObject({ status: 0, stderr: "" });
});
