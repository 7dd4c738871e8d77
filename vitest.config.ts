import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Projects with a command of their own; `npm test` leaves them out. */
const APART = ["interop", "crash", "visual", "shells"];
const asked = process.argv.filter((_, index) => process.argv[index - 1] === "--project");

/** A limit is for what hangs, on a machine that has other things to do as well; how long things take is for `bench/`. */
const LIMIT_MS = 300_000;
const LIMITS = { testTimeout: LIMIT_MS, hookTimeout: LIMIT_MS, expect: { poll: { timeout: LIMIT_MS } } };

/** These tests wait for other processes half of the time: one more at once than there are cores. They go first. */
const WAITING = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 0 } };

export default defineConfig({
  test: {
    // By itself vitest leaves one core to watching; nothing is watched here, and many tests wait for other processes.
    maxWorkers: "100%",
    reporters: ["default", ["json", { outputFile: ".cache/test-report.json" }]],
    projects: [
      { test: { name: "unit", ...LIMITS, include: ["test/unit/**/*.test.{ts,tsx}"], sequence: { groupOrder: 1 } } },
      {
        test: {
          name: "integration",
          ...LIMITS,
          ...WAITING,
          include: ["test/integration/**/*.test.ts"],
        },
      },
      ...APART.filter((name) => asked.includes(name)).map((name) => ({
        test: {
          name,
          sequence: { groupOrder: 2 },
          include: [`test/${name}/**/*.test.ts`],
          ...LIMITS,
          ...(name === "crash" ? { testTimeout: 3_600_000 } : {}),
        },
      })),
      {
        test: {
          name: "e2e",
          ...LIMITS,
          ...WAITING,
          include: ["test/e2e/**/*.test.ts"],
        },
      },
    ],
  },
});
