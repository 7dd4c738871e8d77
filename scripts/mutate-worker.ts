// One long-living vitest over a copy of the repository that mutants may spoil: it keeps what it has compiled and runs
// test files again, so that a mutant costs what its tests cost. Started by scripts/mutate.ts, asked by messages.
import { join } from "node:path";
import type { TestModule, TestSpecification } from "vitest/node";
import { createVitest } from "vitest/node";

/** Run these test files, in this order, after this source file has changed. */
export interface TestOrder {
  readonly changed: string;
  readonly tests: readonly string[];
}

export interface TestReport {
  /** The first test file that failed; null if all passed; `worker` if the run itself broke. */
  readonly failed: string | null;
  /** What the first failure said. */
  readonly why: string;
  /** Milliseconds of each test file that ran to its end. */
  readonly durations: Readonly<Record<string, number>>;
}

const PATIENT_MS = 600_000;
const [dir = "."] = process.argv.slice(2);
const vitest = await createVitest("test", {
  root: dir,
  watch: false,
  project: ["unit"],
  reporters: [{}],
  silent: true,
  // As `npm test` does: what one test file leaves behind must not fail another.
  isolate: true,
  pool: "threads",
  maxWorkers: 1,
  fileParallelism: false,
  bail: 1,
  // A busy machine notices nothing; what never ends is ended by the parent.
  testTimeout: PATIENT_MS,
  sequence: {
    sequencer: class {
      shard(files: TestSpecification[]): TestSpecification[] {
        return files;
      }
      sort(files: TestSpecification[]): TestSpecification[] {
        return files;
      }
    },
  },
});
// Projects do not take over the time for hooks.
for (const project of vitest.projects) project.config.hookTimeout = PATIENT_MS;
const specifications = new Map<string, TestSpecification>();
for (const specification of await vitest.globTestSpecifications())
  specifications.set(specification.moduleId, specification);

let before = "";

async function run({ changed, tests }: TestOrder): Promise<TestReport> {
  // The one before is as it was again.
  for (const file of [before, changed]) {
    vitest.watcher.invalidates.add(join(dir, file));
    vitest.invalidateFile(join(dir, file));
  }
  before = changed;
  const asked = tests.map((test) => {
    const specification = specifications.get(join(dir, test));
    if (specification === undefined) throw new Error(`vitest knows no ${test}`);
    return specification;
  });
  const { unhandledErrors } = await vitest.runTestSpecifications(asked);
  const durations: Record<string, number> = {};
  for (const [place, { testModule }] of asked.entries()) {
    const name = tests[place] ?? "";
    if (testModule?.state() !== "passed") return { failed: name, why: firstError(testModule), durations };
    const { duration, collectDuration } = testModule.diagnostic();
    durations[name] = duration + collectDuration;
  }
  const [broken] = unhandledErrors;
  return {
    failed: broken === undefined ? null : "worker",
    why: (broken as Error | undefined)?.message ?? "",
    durations,
  };
}

function firstError(module: TestModule | undefined): string {
  const failed = module === undefined ? [] : [...module.children.allTests("failed")];
  const [error] = [...(module?.errors() ?? []), ...failed.flatMap((test) => test.result().errors ?? [])];
  return error?.message ?? "it did not run";
}

process.on("message", async (order: TestOrder) => process.send?.(await run(order)));
process.on("disconnect", () => process.exit());
process.send?.("ready");
