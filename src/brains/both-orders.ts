import type { Judgement } from "./brain.ts";

/** One verdict on two outputs in one order: `first` and `second` are places, not labels. */
export interface OneVerdict {
  readonly choice: "first" | "second" | "abstain";
  /** 0 … 1. */
  readonly confidence: number;
  readonly reason: string;
}

/** What came of asking twice, for the flip statistics. */
export interface TwoVerdicts {
  readonly judgement: Judgement;
  readonly forward: OneVerdict;
  readonly backward: OneVerdict;
}

/**
 * Joins two verdicts on the same pair, the second with the order swapped. Agreement is the answer; where they differ the
 * clearly surer one decides, with low confidence; where neither is surer the judge abstains, for that is only a place.
 *
 * @param backward - The verdict where B stood first.
 */
export function joinVerdicts(forward: OneVerdict, backward: OneVerdict): TwoVerdicts {
  const first = forward.choice === "abstain" ? "abstain" : forward.choice === "first" ? "A" : "B";
  const second = backward.choice === "abstain" ? "abstain" : backward.choice === "first" ? "B" : "A";
  return { forward, backward, judgement: join(first, second, forward, backward) };
}

/** Surer by less than this is no difference. */
const MARGIN = 0.2;

function join(
  first: Judgement["choice"],
  second: Judgement["choice"],
  forward: OneVerdict,
  backward: OneVerdict,
): Judgement {
  if (first === "abstain" && second === "abstain") return { choice: "abstain", confidence: 0, reason: forward.reason };
  if (first === second) {
    return {
      choice: first,
      confidence: (forward.confidence + backward.confidence) / 2,
      reason: forward.reason,
      consistent: true,
    };
  }
  if (first === "abstain")
    return { choice: second, confidence: backward.confidence / 2, reason: backward.reason, consistent: false };
  if (second === "abstain")
    return { choice: first, confidence: forward.confidence / 2, reason: forward.reason, consistent: false };
  const lead = forward.confidence - backward.confidence;
  if (Math.abs(lead) < MARGIN) {
    return {
      choice: "abstain",
      confidence: 0,
      reason: "The verdict turned with the order of the two outputs.",
      consistent: false,
    };
  }
  return {
    choice: lead > 0 ? first : second,
    confidence: Math.abs(lead) / 2,
    reason: lead > 0 ? forward.reason : backward.reason,
    consistent: false,
  };
}
