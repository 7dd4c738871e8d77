import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { workerUrl } from "../base/worker-url.ts";
import { minersOf, type SeedOutcome, type World } from "./population-model.ts";
import { playSeed } from "./population-world.ts";

/** Some seeds of one world, as a worker gets them. */
export interface SeedBatch {
  readonly world: number;
  readonly from: number;
  readonly to: number;
}

export interface RunOptions {
  readonly seeds: number;
  /** Threads; the machine's cores by default. The outcome is the same with any number. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called with votes done and to do, in any unit that grows evenly with time. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Below this many votes starting threads costs more than it saves. */
const WORTH_THREADS = 5_000_000;
const BATCHES_PER_WORKER = 8;

/** Votes of one seed, near enough for progress and for deciding about threads. */
const costOf = (world: World): number => minersOf(world) ** 2 * world.rounds;

/**
 * Plays every seed of every world.
 *
 * @returns For each world its outcomes in the order of seeds, equal to the last bit with any number of workers.
 * @throws AbortError once `signal` aborts.
 */
export async function playWorlds(worlds: readonly World[], options: RunOptions): Promise<SeedOutcome[][]> {
  const { seeds, signal, onProgress } = options;
  const total = worlds.reduce((sum, world) => sum + costOf(world) * seeds, 0);
  const wanted = options.workers ?? (total < WORTH_THREADS ? 1 : availableParallelism());
  const outcomes: SeedOutcome[][] = worlds.map(() => []);
  const batches = batchesOf(worlds.length, seeds, wanted);
  let done = 0;
  const finish = (batch: SeedBatch, played: readonly SeedOutcome[]): void => {
    played.forEach((outcome, index) => {
      const list = outcomes[batch.world];
      if (list !== undefined) list[batch.from + index] = outcome;
    });
    const world = worlds[batch.world];
    done += world === undefined ? 0 : costOf(world) * played.length;
    onProgress?.(done, total);
  };
  if (wanted === 1) {
    for (const batch of batches) {
      signal?.throwIfAborted();
      finish(batch, playBatch(worlds, batch));
      // Lets signals and progress through.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return outcomes;
  }
  await playInThreads(worlds, batches, Math.min(wanted, batches.length), finish, signal);
  return outcomes;
}

/** Plays one batch; what a worker does. */
export function playBatch(worlds: readonly World[], batch: SeedBatch): SeedOutcome[] {
  const world = worlds[batch.world];
  if (world === undefined) throw new RangeError(`no world ${batch.world}`);
  const played: SeedOutcome[] = [];
  for (let seed = batch.from; seed < batch.to; seed++) played.push(playSeed(world, seed));
  return played;
}

function batchesOf(worlds: number, seeds: number, workers: number): SeedBatch[] {
  const size = Math.max(1, Math.ceil(seeds / (workers * BATCHES_PER_WORKER)));
  const batches: SeedBatch[] = [];
  for (let world = 0; world < worlds; world++) {
    for (let from = 0; from < seeds; from += size) batches.push({ world, from, to: Math.min(seeds, from + size) });
  }
  return batches;
}

async function playInThreads(
  worlds: readonly World[],
  batches: readonly SeedBatch[],
  count: number,
  finish: (batch: SeedBatch, played: readonly SeedOutcome[]) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  let next = 0;
  const url = workerUrl(import.meta.url, "population-worker");
  const threads = Array.from({ length: count }, () => new Worker(url, { workerData: worlds }));
  const drive = (thread: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let current: SeedBatch | undefined;
      const give = (): void => {
        current = batches[next++];
        if (current === undefined) resolve();
        else thread.postMessage(current);
      };
      thread.on("message", (played: readonly SeedOutcome[]) => {
        if (current !== undefined) finish(current, played);
        give();
      });
      thread.on("error", reject);
      thread.on("exit", (code) => reject(new Error(`a simulation thread ended with ${code}`)));
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      give();
    });
  try {
    await Promise.all(threads.map(drive));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
