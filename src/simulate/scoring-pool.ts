import { Worker } from "node:worker_threads";
import { workerUrl } from "../base/worker-url.ts";
import type { ScoreboardParts } from "../mechanism/settle.ts";
import { type BatchOutcome, BatchScorer, type ScoringJob } from "./batch-scorer.ts";
import type { FullBatch } from "./record-reader.ts";

/** A scored batch and its bytes, which its scorer gave back. */
export interface ScoredBatch {
  readonly batch: FullBatch;
  readonly outcome: BatchOutcome;
}

/** Scores batches somewhere: in this thread, or in workers. */
export interface ScoringPool extends AsyncDisposable {
  /** How many batches may be under way. */
  readonly width: number;
  score(batch: FullBatch): Promise<ScoredBatch>;
  /** The boards of every scorer; call once all batches are scored. */
  finish(): Promise<ScoreboardParts[][]>;
}

/** Scores in this thread, which for a small log is faster than starting another. */
export function localPool(job: ScoringJob): ScoringPool {
  const scorer = new BatchScorer(job);
  return {
    width: 1,
    score: async (batch) => ({ batch, outcome: scorer.run(batch) }),
    finish: async () => [scorer.parts()],
    [Symbol.asyncDispose]: async () => undefined,
  };
}

interface Waiting {
  readonly resolve: (scored: ScoredBatch) => void;
  readonly reject: (error: Error) => void;
}

/** One worker and the batches it has been given, answered in order. */
class Lane {
  readonly worker: Worker;
  readonly waiting: Waiting[] = [];
  #parts: ((parts: ScoreboardParts[]) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #error: Error | undefined;

  constructor(job: ScoringJob) {
    this.worker = new Worker(workerUrl(import.meta.url, "replay-worker"), {
      workerData: job,
      // Tasks die young: a small nursery keeps several workers within the memory that a replay promises.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.worker.on("message", (message: ScoredBatch | { readonly parts: ScoreboardParts[] }) => {
      if ("parts" in message) this.#parts?.(message.parts);
      else this.waiting.shift()?.resolve(message);
    });
    this.worker.on("error", (error: Error) => this.#fail(error));
    this.worker.on("exit", (code) => {
      if (code !== 0) this.#fail(new Error(`a scoring worker ended with code ${code}`));
    });
  }

  score(batch: FullBatch): Promise<ScoredBatch> {
    return new Promise((resolve, reject) => {
      if (this.#error !== undefined) return reject(this.#error);
      this.waiting.push({ resolve, reject });
      this.worker.postMessage({ batch }, [batch.bytes.buffer as ArrayBuffer]);
    });
  }

  finish(): Promise<ScoreboardParts[]> {
    return new Promise((resolve, reject) => {
      if (this.#error !== undefined) return reject(this.#error);
      this.#parts = resolve;
      this.#failed = reject;
      this.worker.postMessage("end");
    });
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#failed?.(error);
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}

/** Scores in `workers` threads; each batch goes to the one with the least to do. */
export function workerPool(job: ScoringJob, workers: number): ScoringPool {
  const lanes = Array.from({ length: workers }, () => new Lane(job));
  return {
    width: workers * 2,
    score: (batch) => {
      const least = lanes.reduce((best, lane) => (lane.waiting.length < best.waiting.length ? lane : best));
      return least.score(batch);
    },
    finish: () => Promise.all(lanes.map((lane) => lane.finish())),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(lanes.map((lane) => lane.worker.terminate()));
    },
  };
}
