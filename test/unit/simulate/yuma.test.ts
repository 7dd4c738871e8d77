import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runYumaScenario } from "../../../src/simulate/yuma.ts";
import { parseYumaScenarios } from "../../../src/simulate/yuma-scenario.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { yumaVectors } from "../yuma/vectors.ts";

const VECTORS = fileURLToPath(new URL("../../vectors/yuma.json", import.meta.url));
const recordedOut = (epoch: number): Readonly<Record<string, unknown>> =>
  yumaVectors.scenarios[0]?.epochs[epoch]?.out ?? {};
const [first] = yumaVectors.scenarios;

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "yuma-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

const write = (name: string, content: unknown): string => {
  const path = join(dir, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const KEYS = [
  "incentive",
  "dividends",
  "consensus",
  "validator_trust",
  "stake_weight",
  "active",
  "permits",
  "bonds",
  "emission",
];

describe("simulate yuma", () => {
  it("takes a whole file of scenarios and answers in its words, exactly", async () => {
    const run = await runCli(["simulate", "yuma", VECTORS, "--json"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const { data, ok } = JSON.parse(run.stdout);
    expect(ok).toBe(true);
    expect(data.scenarios.map(({ name }: { name: string }) => name)).toEqual(
      yumaVectors.scenarios.map(({ name }) => name),
    );
    const expected = yumaVectors.scenarios.map(({ epochs }) =>
      epochs.map(({ out }) => Object.fromEntries(KEYS.map((key) => [key, out[key]]))),
    );
    expect(data.scenarios.map(({ epochs }: { epochs: unknown }) => epochs)).toEqual(expected);
  });

  it("takes one scenario, or an array, or standard input, all the same", async () => {
    const runs = await Promise.all([
      runCli(["simulate", "yuma", write("one.json", first), "--json"]),
      runCli(["simulate", "yuma", write("array.json", [first]), "--json"]),
      runCli(["simulate", "yuma", "-", "--json"], { stdin: JSON.stringify({ scenarios: [first] }) }),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
  });

  it("carries the first state forward: bonds grow as when each epoch starts from the last", async () => {
    const run = await runCli(["simulate", "yuma", write("one.json", first), "--epochs", "3", "--json"]);
    const { epochs } = JSON.parse(run.stdout).data.scenarios[0];
    expect(epochs).toHaveLength(3);
    expect(epochs[0]).toEqual(Object.fromEntries(KEYS.map((key) => [key, recordedOut(0)[key]])));
    // The recorded scenario lets stakes evolve by the real payouts too; its third epoch has the same pending amounts.
    expect(epochs[2].bonds).toEqual(recordedOut(2)["bonds"]);
    expect(epochs[2].permits).toEqual([1, 1, 1]);
  });

  it("warns when validators go inactive while nobody sets weights", async () => {
    const run = await runCli(["simulate", "yuma", write("one.json", first), "--epochs", "20", "--json"]);
    expect(JSON.parse(run.stdout).warnings).toMatchObject([{ code: "yuma.validators-inactive" }]);
  });

  it("draws tables that fit 80 columns", async () => {
    const run = await runCli(["simulate", "yuma", VECTORS, "--epochs", "12"]);
    expect(run.code).toBe(0);
    for (const line of run.stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it.each(["weight-copier", "late-validator"])("runs the example %s", async (name) => {
    const file = fileURLToPath(new URL(`../../../examples/yuma/${name}.json`, import.meta.url));
    const run = await runCli(["simulate", "yuma", file, "--json"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const { epochs } = JSON.parse(run.stdout).data.scenarios[0];
    // The copier earns a fraction in the epoch in which the others move; the late validator earns nothing.
    const [own = 0, other = 0] =
      name === "weight-copier" ? [epochs[2].dividends[3], epochs[1].dividends[3]] : [epochs[0].dividends[3], 1];
    expect(own).toBeLessThan(other / 4);
  });

  it("writes integers above 2^53 as strings and reads them so", async () => {
    const big = "12000000000000000001";
    const [scenario] = parseYumaScenarios({
      n: 1,
      epochs: [
        {
          in: {
            weights: [[]],
            last_update: [9],
            block_at_registration: [0],
            alpha_stake: [big],
            permits: [1],
            rao_emission: big,
            current_block: 10,
          },
        },
      ],
    });
    const run = scenario === undefined ? undefined : await runYumaScenario(scenario);
    expect(run?.report.epochs[0]?.emission).toEqual([big]);
  });

  const base = {
    n: 1,
    epochs: [
      {
        in: {
          weights: [[]],
          last_update: [9],
          block_at_registration: [0],
          alpha_stake: [1],
          permits: [1],
          rao_emission: 10,
          current_block: 10,
        },
      },
    ],
  };
  const changed = (change: object): unknown => ({ ...base, epochs: [{ in: { ...base.epochs[0]?.in, ...change } }] });
  it.each([
    ["a text", "[1", "input.not-json", ""],
    ["a number", 7, "yuma.invalid-scenario", "the file"],
    ["no scenario", [], "yuma.invalid-scenario", "the file"],
    ["no epoch", { n: 1, epochs: [] }, "yuma.invalid-scenario", "epochs"],
    ["a missing field", [base, changed({ permits: undefined })], "yuma.invalid-scenario", "[1].epochs[0].in.permits"],
    ["a wrong length", changed({ alpha_stake: [1, 2] }), "yuma.invalid-scenario", "epochs[0].in.alpha_stake"],
    [
      "a weight above u16",
      changed({ weights: [[[0, 65_536]]] }),
      "yuma.invalid-scenario",
      "epochs[0].in.weights[0][0][1]",
    ],
    [
      "a uid twice in a row",
      changed({
        bonds: [
          [
            [0, 1],
            [0, 2],
          ],
        ],
      }),
      "yuma.invalid-scenario",
      "epochs[0].in.bonds[0]",
    ],
    ["an owner beyond n", { ...base, owner_uid: 1 }, "yuma.invalid-scenario", "owner_uid"],
    ["no emission", changed({ rao_emission: undefined }), "yuma.invalid-scenario", "epochs[0].in.rao_emission"],
    ["a fractional amount", changed({ alpha_stake: [0.5] }), "yuma.invalid-scenario", "epochs[0].in.alpha_stake[0]"],
  ])("refuses %s with code, place and exit 12", async (_, content, code, path) => {
    const run = await runCli(["simulate", "yuma", write("bad.json", content), "--json"]);
    expect(run).toMatchObject({ code: 12, stdout: "" });
    const { error } = JSON.parse(run.stderr);
    expect(error.code).toBe(code);
    if (path !== "") expect(error.details.path).toBe(path);
  });

  it.each([
    ["a missing file", ["/nonexistent/x.json"], 14, "input.not-found"],
    ["a folder", ["/tmp"], 14, "input.not-a-file"],
    ["epochs of 0", [VECTORS, "--epochs", "0"], 2, "usage.command-line"],
    ["no file", [], 2, "usage.command-line"],
  ])("refuses %s", async (_, args, code, errorCode) => {
    const run = await runCli(["simulate", "yuma", ...args, "--json"]);
    expect(run).toMatchObject({ code, stdout: "" });
    expect(JSON.parse(run.stderr).error.code).toBe(errorCode);
  });

  it("never crashes on mutated scenarios: an answer, or exit 12", async () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.constant(-1),
      fc.constant(2 ** 60),
      fc.string(),
      fc.constant([]),
      fc.constant({}),
    );
    const path = fc.constantFrom(
      "weights",
      "bonds",
      "last_update",
      "permits",
      "alpha_stake",
      "current_block",
      "rao_emission",
      "root_stake",
    );
    await fc.assert(
      fc.asyncProperty(path, value, async (key, replaced) => {
        try {
          for (const scenario of parseYumaScenarios(changed({ [key]: replaced })))
            await runYumaScenario(scenario, { carried: 2 });
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "yuma.invalid-scenario", exitCode: 12 });
        }
      }),
    );
  });
});
