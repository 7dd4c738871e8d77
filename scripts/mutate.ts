// Measures the tests of the pure rooms by mutation: changes one thing at a time and asks whether a test notices.
// A seeded sample is enough for an estimate with an interval; survivors are listed for reading.
// Usage: npm run mutate -- [ROOM…] [--sample 200] [--seed 1] [--only PATH] [--users]
//   rooms: mechanism, yuma, arena (default: all three); MUTATE_WORKERS=1 leaves the other cores alone
// A mutant counts as noticed if a unit test of its own room fails: rules are stated where they live, and whoever edits
// one is told by the tests beside it. With --users, survivors are shown to the unit tests of rooms that use the file
// too; what only those notice stays a survivor, with the name of the test that saw it.
// (Stryker 10 does not switch its mutants on under vitest 5: every one of them survives.)
import { type ChildProcess, fork } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { below, seededRandom } from "../src/base/random.ts";
import { wilson } from "../src/ratings/binomial.ts";
import { importGraph } from "./import-graph.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import type { TestOrder, TestReport } from "./mutate-worker.ts";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
/** Large, and no test of a pure room reads them. */
const NOT_COPIED = [".git", ".cache", "dist", "node_modules"];
/** Tests of other rooms that lean on these three: the quick ones. */
const USERS = [
  "test/unit/simulate/{audit,audit-proofs,entry,leaderboard,replay,yuma}.test.ts",
  "test/unit/validator/{pipeline,text-tasks}.test.ts",
  "test/unit/localnet/epochs.test.ts",
  "test/unit/social/*.test.ts",
  "test/unit/store/posts.test.ts",
];
/** The first run compiles everything. */
const PATIENCE_MS = 120_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    users: { type: "boolean", default: false },
  },
});
const rooms = positionals.length > 0 ? positionals : ["mechanism", "yuma", "arena"];
const graph = importGraph(root);

/** A copy of the repository that mutants may spoil, and a vitest that lives in it. */
class Workshop {
  readonly #dir = mkdtempSync(join(tmpdir(), "colosseum-mutants-"));
  readonly durations = new Map<string, number>();
  #child: ChildProcess | undefined;

  constructor() {
    for (const name of readdirSync(root)) {
      if (!NOT_COPIED.includes(name)) cpSync(join(root, name), join(this.#dir, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(this.#dir, "node_modules"));
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(join(root, "scripts/mutate-worker.ts"), [this.#dir], {
      cwd: this.#dir,
      execArgv: ["--max-old-space-size=1536"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child = child;
    await new Promise((resolve) => child.once("message", resolve));
    return child;
  }

  /** What the tests say while a file has another text. */
  async #ask(order: TestOrder, text: string, patienceMs: number): Promise<TestReport> {
    const child = this.#child ?? (await this.#start());
    const path = join(this.#dir, order.changed);
    const original = readFileSync(path, "utf8");
    writeFileSync(path, text);
    try {
      return await new Promise<TestReport>((resolve) => {
        const end = (report: TestReport): void => {
          clearTimeout(timer);
          child.removeAllListeners();
          resolve(report);
        };
        const broken = (failed: string): void => {
          child.kill("SIGKILL");
          this.#child = undefined;
          end({ failed, why: "", durations: {} });
        };
        // A mutant that makes a test run for ever is as good as noticed.
        const timer = setTimeout(() => broken("no end"), patienceMs);
        child.once("message", (report) => end(report as TestReport));
        child.once("exit", () => broken("worker"));
        child.send(order);
      });
    } finally {
      writeFileSync(path, original);
    }
  }

  /**
   * Refuses to measure with tests that fail by themselves, that would not see a change, or that would still see one
   * which was taken back. Run time of each test is kept: quick ones are asked first.
   */
  async prove([file, other]: readonly [string, string], tests: readonly string[]): Promise<void> {
    for (const [changed, more, isSound] of [
      [file, "", true],
      [file, '\nthrow new Error("spoilt");\n', false],
      [other, "\n// Nothing is new.\n", true],
    ] as const) {
      const text = readFileSync(join(root, changed), "utf8") + more;
      const { failed, why, durations } = await this.#ask({ changed, tests }, text, 10 * PATIENCE_MS);
      for (const [test, ms] of Object.entries(durations)) this.durations.set(test, ms);
      if (isSound && failed !== null) throw new Error(`the unchanged tree fails: ${failed}: ${why}`);
      if (!isSound && failed === null) throw new Error(`no test sees a change of ${changed}: this measures nothing`);
    }
  }

  /** The test that notices a mutant, or null. */
  async notices({ file, text }: Mutant, tests: readonly string[]): Promise<string | null> {
    const cost = (test: string): number => this.durations.get(test) ?? 0;
    const ordered = tests.filter((test) => graph(test).has(file)).sort((a, b) => cost(a) - cost(b));
    if (ordered.length === 0) return null;
    const expectedMs = ordered.reduce((sum, test) => sum + cost(test), 0);
    const { failed, why } = await this.#ask({ changed: file, tests: ordered }, text, 20_000 + 6 * expectedMs);
    return failed !== null && /timed out in \d+ms/.test(why) ? "no end" : failed;
  }

  close(): void {
    this.#child?.kill("SIGKILL");
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

/** `count` of them, each as likely as the next. */
function drawn<T>(all: readonly T[], count: number, seed: string): T[] {
  const random = seededRandom(seed);
  const left = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () => {
    const [one] = left.splice(below(random, left.length), 1);
    return one as T;
  });
}

for (const room of rooms) {
  const files = globSync(`src/${room}/**/*.ts`, { cwd: root }).sort();
  const all = files.filter((file) => file.includes(values.only)).flatMap((file) => mutantsOf(root, file));
  const chosen = drawn(all, Number(values.sample), `mutants/${room}/${values.seed}`);
  const own = globSync(`test/unit/${room}/**/*.test.ts`, { cwd: root }).sort();
  const users = values.users
    ? globSync(USERS, { cwd: root }).filter((test) => files.some((file) => graph(test).has(file)))
    : [];
  const [seen, other] = files.filter((file) => own.some((test) => graph(test).has(file)));
  if (seen === undefined || other === undefined) throw new Error(`no unit test of ${room} reads it`);

  let [survivors, seenElsewhere, endless] = [0, 0, 0];
  const queue = [...chosen];
  await Promise.all(
    Array.from({ length: Math.max(1, Number(process.env["MUTATE_WORKERS"] ?? cpus().length)) }, async () => {
      const workshop = new Workshop();
      try {
        await workshop.prove([seen, other], [...own, ...users]);
        for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
          const noticed = await workshop.notices(mutant, own);
          if (noticed === "no end") endless++;
          if (noticed === null) {
            survivors++;
            const elsewhere = await workshop.notices(mutant, users);
            if (elsewhere !== null) seenElsewhere++;
            tell(mutant, elsewhere);
          }
          process.stderr.write(`${room}: ${chosen.length - queue.length} of ${chosen.length}, ${survivors} survive \r`);
        }
      } finally {
        workshop.close();
      }
    }),
  );
  process.stderr.write("\n");

  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const share = (count: number): string => {
    const { low, high } = wilson(count, chosen.length);
    return `${count} of ${chosen.length} (${percent(count / chosen.length)}, 95 %: ${percent(low)} to ${percent(high)})`;
  };
  const noticed = chosen.length - survivors;
  console.log(`${room}: ${share(noticed)} of ${all.length} possible mutants noticed, ${endless} of them by no end`);
  if (values.users) console.log(`${room}: with the tests of rooms that use it ${share(noticed + seenElsewhere)}`);
}

function tell({ file, line, before, after }: Mutant, elsewhere: string | null): void {
  const shown = before.replace(/\s+/g, " ").slice(0, 70);
  console.log(`  ${file}:${line}  ${shown}  →  ${after}${elsewhere === null ? "" : `  (${elsewhere} notices)`}`);
}
