// How good the heuristic judge is, by kind of damage, with 95 % intervals, beside the rule "the longer one"; prints JSON.
// With --fit: fits its weights anew on the fitting split and writes src/brains/heuristic-weights.json.
import { writeFileSync } from "node:fs";
import { countedShare } from "../src/brains/counted-share.ts";
import { type ExamPlan, examPairs, FITTED_KINDS, type LabelledPair } from "../src/brains/exam-pairs.ts";
import { MEASURES, measureBoth, verdict } from "../src/brains/heuristic.ts";
import fitted from "../src/brains/heuristic-weights.json" with { type: "json" };
import type { Measures } from "../src/brains/linear-verdict.ts";
import { outputLength } from "../src/brains/output-length.ts";
import { DAMAGE_KINDS } from "../src/pages/damage.ts";
import { FEATURES } from "../src/pages/features.ts";
import { createPageRunner } from "../src/sandbox/runner.ts";

interface Measured {
  readonly pair: LabelledPair;
  readonly known: readonly [better: Measures, worse: Measures];
  /** As if the prompt were not one of the bank: no check of a known family. */
  readonly unknown: readonly [better: Measures, worse: Measures];
}

const perKind = Number(process.argv.find((arg) => /^[0-9]+$/.test(arg)) ?? 40);
const fit = process.argv.includes("--fit");
const runner = createPageRunner({ pagesPerChild: 10_000, timeoutMs: 60_000, concurrency: 2 });
const call = { signal: new AbortController().signal, deadlineMs: Number.MAX_SAFE_INTEGER, nowMs: 0 };

const asPair = ({ left, right }: { readonly left: Measures; readonly right: Measures }) => [left, right] as const;

async function measure(plan: ExamPlan): Promise<Measured[]> {
  const measured: Measured[] = [];
  for await (const pair of examPairs(plan, runner)) {
    const known = asPair(await measureBoth(pair.prompt, pair.better, pair.worse, { inspector: runner }, call));
    const unknown = asPair(
      await measureBoth(pair.prompt, pair.better, pair.worse, { inspector: runner, knowsBank: false }, call),
    );
    measured.push({ pair, known, unknown });
  }
  return measured;
}

/** What a measure weighs before anything was seen: kinds of damage that the fit never meets must count too. */
const prior = (name: string): number => (name === "length" ? 0 : 1);
const PULL = 0.01;

/** Logistic regression on differences, weights ≥ 0 (each measure's direction is known), pulled towards the prior. */
function fitWeights(
  rows: readonly (readonly [Measures, Measures])[],
  names: readonly string[],
): Record<string, number> {
  const weights = names.map(prior);
  const differences = rows.map(([better, worse]) => names.map((name) => (better[name] ?? 0) - (worse[name] ?? 0)));
  for (let step = 0; step < 4_000; step++) {
    const gradient = weights.map((weight, index) => PULL * (weight - prior(names[index] ?? "")));
    for (const row of differences) {
      const margin = row.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
      const pull = -1 / (1 + Math.exp(margin)) / rows.length;
      row.forEach((value, index) => {
        gradient[index] = (gradient[index] ?? 0) + pull * value;
      });
    }
    weights.forEach((weight, index) => {
      weights[index] = Math.max(0, weight - 3 * (gradient[index] ?? 0));
    });
  }
  return Object.fromEntries(names.map((name, index) => [name, Number((weights[index] ?? 0).toFixed(3))]));
}

const round = (value: number): number => Number(value.toFixed(3));

function accuracy(measured: readonly Measured[], which: "known" | "unknown" | "source") {
  let right = 0;
  let abstained = 0;
  for (const one of measured) {
    const [better, worse] = which === "source" ? one.known : one[which];
    const { choice } = verdict(better, worse, which === "source" ? sourceWeights : weights);
    if (choice === "A") right++;
    else if (choice === "abstain") abstained++;
  }
  const { share, low, high } = countedShare(right, measured.length);
  return { pairs: measured.length, accuracy: round(share), low: round(low), high: round(high), abstained };
}

type Weights = Record<string, number>;
let { weights, sourceWeights } = fitted as { weights: Weights; sourceWeights: Weights };
if (fit) {
  const plan = { split: "fit", perKind, kinds: FITTED_KINDS } as const;
  const measured = [...(await measure({ ...plan, quality: 1 })), ...(await measure({ ...plan, quality: 0.85 }))];
  weights = fitWeights(
    measured.flatMap(({ known, unknown }) => [known, unknown]),
    MEASURES,
  );
  sourceWeights = fitWeights(
    measured.map(({ known }) => known),
    FEATURES,
  );
  const note = `Weights of the heuristic judge by measure (src/pages/features.ts, src/brains/behaviour.ts): log-odds per unit, fitted by "node bench/brains.ts --fit" on ${measured.length} made pairs with damage of the kinds ${FITTED_KINDS.join(", ")}.`;
  writeFileSync(
    new URL("../src/brains/heuristic-weights.json", import.meta.url),
    `${JSON.stringify({ note, weights, sourceWeights }, null, 2)}\n`,
  );
}
const results: unknown[] = [];
for (const quality of [1, 0.85]) {
  const measured = await measure({ split: "test", perKind, quality, kinds: DAMAGE_KINDS });
  const byKind = DAMAGE_KINDS.map((kind) => {
    const of = measured.filter(({ pair }) => pair.kind === kind);
    return {
      kind,
      fitted: FITTED_KINDS.includes(kind),
      bankKnown: accuracy(of, "known"),
      bankUnknown: accuracy(of, "unknown"),
      sourceOnly: accuracy(of, "source"),
    };
  });
  const unseen = measured.filter(({ pair }) => !FITTED_KINDS.includes(pair.kind));
  const longer = countedShare(
    measured.filter(({ pair }) => outputLength(pair.better) > outputLength(pair.worse)).length,
    measured.length,
  );
  results.push({
    quality,
    all: {
      bankKnown: accuracy(measured, "known"),
      bankUnknown: accuracy(measured, "unknown"),
      sourceOnly: accuracy(measured, "source"),
    },
    unseenKinds: {
      bankKnown: accuracy(unseen, "known"),
      bankUnknown: accuracy(unseen, "unknown"),
      sourceOnly: accuracy(unseen, "source"),
    },
    byKind,
    longerBaseline: { accuracy: round(longer.share), low: round(longer.low), high: round(longer.high) },
  });
}
await runner.close();
console.log(JSON.stringify({ what: "heuristic judge: accuracy on damaged pairs of two authors", perKind, results }));
