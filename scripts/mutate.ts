// Measures the tests of the pure rooms by mutation: changes one thing at a time and asks whether a test notices.
// A seeded sample is enough for an estimate with an interval; survivors are listed for reading.
// Usage: npm run mutate -- [ROOM…] [--sample 200] [--seed 1]      rooms: mechanism, yuma, arena (default: all three)
// (Stryker 10 does not switch its mutants on under vitest 5: every one of them survives.)
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { below, seededRandom } from "../src/base/random.ts";
import { wilson } from "../src/ratings/binomial.ts";

const root = new URL("..", import.meta.url).pathname;
const COPIED = ["src", "test", "examples", "package.json", "tsconfig.json", "vitest.config.ts"];
/** A mutant that makes a test run for ever is as good as noticed. */
const PATIENCE_MS = 180_000;

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
}

const SWAPS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.PlusToken]: "-",
  [ts.SyntaxKind.MinusToken]: "+",
  [ts.SyntaxKind.AsteriskToken]: "/",
  [ts.SyntaxKind.SlashToken]: "*",
  [ts.SyntaxKind.LessThanToken]: "<=",
  [ts.SyntaxKind.LessThanEqualsToken]: "<",
  [ts.SyntaxKind.GreaterThanToken]: ">=",
  [ts.SyntaxKind.GreaterThanEqualsToken]: ">",
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: "!==",
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: "===",
  [ts.SyntaxKind.AmpersandAmpersandToken]: "||",
  [ts.SyntaxKind.BarBarToken]: "&&",
  [ts.SyntaxKind.PlusEqualsToken]: "-=",
  [ts.SyntaxKind.MinusEqualsToken]: "+=",
  [ts.SyntaxKind.GreaterThanGreaterThanToken]: "<<",
  [ts.SyntaxKind.LessThanLessThanToken]: ">>",
};

/** Everything in a file that may be changed: operators, numbers, truth values, conditions, whole statements. */
function mutantsOf(file: string): Mutant[] {
  const text = readFileSync(join(root, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const add = (node: ts.Node, after: string): void => {
    const [from, to] = [node.getStart(source), node.getEnd()];
    const line = source.getLineAndCharacterOfPosition(from).line + 1;
    found.push({ file, line, from, to, before: text.slice(from, to), after });
  };
  const visit = (node: ts.Node): void => {
    // Types, imports and the words of errors are no behaviour that these tests are about.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isThrowStatement(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const swapped = SWAPS[node.operatorToken.kind];
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      );
      if (swapped !== undefined && !(isText && node.operatorToken.kind === ts.SyntaxKind.PlusToken)) {
        add(node.operatorToken, swapped);
      }
    } else if (ts.isNumericLiteral(node)) add(node, String(Number(node.text.replaceAll("_", "")) + 1));
    else if (ts.isBigIntLiteral(node)) add(node, `${BigInt(node.text.slice(0, -1).replaceAll("_", "")) + 1n}n`);
    else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, "false");
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, "true");
    else if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isIfStatement(node) ? node.expression : node.condition;
      for (const value of ["true", "false"]) add(condition, value);
    } else if (ts.isExpressionStatement(node)) add(node, ";");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const rooms = positionals.length > 0 ? positionals : ["mechanism", "yuma", "arena"];

/** A copy of the repository that mutants may spoil. */
function workshop(): string {
  const dir = mkdtempSync(join(tmpdir(), "colosseum-mutants-"));
  for (const name of COPIED) cpSync(join(root, name), join(dir, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
  return dir;
}

/** Whether a test of its room notices a mutant. */
async function isNoticed(dir: string, room: string, mutant: Mutant): Promise<boolean> {
  const path = join(dir, mutant.file);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.slice(0, mutant.from) + mutant.after + text.slice(mutant.to));
  try {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const args = [vitest, "run", "--project", "unit", "--bail", "1", "--reporter", "dot", `test/unit/${room}`];
    const child: ChildProcess = spawn(process.execPath, args, { cwd: dir, stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    const code = await new Promise<number | null>((resolve) => child.once("exit", (exit) => resolve(exit)));
    clearTimeout(timer);
    return code !== 0;
  } finally {
    writeFileSync(path, text);
  }
}

for (const room of rooms) {
  const files = readdirSync(join(root, "src", room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => relative(root, join(root, "src", room, file)))
    .sort();
  const all = files.flatMap(mutantsOf);
  const random = seededRandom(`mutants/${room}/${values.seed}`);
  const left = [...all];
  const chosen = Array.from({ length: Math.min(Number(values.sample), all.length) }, () => {
    const [mutant] = left.splice(below(random, left.length), 1);
    return mutant as Mutant;
  });
  const survivors: Mutant[] = [];
  const queue = [...chosen];
  await Promise.all(
    Array.from({ length: Math.max(1, Number(process.env["MUTATE_WORKERS"] ?? cpus().length)) }, async () => {
      const dir = workshop();
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        if (!(await isNoticed(dir, room, mutant))) survivors.push(mutant);
        process.stderr.write(
          `\r${room}: ${chosen.length - queue.length} of ${chosen.length}, ${survivors.length} survive `,
        );
      }
      rmSync(dir, { recursive: true, force: true });
    }),
  );
  const noticed = chosen.length - survivors.length;
  const { low, high } = wilson(noticed, chosen.length);
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  process.stderr.write("\n");
  console.log(
    `${room}: ${noticed} of ${chosen.length} mutants noticed (of ${all.length} possible), ${percent(noticed / chosen.length)} (95 %: ${percent(low)} to ${percent(high)})`,
  );
  for (const { file, line, before, after } of survivors.sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
  )) {
    console.log(`  ${file}:${line}  ${before.replace(/\s+/g, " ").slice(0, 70)}  →  ${after}`);
  }
}
