import { describe, expect, it } from "vitest";
import { commandTree, pathOf, visibleCommands } from "../../../scripts/command-tree.ts";
import { INSTEAD } from "../../../src/cli/no-dry-run.ts";
import { runCli } from "../../helpers/run-cli.ts";

/** Commands that say what they would change. */
const PREVIEWED = [
  ...[
    "arena join",
    "arena publish",
    "arena register",
    "arena verify",
    "config set",
    "config unset",
    "init",
    "register",
  ],
  ...["stake add", "stake remove", "subnet create", "subnet hyperparameters", "subnet start"],
  ...["wallet create", "wallet decrypt", "wallet encrypt", "wallet hotkey add", "wallet hotkey import"],
  ...["wallet hotkey remove", "wallet import", "wallet transfer", "weights commit", "weights reveal", "weights set"],
];
/** Commands that change nothing; a flag that names a file to write is refused with a dry run. */
const READING = [
  ...["arena leaderboard", "arena score", "audit", "completion", "config get", "config list", "config path", "doctor"],
  ...["explain", "leaderboard", "localnet status", "miner check", "miner exam", "miner status", "simulate"],
  ...["simulate break-even", "simulate diff", "simulate entry", "simulate population", "simulate yuma", "stake list"],
  ...["subnet list", "subnet metagraph", "subnet show", "validator export", "validator status", "wallet balance"],
  ...["wallet list", "wallet show", "wallet sign", "wallet verify", "watch", "weights preview", "weights show"],
];

describe("--dry-run", () => {
  it("is previewed, refused or without meaning in every command there is", async () => {
    const all = visibleCommands(await commandTree()).map((command) => pathOf(command).replace(/^colosseum ?/, ""));
    const known = [...PREVIEWED, ...READING, ...Object.keys(INSTEAD)];
    // A noun alone is no command, unless it stands for one of its verbs.
    const isNoun = (path: string): boolean => path === "" || all.some((other) => other.startsWith(`${path} `));
    expect(all.filter((path) => !known.includes(path) && !isNoun(path))).toEqual([]);
    expect(known.filter((path) => !all.includes(path))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  it.each([
    ["simulate", "tasks.json", "--csv", "out.csv"],
    ["simulate", "tasks.json", "--report", "out.html"],
    ["validator", "export", "--netuid", "1", "-o", "out.json"],
  ])("is refused where a file would be written: %s %s", async (...args) => {
    const run = await runCli([...args, "--dry-run", "--json"]);
    expect([run.code, run.stdout, JSON.parse(run.stderr).error.code]).toEqual([2, "", "usage.no-dry-run"]);
  });

  it.each(["miner start", "validator start", "demo", "localnet", "localnet start", "vote"])(
    "is refused by %s before anything happens",
    async (path) => {
      const run = await runCli([...path.split(" "), "--dry-run", "--json", "--netuid", "1"]);
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(JSON.parse(run.stderr).error).toMatchObject({ code: "usage.no-dry-run", hint: expect.any(String) });
    },
  );
});
