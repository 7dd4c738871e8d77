import { Worker } from "node:worker_threads";
import { workerUrl } from "../base/worker-url.ts";
import type { ScoreboardParts } from "../mechanism/settle.ts";
import type { FullBatch } from "./batch.ts";
import type { BatchOutcome, ScoringJob, SliceOutcome } from "./batch-scorer.ts";
import { scannerModule } from "./scanner-module.ts";
import type { SlicePlan } from "./slice-plan.ts";

/** A scored batch and its bytes, which its scorer gave back. */
export interface ScoredBatch {
  readonly batch: FullBatch;
  readonly outcome: BatchOutcome;
}

/** A slice that is done with. */
export interface DoneSlice {
  readonly index: number;
  readonly slice: SliceOutcome;
}

/** Slices to be taken one after the other by whoever is free. */
export interface SliceWork {
  readonly plan: SlicePlan;
  /** Of one shared number: the next slice that nobody has taken. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

export type LaneMessage = { readonly batch: FullBatch } | { readonly work: SliceWork } | "end";
export type LaneAnswer = ScoredBatch | DoneSlice | { readonly parts: ScoreboardParts[] };

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** One worker and what it has been given, answered in order. */
export class ScoringLane {
  /** Told of each slice that the worker is done with. */
  onSlice: (done: DoneSlice) => void = () => undefined;
  /** Told once if the worker fails. */
  onFailure: (error: Error) => void = () => undefined;
  readonly #worker: Worker;
  readonly #batches: Waiting<ScoredBatch>[] = [];
  #end: Waiting<ScoreboardParts[]> | undefined;
  #error: Error | undefined;

  constructor(job: ScoringJob) {
    this.#worker = new Worker(workerUrl(import.meta.url, "replay-worker"), {
      workerData: { job, module: scannerModule() },
      // Tasks die young: a small nursery keeps several workers within the memory that a replay promises.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#worker.on("message", (answer: LaneAnswer) => {
      if ("parts" in answer) this.#end?.resolve(answer.parts);
      else if ("slice" in answer) this.onSlice(answer);
      else this.#batches.shift()?.resolve(answer);
    });
    this.#worker.on("error", (error: Error) => this.#fail(error));
    this.#worker.on("exit", (code) => {
      if (code !== 0) this.#fail(new Error(`a scoring worker ended with code ${code}`));
    });
  }

  /** Batches that wait or are in work. */
  get waiting(): number {
    return this.#batches.length;
  }

  score(batch: FullBatch): Promise<ScoredBatch> {
    return new Promise((resolve, reject) => {
      if (this.#error !== undefined) return reject(this.#error);
      this.#batches.push({ resolve, reject });
      this.#worker.postMessage({ batch }, [batch.bytes.buffer as ArrayBuffer]);
    });
  }

  /** Takes part in the work until no slice is left. */
  join(work: SliceWork): void {
    this.#worker.postMessage({ work });
  }

  /** The boards' state; the worker ends. */
  finish(): Promise<ScoreboardParts[]> {
    return new Promise((resolve, reject) => {
      if (this.#error !== undefined) return reject(this.#error);
      this.#end = { resolve, reject };
      this.#worker.postMessage("end");
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#end?.reject(error);
    for (const { reject } of this.#batches.splice(0)) reject(error);
    this.onFailure(error);
  }
}
