import { Worker } from "node:worker_threads";
import { workerUrl } from "../base/worker-url.ts";
import type { ScoreboardParts } from "../mechanism/settle.ts";
import { type BatchOutcome, BatchScorer, type ScoringJob } from "./batch-scorer.ts";
import type { Region } from "./log-batches.ts";
import type { FullBatch } from "./record-reader.ts";
import { scannerModule } from "./scanner-module.ts";

/** A scored batch and its bytes, which its scorer gave back. */
export interface ScoredBatch {
  readonly batch: FullBatch | Region;
  readonly outcome: BatchOutcome;
}

/** Scores batches in this thread and, for large logs, in workers beside it. */
export interface ScoringPool extends AsyncDisposable {
  /** How many batches may be scored and not yet taken. */
  readonly width: number;
  score(batch: FullBatch | Region): Promise<ScoredBatch>;
  /** The boards of every scorer; call once all batches are scored. */
  finish(): Promise<ScoreboardParts[][]>;
}

/** Batches that wait in a worker: one in work, one so that it need not wait for the next. */
const QUEUE = 2;
/** Scored batches that may wait for one before them; their buffers are all that the memory of a replay grows by. */
const AHEAD = 16;

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
      workerData: { job, module: scannerModule() },
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

  score(batch: FullBatch | Region): Promise<ScoredBatch> {
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

/**
 * Scores with `threads` threads, this one among them: it starts at once while workers still start up, and it takes
 * what they have no room for.
 */
export function scoringPool(job: ScoringJob, threads: number): ScoringPool {
  const lanes = Array.from({ length: threads - 1 }, () => new Lane(job));
  const local = new BatchScorer(job, scannerModule());
  return {
    width: lanes.length === 0 ? 1 : lanes.length * QUEUE + AHEAD,
    score: async (batch) => {
      const free = lanes.find((lane) => lane.waiting.length < QUEUE);
      return free === undefined ? { batch, outcome: local.run(batch) } : free.score(batch);
    },
    finish: async () => [local.parts(), ...(await Promise.all(lanes.map((lane) => lane.finish())))],
    [Symbol.asyncDispose]: async () => {
      await Promise.all(lanes.map((lane) => lane.worker.terminate()));
    },
  };
}
