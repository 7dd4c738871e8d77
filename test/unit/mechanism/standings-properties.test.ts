import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../src/mechanism/instant.ts";
import { type PaperRules, ruleSetNamed, type ScaledRules } from "../../../src/mechanism/rule-set.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import { type Standings, standingsOf } from "../../../src/mechanism/standings.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import { referenceStandings } from "./reference.ts";
import { tasks } from "./task-samples.ts";

const logs = fc.array(tasks, { maxLength: 6 });
const moments = fc.constantFrom(
  undefined,
  "2026-01-01T03:00:00Z",
  "2026-01-01T05:59:59.999999999Z",
  "2026-01-01T06:00:00Z",
);

function standings(log: readonly Task[], rules: PaperRules | ScaledRules, until: string | undefined): Standings {
  const instant = until === undefined ? undefined : parseInstant(until);
  const board = new Scoreboard(rules, instant === undefined ? {} : { until: instant });
  for (const task of log) board.addTask(task);
  return standingsOf(board).standings;
}

describe("the standings of any log", () => {
  it.each([
    ["paper", {}],
    ["paper, with other pay", { trapPenalty: 0.3, voterPay: 0.7, generatorPay: 1.9 }],
    ["paper, with harmless traps", { trapPenalty: 0 }],
  ])("are what the rules say, to the last bit: %s", (_, settings) => {
    const rules = ruleSetNamed("paper", settings) as PaperRules;
    fc.assert(
      fc.property(logs, moments, (log, until) => {
        expect(standings(log, rules, until)).toEqual({ preset: "paper", ...referenceStandings(log, rules, until) });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["scaled", {}],
    ["scaled, with other stakes", { c: 11.7, d: 1.5, quorum: 2 }],
  ])("are what the rules say: %s", (_, settings) => {
    const rules = ruleSetNamed("scaled", settings) as ScaledRules;
    fc.assert(
      fc.property(logs, moments, (log, until) => {
        const { kappaObserved: _kappa, preset: _preset, ...found } = standings(log, rules, until);
        const wanted = referenceStandings(log, rules, until);
        const byName = ({ miners }: Pick<Standings, "miners">): Standings["miners"] =>
          miners.toSorted((a, b) => (a.hotkey < b.hotkey ? -1 : 1));
        // Stakes are multiplied and divided in another order: a last bit may differ, and with it the order of equals.
        expect({ ...found, miners: [] }).toEqual({ ...wanted, miners: [] });
        byName(found).forEach((row, place) => {
          const { hotkey, score, generator, discriminator, share, weight, ...counts } = row;
          const other = byName(wanted)[place];
          expect(other).toMatchObject({ hotkey, ...counts });
          expect(score).toBeCloseTo(other?.score ?? Number.NaN, 12);
          expect(generator).toBeCloseTo(other?.generator ?? Number.NaN, 12);
          expect(discriminator).toBeCloseTo(other?.discriminator ?? Number.NaN, 12);
          // Where sums cancel to nothing a share of the rest may be anything.
          if (score > 1e-9) expect(share).toBeCloseTo(other?.share ?? Number.NaN, 6);
          if (score > 1e-9) expect(Math.abs(weight - (other?.weight ?? Number.NaN))).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 300 },
    );
  });
});
