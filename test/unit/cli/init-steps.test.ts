import { describe, expect, it } from "vitest";
import { toNetuid } from "../../../src/base/ids.ts";
import type { Answers, Scene } from "../../../src/cli/commands/init/answers.ts";
import { againLine, chainSteps, lastLine, walletSteps } from "../../../src/cli/commands/init/steps.ts";
import { showLine } from "../../../src/cli/shell-line.ts";

const answers: Answers = {
  as: "miner",
  network: "local",
  wallet: "w",
  hotkey: "h",
  netuid: toNetuid(1),
  maxCostTao: "0.5",
  brain: "fixtures:1",
  judge: undefined,
  budget: undefined,
  validators: [],
  preset: undefined,
  listen: undefined,
  publicUrl: undefined,
  handle: undefined,
  save: "none",
  start: false,
};
const scene: Scene = {
  walletExists: true,
  hotkeyExists: true,
  development: true,
  subnetExists: true,
  registered: false,
  permit: false,
  freeTao: 1_000,
  slotTao: 0.5,
  subnetTao: 1_000,
  tempo: 360,
};
const verbs = (of: Partial<Answers>, at: Partial<Scene>): string[] =>
  chainSteps({ ...answers, ...of }, { ...scene, ...at }, "5C", { password: true }).map(({ args }) =>
    args.slice(0, 2).join(" ").replace(/ --.*/, ""),
  );

describe("the steps of init", () => {
  it.each([
    ["a miner with money registers", {}, {}, ["register"]],
    ["a miner without gets some on a development chain", {}, { freeTao: 0 }, ["localnet faucet", "register"]],
    ["elsewhere it has to wait for some", {}, { freeTao: 0, development: false }, []],
    ["elsewhere one with money registers", {}, { development: false }, ["register"]],
    ["who is registered does nothing", {}, { registered: true }, []],
    ["who does not want to register does not", { maxCostTao: undefined }, {}, []],
    [
      "a validator on an empty development chain gets everything",
      { as: "validator" as const },
      { subnetExists: false, freeTao: 0 },
      ["localnet faucet", "subnet create", "subnet start", "stake add", "localnet mine"],
    ],
    ["a validator with a permit needs no stake", { as: "validator" as const }, { registered: true, permit: true }, []],
    ["a validator elsewhere stakes by hand", { as: "validator" as const }, { development: false }, ["register"]],
  ])("%s", (_, of, at, expected) => {
    expect(verbs(of, at)).toEqual(expected);
  });

  it("makes only the keys that are missing", () => {
    const flags = { password: false, mnemonicFile: "words" };
    const lines = (at: Partial<Scene>) =>
      walletSteps(answers, { ...scene, ...at }, flags).map(({ args }) => showLine(args));
    expect(lines({})).toEqual([]);
    expect(lines({ hotkeyExists: false })).toEqual(["colosseum wallet hotkey add h -w w --mnemonic-file words"]);
    expect(lines({ walletExists: false })).toEqual([
      "colosseum wallet create w -H h --no-password --mnemonic-file words",
    ]);
  });

  it.each([
    ["a miner", {}, "colosseum miner start --netuid 1 -n local -w w -H h --brain fixtures:1"],
    ["a person", { brain: "human" }, "colosseum vote --netuid 1 -n local -w w -H h"],
    [
      "a program",
      { brain: "exec:./my agent.sh" },
      "colosseum miner start --netuid 1 -n local -w w -H h --brain 'exec:./my agent.sh'",
    ],
    [
      "a validator",
      { as: "validator" as const, preset: "scaled" },
      "colosseum validator start --netuid 1 -n local -w w -H h --preset scaled",
    ],
    [
      "an agent's owner",
      { as: "agent-owner" as const, handle: "@me" },
      "colosseum arena join --netuid 1 -n local -w w -H h --handle @me",
    ],
    ["a designer", { as: "designer" as const }, "colosseum simulate break-even --miners 250"],
  ])("ends with the exact next command for %s", (_, of, line) => {
    expect(showLine(lastLine({ ...answers, ...of }, false))).toBe(line);
  });
});

describe("the line that goes on with an init that waits for TAO", () => {
  it.each([
    [{}, true, "colosseum init --as miner --brain fixtures:1 --save none"],
    [{ brain: "human" }, true, "colosseum init --as miner --brain human --save none"],
    [
      { as: "validator" as const, publicUrl: "https://arena.example.org" },
      false,
      "colosseum init --as validator --netuid 1 -n local -w w -H h --public-url https://arena.example.org --save none",
    ],
    [{ as: "agent-owner" as const, handle: "@me" }, true, "colosseum init --as agent-owner --handle @me --save none"],
  ])("%j", (of, saved, line) => {
    expect(showLine(againLine({ ...answers, ...of }, saved))).toBe(line);
  });
});
