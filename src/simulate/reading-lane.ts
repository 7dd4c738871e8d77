import { Worker } from "node:worker_threads";
import { workerUrl } from "../base/worker-url.ts";
import type { FullBatch } from "./batch.ts";
import type { LoadedSlice, LoadJob, LoadReport } from "./record-loader.ts";
import { scannerModule } from "./scanner-module.ts";
import type { SlicePlan } from "./slice-plan.ts";
import type { TaskTape } from "./task-tape.ts";

/** A batch, given back, and what was read in it. */
export interface ReadBatch {
  readonly batch: FullBatch;
  readonly report: LoadReport;
  readonly tape: TaskTape;
}

/** A slice that was read. */
export interface SliceAnswer {
  readonly index: number;
  readonly slice: LoadedSlice;
  readonly tape: TaskTape;
}

/** Slices to be taken one after the other by whoever is free. */
export interface SliceWork {
  readonly plan: SlicePlan;
  /** Two shared numbers: the next slice that nobody has taken, and how many were scored. */
  readonly state: Int32Array<SharedArrayBuffer>;
  /** Slices that may be read and not yet scored: their tapes are all that the memory of a replay grows by. */
  readonly ahead: number;
}
export const NEXT = 0;
export const SCORED = 1;

export type LaneMessage = { readonly batch: FullBatch } | { readonly work: SliceWork };
export type LaneAnswer = ReadBatch | SliceAnswer;

interface Waiting {
  readonly resolve: (read: ReadBatch) => void;
  readonly reject: (error: Error) => void;
}

/** A worker that reads for the thread that scores, and what it has been given, answered in order. */
export class ReadingLane {
  /** Told of each answer before anybody who waits for it. */
  onAnswer: (answer: LaneAnswer) => void = () => undefined;
  /** Told once if the worker fails. */
  onFailure: (error: Error) => void = () => undefined;
  readonly #worker: Worker;
  readonly #batches: Waiting[] = [];
  #error: Error | undefined;

  constructor(job: LoadJob) {
    this.#worker = new Worker(workerUrl(import.meta.url, "replay-worker"), {
      workerData: { job, module: scannerModule() },
      // Little lives there: a small nursery keeps several workers within the memory that a replay promises.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#worker.on("message", (answer: LaneAnswer) => {
      this.onAnswer(answer);
      if ("batch" in answer) this.#batches.shift()?.resolve(answer);
    });
    this.#worker.on("error", (error: Error) => this.#fail(error));
    this.#worker.on("exit", (code) => {
      if (code !== 0) this.#fail(new Error(`a reading worker ended with code ${code}`));
    });
  }

  /** Batches that wait or are in work. */
  get waiting(): number {
    return this.#batches.length;
  }

  read(batch: FullBatch): Promise<ReadBatch> {
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

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#error = error;
    for (const { reject } of this.#batches.splice(0)) reject(error);
    this.onFailure(error);
  }
}
