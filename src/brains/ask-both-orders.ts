import type { PageFile } from "../base/ports.ts";
import { joinVerdicts, type OneVerdict } from "./both-orders.ts";
import type { Brain, BrainCall } from "./brain.ts";
import type { JudgeRecord } from "./judge-record.ts";
import { outputLength } from "./output-length.ts";

type JudgeOnce = (
  prompt: string,
  first: readonly PageFile[],
  second: readonly PageFile[],
  call: BrainCall,
) => Promise<OneVerdict>;

/** A brain's `judge` that shows a pair in both orders, one after the other, and keeps record of where they differ. */
export const askBothOrders =
  (judgeOnce: JudgeOnce, record: JudgeRecord): NonNullable<Brain["judge"]> =>
  async (prompt, a, b, call) => {
    const forward = await judgeOnce(prompt, a, b, call);
    const backward = await judgeOnce(prompt, b, a, call);
    const two = joinVerdicts(forward, backward);
    record.add(two, { a: outputLength(a), b: outputLength(b) });
    return two.judgement;
  };
