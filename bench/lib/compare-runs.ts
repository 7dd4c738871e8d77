import { spawnSync } from "node:child_process";

/** The middle of some figures; 0 of none. */
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Medians in ms of several command lines run in turn, so that a busy moment hits all alike.
 *
 * @param lines - Program and arguments each.
 */
export function compareRuns(
  lines: readonly (readonly string[])[],
  runs: number,
  env: Readonly<Record<string, string | undefined>>,
): number[] {
  const taken = lines.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, [program = "", ...args]] of lines.entries()) {
      const from = process.hrtime.bigint();
      spawnSync(program, args, { stdio: "ignore", env });
      taken[index]?.push(Number(process.hrtime.bigint() - from) / 1e6);
    }
  }
  return taken.map((values) => Math.round(median(values) * 10) / 10);
}
