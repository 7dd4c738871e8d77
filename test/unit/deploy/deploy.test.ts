import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runCli } from "../../helpers/run-cli.ts";

const DEPLOY = fileURLToPath(new URL("../../../deploy/", import.meta.url));
const UNIT = `${DEPLOY}colosseum-validator.service`;
const read = (name: string): string => readFileSync(`${DEPLOY}${name}`, "utf8");

it.each(["colosseum-validator.service", "Dockerfile"])("%s uses only flags that validator start has", async (name) => {
  const [own, root] = [await runCli(["validator", "start", "--help"]), await runCli(["--help"])];
  const line =
    read(name)
      .split("\n")
      .find((text) => /^(ExecStart=|CMD \["validator")/.test(text)) ?? "";
  const flags = line.match(/--[a-z-]+/g) ?? [];
  expect(flags.length).toBeGreaterThan(2);
  for (const flag of flags) expect(own.stdout + root.stdout).toContain(flag);
});

const ANALYZE = "systemd-analyze";
const hasSystemd = spawnSync(ANALYZE, ["--version"]).status === 0;

it.runIf(hasSystemd)("the unit is one that systemd takes without a word", () => {
  const { status, stderr } = spawnSync(ANALYZE, ["verify", UNIT], { encoding: "utf8" });
  const own = stderr.split("\n").filter((line) => line.includes("colosseum-validator"));
  expect([status, own]).toEqual([0, []]);
});
