// Measures the start of colosseum, btcli 11 and btcli 9 in one run and writes the table into docs/performance.md.
// Usage: node scripts/startup-table.ts [RUNS]. The btclis are those of `npm run test:interop` (or COLOSSEUM_INTEROP_PYTHON and …9); one that is not there is left out.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareRuns } from "../bench/lib/compare-runs.ts";
import { BITTENSOR_11, BTCLI_9, peerPython } from "../test/interop/peers.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGE = join(ROOT, "docs/performance.md");
const [START, END] = ["<!-- startup-table -->", "<!-- /startup-table -->"];
const RUNS = Number(process.argv[2] ?? 9);

const home = mkdtempSync(join(tmpdir(), "startup-table-"));
const env = { ...process.env, HOME: home, COLOSSEUM_HOME: home, NODE_OPTIONS: "" };
const own = [process.execPath, join(ROOT, "bin/colosseum.js")];
const btcli = (peer: typeof BTCLI_9): string[] | undefined => {
  const program = join(dirname(peerPython(peer)), "btcli");
  if (existsSync(program)) return [program];
  process.stderr.write(`${peer.name} is not installed (npm run test:interop installs it), so it is left out.\n`);
  return undefined;
};
const [v11, v9] = [btcli(BITTENSOR_11), btcli(BTCLI_9)];

const ROWS: readonly (readonly [label: string, args: readonly string[]])[] = [
  ["`--help`", ["--help"]],
  ["`--version`", ["--version"]],
  ["`wallet --help`", ["wallet", "--help"]],
  ["`wallet list`", ["wallet", "list"]],
];

const programs = [
  ["colosseum", own],
  ["btcli 11", v11],
  ["btcli 9", v9],
] as const;
const present = programs.filter(([, program]) => program !== undefined);
const rows = ROWS.map(([label, args]) => {
  const lines = [[process.execPath, "-e", "0"], ...present.map(([, program]) => [...(program ?? []), ...args])];
  const [bare = 0, ...times] = compareRuns(lines, RUNS, env);
  const [first = 1] = times;
  const cells = times.map((ms, index) => `${ms.toFixed(0)} ms${index === 0 ? "" : ` (${(ms / first).toFixed(0)}×)`}`);
  return `| ${label} | ${bare.toFixed(0)} ms | ${cells.join(" | ")} |`;
});
rmSync(home, { recursive: true, force: true });

const table = [
  START,
  `| command | bare Node | ${present.map(([name]) => name).join(" | ")} |`,
  `|---|---|${present.map(() => "---|").join("")}`,
  ...rows,
  "",
  `Medians of ${RUNS} runs in turn on ${cpus().length} cores, Node ${process.versions.node}, an empty home.`,
  END,
].join("\n");
const page = readFileSync(PAGE, "utf8");
const before = page.slice(0, page.indexOf(START));
writeFileSync(PAGE, before + table + page.slice(page.indexOf(END) + END.length));
console.log(table);
