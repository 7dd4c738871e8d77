import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Projects with a command of their own; `npm test` leaves them out. */
const APART = ["interop", "crash", "visual", "shells"];
const asked = process.argv.filter((_, index) => process.argv[index - 1] === "--project");

/** These tests wait for other processes half of the time: one more at once than there are cores. They go first. */
const WAITING = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 0 } };

export default defineConfig({
  test: {
    // By itself vitest leaves one core to watching; nothing is watched here, and many tests wait for other processes.
    maxWorkers: "100%",
    reporters: ["default", ["json", { outputFile: ".cache/test-report.json" }]],
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"], sequence: { groupOrder: 1 } } },
      {
        test: {
          name: "integration",
          ...WAITING,
          include: ["test/integration/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      ...APART.filter((name) => asked.includes(name)).map((name) => ({
        test: {
          name,
          sequence: { groupOrder: 2 },
          include: [`test/${name}/**/*.test.ts`],
          testTimeout: name === "crash" ? 3_600_000 : 300_000,
          hookTimeout: 300_000,
        },
      })),
      {
        test: {
          name: "e2e",
          ...WAITING,
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
