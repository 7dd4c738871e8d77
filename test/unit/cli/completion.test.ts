import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { describe, expect, it } from "vitest";
import { type Completion, completionsFor } from "../../../src/cli/completion/candidates.ts";
import { SCRIPTS, SHELLS } from "../../../src/cli/completion/scripts.ts";
import { copyVectorWallets, dataOf, errorOf, temporaryHome } from "../wallet/temporary-wallets.ts";

const FILES = { bash: "colosseum.bash", zsh: "_colosseum", fish: "colosseum.fish", powershell: "colosseum.ps1" };

function tree(): Command {
  const show = new Command("show").argument("[name]", "wallet").option("--deep", "more");
  const send = new Command("send").addOption(new Option("--speed <speed>").choices(["fast", "slow"]));
  const replay = new Command("replay").argument("[tasks]", "a log").argument("[more...]", "others");
  return new Command("tool")
    .option("-w, --wallet <name>", "a wallet")
    .option("--json", "as JSON")
    .addCommand(new Command("wallet").alias("w").addCommand(show).addCommand(send))
    .addCommand(replay.addCommand(new Command("diff")))
    .addCommand(new Command("secret"), { hidden: true });
}

/** Tells what it was asked for, so that a test sees where the cursor was thought to be. */
const echo = async ({ name, path }: { name: string; path: readonly string[] }): Promise<Completion> =>
  name === "tasks" ? { words: [], names: "files" } : { words: [{ value: `${[...path, name].join("/")}`, text: "" }] };
const at = async (line: string): Promise<string[]> => {
  const before = line.split(" ");
  const current = before.pop() ?? "";
  const { words, names } = await completionsFor(tree(), before, current, echo);
  return [...words.map(({ value }) => value), ...(names === undefined ? [] : [`:${names}`])];
};

describe("words at the cursor", () => {
  it.each<[string, string[]]>([
    ["", ["wallet", "replay", "help"]],
    ["w", ["wallet"]],
    ["wallet s", ["show", "send"]],
    ["w sh", ["show"]],
    ["wallet --", ["--help", "--wallet", "--json"]],
    ["wallet show --d", ["--deep"]],
    ["wallet show ", ["wallet/show/name"]],
    ["wallet show -- ", ["wallet/show/name"]],
    ["wallet show one ", []],
    ["wallet show -w ", ["wallet/show/wallet"]],
    ["wallet show -w x ", ["wallet/show/name"]],
    ["wallet show --wallet=x ", ["wallet/show/name"]],
    ["wallet show --json ", ["wallet/show/name"]],
    ["wallet show --wallet=", ["--wallet=wallet/show/wallet"]],
    ["wallet send --speed f", ["fast"]],
    ["wallet send --speed=s", ["--speed=slow"]],
    ["wallet send --nothing=s", []],
    ["replay ", ["diff", "help", ":files"]],
    ["replay x y z ", ["replay/more"]],
    ["nonsense ", []],
  ])("after %j are %j", async (line, expected) => {
    const found = await at(line);
    expect(line.endsWith("--") ? found.sort() : found).toEqual(line.endsWith("--") ? expected.sort() : expected);
  });
});

describe("colosseum completion", () => {
  it.each(SHELLS)("prints the script of %s that is committed", async (shell) => {
    using home = temporaryHome();
    const { code, stdout } = await home.cli(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toBe(SCRIPTS[shell]);
    expect(readFileSync(new URL(`../../../completions/${FILES[shell]}`, import.meta.url), "utf8")).toBe(stdout);
  });

  it.each([[["completion"]], [["completion", "tcsh"]]])("%j is a usage error that names the shells", async (args) => {
    using home = temporaryHome();
    const run = await home.cli([...args, "--json"]);
    expect([run.code, errorOf(run).code]).toEqual([2, "usage.shell"]);
    expect(errorOf(run).hint).toContain("powershell");
  });

  it.each<[string[], string, string[]]>([
    [["wallet", "show"], "plain", ["plain12", "plain24"]],
    [["wallet", "sign", "hi", "-w", "plain24", "-H"], "", ["miner1"]],
    [["wallet", "sign", "hi", "--wallet.name", "plain24", "--hotkey"], "", ["miner1"]],
    [["simulate", "--preset"], "", ["paper", "dojo-1.8.3", "scaled"]],
    [["explain"], "wallet.wrong", ["wallet.wrong-password"]],
    [["config", "get"], "net", ["network", "netuid"]],
    [["completion"], "b", ["bash"]],
    [[], "wal", ["wallet"]],
  ])("after %j completes %j with the values of the moment", async (before, current, expected) => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12", "plain24");
    const run = await home.cli(["completion", "complete", `--current=${current}`, "--json", "--", ...before]);
    expect(dataOf<Completion>(run).words.map(({ value }) => value)).toEqual(expected);
  });
});
