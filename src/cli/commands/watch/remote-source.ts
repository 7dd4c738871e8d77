import { messageOf } from "../../../base/errors.ts";
import type { Task, TaskLog } from "../../../mechanism/task-log.ts";
import { type Info, infoSchema } from "../../../protocol/messages.ts";
import type { Duel } from "../../../ratings/battles.ts";
import type { TaskLine } from "../../../ui/task-panel.tsx";
import type { Context } from "../../context.ts";
import { boardEvent, duelsOf, RATED_INTERVALS } from "./board.ts";
import type { Deliver, Source } from "./source.ts";

const LOOK_EVERY_MS = 2_000;
const REQUEST_DEADLINE_MS = 10_000;
/** A log longer than this is not fetched for a screen. */
const MOST_BYTES = 64 * 1_048_576;
/** How many intervals of the past a new watcher asks for. */
const PAST_INTERVALS = 5;

/** A validator that is reached by its URL: what it shows to everybody. Its open tasks are not among that. */
export class RemoteSource implements Source {
  readonly #ctx: Context;
  readonly #url: string;
  readonly #duels = new Map<number, readonly Duel[]>();
  #told = "";
  #line = "";
  #reached = false;
  #asked = -1;

  constructor(ctx: Context, url: string) {
    this.#ctx = ctx;
    this.#url = url;
  }

  async look(deliver: Deliver): Promise<void> {
    const atMs = this.#ctx.clock.nowMs();
    let info: Info;
    try {
      info = infoSchema.parse(await this.#get("/v1/info"));
    } catch (error) {
      this.#ctx.signal.throwIfAborted();
      this.#tell(deliver, atMs, null, false);
      if (this.#told !== "gone")
        deliver({ type: "note", atMs, level: "warn", text: `${this.#url}: ${messageOf(error)}` });
      this.#told = "gone";
      return;
    }
    this.#told = "";
    // Reading the past may take a while; that it is there is said before, what was settled afterwards.
    if (!this.#reached) this.#tell(deliver, atMs, info, true);
    await this.#readIntervals(info.interval?.n ?? -1, deliver);
    this.#tell(deliver, atMs, info, true);
  }

  async follow(deliver: Deliver, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look(deliver).catch(() => undefined);
      await this.#ctx.clock.wait(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  #tell(deliver: Deliver, atMs: number, info: Info | null, reachable: boolean): void {
    const validator = {
      where: this.#url,
      reachable,
      interval: info?.interval?.n ?? null,
      stage: "",
      round: null,
      stageEndsAtMs: null,
      checkedIn: null,
      settled: this.#duels.size,
    };
    const line = JSON.stringify(validator);
    if (line === this.#line) return;
    this.#line = line;
    this.#reached = reachable;
    deliver({ type: "validator", atMs, validator });
  }

  /** Intervals that were revealed since the last look. */
  async #readIntervals(newest: number, deliver: Deliver): Promise<void> {
    for (let n = Math.max(0, newest - PAST_INTERVALS, this.#asked); n <= newest; n++) {
      if (this.#duels.has(n)) continue;
      const log = (await this.#get(`/v1/intervals/${n}`).catch(() => undefined)) as TaskLog | undefined;
      const settled = log?.intervals?.find((interval) => interval.n === n);
      // The newest one is still open; it is asked for again at the next look.
      if (settled?.scores === undefined || !Array.isArray(log?.tasks)) continue;
      const atMs = this.#ctx.clock.nowMs();
      this.#asked = n;
      for (const old of this.#duels.keys()) if (old <= n - RATED_INTERVALS) this.#duels.delete(old);
      try {
        const tasks = log.tasks.map(taskLine);
        this.#duels.set(n, duelsOf(log.tasks));
        deliver({ type: "note", atMs, level: "info", text: `Interval ${n} is settled: ${tasks.length} tasks.` });
        deliver({ type: "tasks", atMs, tasks });
        deliver(boardEvent([...this.#duels.values()].flat(), settled.scores, atMs));
      } catch {
        // Whoever answers at that URL may answer anything; the other intervals can still be shown.
        this.#duels.set(n, []);
        deliver({ type: "note", atMs, level: "warn", text: `${this.#url}: interval ${n} is not of the agreed form.` });
      }
    }
  }

  async #get(path: string): Promise<unknown> {
    const signal = AbortSignal.any([this.#ctx.signal, AbortSignal.timeout(REQUEST_DEADLINE_MS)]);
    const { httpTransport, TooLargeResponseError } = await import("../../../miner/transport.ts");
    const question = { method: "GET", url: `${this.#url}${path}`, headers: {}, signal } as const;
    const { status, body } = await httpTransport(question, MOST_BYTES).catch((error: unknown) => {
      throw error instanceof TooLargeResponseError ? new Error("its answer is too long") : error;
    });
    if (status !== 200) throw new Error(`it answered with status ${status}`);
    return JSON.parse(Buffer.from(body).toString("utf8")) as unknown;
  }
}

const taskLine = (task: Task): TaskLine => ({
  id: task.id,
  kind: task.kind,
  stage: "scored",
  generators: task.generators,
  completions: task.completions.length,
  votes: task.votes.length,
  invited: task.discriminators?.length ?? task.votes.length,
  reason: "",
});
