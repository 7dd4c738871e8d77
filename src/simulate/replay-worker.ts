import { parentPort, workerData } from "node:worker_threads";
import { type BatchOutcome, BatchScorer, type ScoringJob } from "./batch-scorer.ts";
import type { LaneAnswer, LaneMessage } from "./scoring-lane.ts";
import { sliceCount } from "./slice-plan.ts";

const { job, module } = workerData as { readonly job: ScoringJob; readonly module: WebAssembly.Module };
const scorer = new BatchScorer(job, module);
const port = parentPort;

const listsOf = ({ valid, offsets }: BatchOutcome): ArrayBuffer[] => [
  valid.buffer as ArrayBuffer,
  offsets.buffer as ArrayBuffer,
];
const answer = (message: LaneAnswer, given: ArrayBuffer[]): void => port?.postMessage(message, given);

/** A batch is answered with its outcome and its buffer, a slice with its outcome, `end` with the boards' state. */
port?.on("message", (message: LaneMessage) => {
  if (message === "end") {
    answer({ parts: scorer.parts() }, []);
    port.close();
  } else if ("batch" in message) {
    const { batch } = message;
    const outcome = scorer.run(batch);
    answer({ outcome, batch }, [batch.bytes.buffer as ArrayBuffer, ...listsOf(outcome)]);
  } else {
    const { plan, next } = message.work;
    const count = sliceCount(plan);
    for (let index = Atomics.add(next, 0, 1); index < count; index = Atomics.add(next, 0, 1)) {
      const slice = scorer.runSlice(plan, index);
      answer({ index, slice }, slice.state === "scored" ? listsOf(slice.outcome) : []);
    }
  }
});
