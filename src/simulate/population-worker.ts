import { parentPort, workerData } from "node:worker_threads";
import type { World } from "./population-model.ts";
import { playBatch, type SeedBatch } from "./population-run.ts";

// A thread of `simulate population`: gets the worlds once, then batches of seeds until it is ended.
parentPort?.on("message", (batch: SeedBatch) => {
  parentPort?.postMessage(playBatch(workerData as readonly World[], batch));
});
