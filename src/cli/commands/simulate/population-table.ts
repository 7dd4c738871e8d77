import type { PopulationResult, SweepPoint } from "../../../simulate/population.ts";
import type { Estimate } from "../../../simulate/population-estimate.ts";
import { drawTable } from "../../table.ts";
import { describeBreakEven } from "./break-even.ts";

const number = (value: number, digits = 3): string => value.toFixed(digits);
const range = ({ low, high }: Estimate, digits = 3): string => `${number(low, digits)} … ${number(high, digits)}`;
const ANSWER = { true: "yes", false: "no", null: "open" } as const;

/** Breaks a sentence into lines of at most `width`, each behind an indent. */
function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line.length > indent.length && [...line].length + word.length + 1 > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length === indent.length ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** A population for people: break-even first, then who earns what, then the claims. */
export function drawPopulation(result: PopulationResult, width: number): string {
  const table = drawTable(
    [
      { title: "group", min: 8 },
      { title: "count", align: "right" },
      { title: "score/round", align: "right" },
      { title: "95 %", align: "right", priority: 1 },
      { title: "share", align: "right" },
      { title: "per capita", align: "right" },
    ],
    result.strategies.map(({ name, count, score, share, perCapita }) => [
      name,
      String(count),
      number(score.mean),
      range(score),
      `${number(share.mean * 100, 1)}%`,
      number(perCapita, 2),
    ]),
    width,
  );
  const verdicts = result.verdicts.flatMap(({ claim, holds, because }) => [
    `${claim}: ${ANSWER[`${holds}`]}`,
    ...wrapped(because, width, "  "),
  ]);
  return [
    ...describeBreakEven({ ...result, ...result.breakEven }),
    "",
    `${result.miners} miners, ${result.seeds} seeds; a per-capita share of 1 is an equal split`,
    table,
    "",
    ...verdicts,
  ].join("\n");
}

/** A sweep for people: one line per value, score and per-capita share of each group; as many tables as the width asks for. */
export function drawSweep(key: string, points: readonly SweepPoint[], width: number): string {
  const groups = (points[0]?.strategies ?? []).map(({ name }, index) => ({
    title: `${name} score`,
    cells: points.map(({ strategies }) => {
      const group = strategies[index];
      return group === undefined ? ["", ""] : [number(group.score.mean), number(group.perCapita, 2)];
    }),
  }));
  const values = points.map(({ value }) => String(value));
  const tables = besideEachOther([key, ...values], groups, width).map((block) =>
    drawTable(
      [
        { title: key, align: "right" },
        ...block.flatMap(({ title }) => [
          { title, align: "right" as const },
          { title: "× equal", align: "right" as const },
        ]),
      ],
      values.map((value, row) => [value, ...block.flatMap(({ cells }) => cells[row] ?? [])]),
      width,
    ),
  );
  return ["Mean score per miner and round, and share of the weights (1 = an equal split)", ...tables].join("\n\n");
}

interface SweptGroup {
  readonly title: string;
  /** Per point: the score and the per-capita share. */
  readonly cells: readonly (readonly string[])[];
}

/** Fills tables with groups from the left, so that each stays within the width beside the column of values. */
function besideEachOther(first: readonly string[], groups: readonly SweptGroup[], width: number): SweptGroup[][] {
  const longest = (cells: readonly string[]): number => Math.max(...cells.map((cell) => [...cell].length));
  const gap = 2;
  const blocks: SweptGroup[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const score = longest([group.title, ...group.cells.map(([cell = ""]) => cell)]);
    const share = longest(["× equal", ...group.cells.map(([, cell = ""]) => cell)]);
    const wide = gap + score + gap + share;
    if (used + wide > width) {
      blocks.push([]);
      used = longest(first);
    }
    blocks.at(-1)?.push(group);
    used += wide;
  }
  return blocks;
}
