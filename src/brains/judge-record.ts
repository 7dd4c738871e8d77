import { percent } from "../base/percent.ts";
import type { TwoVerdicts } from "./both-orders.ts";
import { countedShare } from "./counted-share.ts";
import type { JudgeReport } from "./judge-report.ts";

export interface JudgeRecord {
  add(two: TwoVerdicts, lengths: { readonly a: number; readonly b: number }): void;
  report(): JudgeReport;
}

/** Keeps count of a judge's verdicts for its session. */
export function judgeRecord(): JudgeRecord {
  let pairs = 0;
  let decided = 0;
  let flips = 0;
  let verdicts = 0;
  let first = 0;
  let compared = 0;
  let longer = 0;
  let abstained = 0;
  const sums = { n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  return {
    add: ({ judgement, forward, backward }, { a, b }) => {
      pairs++;
      if (judgement.choice === "abstain") abstained++;
      else {
        const x = Math.log((a + 1) / (b + 1));
        const y = judgement.choice === "A" ? 1 : -1;
        sums.n++;
        sums.x += x;
        sums.y += y;
        sums.xx += x * x;
        sums.yy += y * y;
        sums.xy += x * y;
      }
      for (const { choice } of [forward, backward]) {
        if (choice === "abstain") continue;
        verdicts++;
        if (choice === "first") first++;
      }
      if (forward.choice !== "abstain" && backward.choice !== "abstain") {
        decided++;
        if (forward.choice === backward.choice) flips++;
        else if (a !== b) {
          compared++;
          if ((forward.choice === "first") === a > b) longer++;
        }
      }
    },
    report: () => {
      const shares = {
        flips: countedShare(flips, decided),
        first: countedShare(first, verdicts),
        longer: countedShare(longer, compared),
      };
      return { pairs, abstained, ...shares, lengthCorrelation: correlation(sums), findings: findingsOf(shares) };
    },
  };
}

/** Pearson's coefficient from sums; null where one of the two does not vary. */
function correlation({
  n,
  x,
  y,
  xx,
  yy,
  xy,
}: Readonly<Record<"n" | "x" | "y" | "xx" | "yy" | "xy", number>>): number | null {
  const spread = (n * xx - x * x) * (n * yy - y * y);
  return spread < 1e-12 ? null : (n * xy - x * y) / Math.sqrt(spread);
}

/** From this share of turned verdicts on, a judge is no better than its order. */
const MANY_FLIPS = 0.3;
/** A preference for length beyond this is suspicious: people's own is near 0.6. */
const MUCH_LONGER = 0.75;

function findingsOf({
  flips,
  first,
  longer,
}: Pick<JudgeReport, "flips" | "first" | "longer">): JudgeReport["findings"] {
  const found: JudgeReport["findings"][number][] = [];
  const turning = flips.low > MANY_FLIPS;
  if (turning && (first.low > 0.6 || first.high < 0.4)) {
    const place = first.share > 0.5 ? "first" : "second";
    found.push({
      code: "position-bias",
      message: `It prefers what stands ${place} (${percent(Math.max(first.share, 1 - first.share))}) and turns ${percent(flips.share)} of its verdicts with the order.`,
    });
  } else if (turning) {
    found.push({
      code: "inconsistent",
      message: `It turns ${percent(flips.share)} of its verdicts with the order: close to a coin.`,
    });
  }
  if (longer.low > MUCH_LONGER || longer.high < 1 - MUCH_LONGER) {
    const which = longer.share > 0.5 ? "longer" : "shorter";
    found.push({
      code: "length-bias",
      message: `It chose the ${which} output in ${percent(Math.max(longer.share, 1 - longer.share))} of its answers.`,
    });
  }
  return found;
}
