import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type PassedChecks,
  planTrap,
  readTrapNotes,
  trapOutcome,
  writeChecks,
} from "../../../src/mechanism/draws-trap.ts";

const checks = (first: number, second: number): PassedChecks => ({ passed: [first, second], of: 6 });

describe("planTrap", () => {
  it.each([
    ["damages an output as good as the other", 0, "damage", false, checks(5, 5), { negative: 0, damages: true }],
    [
      "damages the worse one too where damage was drawn",
      0,
      "damage",
      false,
      checks(2, 5),
      { negative: 0, damages: true },
    ],
    [
      "spoils no better page: the worse one takes its place",
      0,
      "damage",
      false,
      checks(5, 2),
      { negative: 1, damages: false },
    ],
    ["lets a changed prompt do its work", 1, "prompt", true, checks(5, 2), { negative: 1, damages: false }],
    ["helps a changed prompt that changed nothing", 1, "prompt", true, checks(4, 4), { negative: 1, damages: true }],
    ["damages where no prompt could be changed", 1, "prompt", false, checks(5, 2), { negative: 1, damages: true }],
    ["takes the naturally worse one as it is", 0, "natural", false, checks(2, 5), { negative: 0, damages: false }],
    [
      "takes the naturally worse one, whoever was drawn",
      0,
      "natural",
      false,
      checks(5, 2),
      { negative: 1, damages: false },
    ],
    ["damages where nature made no difference", 0, "natural", false, checks(3, 3), { negative: 0, damages: true }],
    ["goes as drawn without checks", 1, "damage", false, undefined, { negative: 1, damages: true }],
    [
      "goes as drawn without checks, with a changed prompt",
      1,
      "prompt",
      true,
      undefined,
      { negative: 1, damages: false },
    ],
  ] as const)("%s", (_, drawn, method, changed, found, plan) => {
    expect(planTrap(drawn, method, changed, found)).toEqual(plan);
  });
});

describe("trapOutcome", () => {
  const notes = { changed: false, checks: checks(4, 4), damage: "handler", after: 3 };

  it.each([
    ["is a trap once fewer checks pass", notes, "trap"],
    ["is a duel where as many pass after the damage", { ...notes, after: 4 }, "duel"],
    ["is a duel where nothing could be damaged", { ...notes, damage: undefined, after: undefined }, "duel"],
    ["is a duel where nobody says what the damage did", { ...notes, after: undefined }, "duel"],
    ["is a trap without checks", { ...notes, checks: undefined, after: undefined }, "trap"],
    ["is a duel of two that pass nothing", { ...notes, checks: checks(0, 0), after: 0 }, "duel"],
  ] as const)("%s", (_, found, kind) => {
    expect(trapOutcome(0, "damage", found).kind).toBe(kind);
  });

  it("compares the damaged output with the other one, not with what it was", () => {
    const worse = { changed: false, checks: checks(5, 2), damage: "step", after: 2 };
    expect(trapOutcome(1, "damage", worse)).toEqual({ kind: "trap", negative: 1 });
    expect(trapOutcome(0, "damage", { ...worse, checks: checks(2, 5) })).toEqual({ kind: "trap", negative: 0 });
  });

  it("never has a negative that passes as many checks as the other output", () => {
    const count = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(
        fc.constantFrom<0 | 1>(0, 1),
        fc.constantFrom("damage" as const, "prompt" as const, "natural" as const),
        fc.record({
          changed: fc.boolean(),
          checks: fc.tuple(count, count).map(([first, second]) => checks(first, second)),
          damage: fc.constantFrom("step", undefined),
          after: fc.option(count, { nil: undefined }),
        }),
        (drawn, method, found) => {
          const { kind, negative } = trapOutcome(drawn, method, found);
          if (kind === "duel") return;
          const { damages } = planTrap(drawn, method, found.changed, found.checks);
          const own = damages ? (found.after ?? Number.POSITIVE_INFINITY) : found.checks.passed[negative];
          expect(own).toBeLessThan(found.checks.passed[negative === 0 ? 1 : 0]);
        },
      ),
    );
  });
});

describe("readTrapNotes", () => {
  it("reads what writeChecks wrote", () => {
    const preparation = { checks: writeChecks(checks(5, 2)), damage: "step", after: "1", changed: "title" };
    expect(readTrapNotes(preparation)).toEqual({ changed: true, checks: checks(5, 2), damage: "step", after: 1 });
  });

  it.each([checks(6, 6), checks(0, 6), checks(6, 0)])("reads that all checks passed, or none: %o", (passed) => {
    expect(readTrapNotes({ checks: writeChecks(passed) }).checks).toEqual(passed);
  });

  it.each([
    ["nothing", null],
    ["a text", "5 and 2 of 6"],
    ["more passed than there are", { checks: "7 and 2 of 6" }],
    ["no numbers", { checks: "many", after: "-1", damage: 3, changed: 1 }],
  ])("takes %s for no notes", (_, preparation) => {
    expect(readTrapNotes(preparation)).toEqual({
      changed: false,
      checks: undefined,
      damage: undefined,
      after: undefined,
    });
  });
});
