import { parentPort, workerData } from "node:worker_threads";
import { BatchScorer, type ScoringJob } from "./batch-scorer.ts";
import type { Region } from "./log-batches.ts";
import type { FullBatch } from "./record-reader.ts";

const { job, module } = workerData as { readonly job: ScoringJob; readonly module: WebAssembly.Module };
const scorer = new BatchScorer(job, module);
const port = parentPort;

/** A batch is answered with its outcome and its buffer; `end` with the boards' state. */
port?.on("message", (message: { readonly batch: FullBatch | Region } | "end") => {
  if (message === "end") {
    port.postMessage({ parts: scorer.parts() });
    port.close();
    return;
  }
  const { batch } = message;
  const outcome = scorer.run(batch);
  port.postMessage({ outcome, batch }, [
    batch.bytes.buffer as ArrayBuffer,
    outcome.valid.buffer as ArrayBuffer,
    outcome.offsets.buffer as ArrayBuffer,
  ]);
});
