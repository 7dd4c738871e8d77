import type { AssignmentRecord } from "../store/assignments.ts";
import type { Core } from "./core.ts";

/** Assignments in one answer; the rest come with the next question. */
const MOST_PER_ANSWER = 64;
const MOST_BYTES_PER_ANSWER = 4 * 1_048_576;
/** How much of tasks' outputs is kept ready as JSON text. */
const CACHED_CHARS = 64 * 1_048_576;
/** Open polls of one hotkey; the oldest gets its answer when there are more. */
const MOST_WAITING = 4;

interface TaskText {
  readonly taskType: string;
  readonly prompt: string;
  /** The shown files of `c1` and `c2`, as JSON text. */
  readonly outputs: readonly string[];
}

/** Answers `GET /v1/assignments`: at once where there is something, else as soon as there is. */
export class Polls {
  readonly #core: Core;
  readonly #waiting = new Map<string, Set<AbortController>>();
  readonly #texts = new Map<string, TaskText>();
  #textChars = 0;
  #closed = false;

  constructor(core: Core) {
    this.#core = core;
    core.onAssigned((hotkeys) => {
      // A new stage has begun: texts of the one before are asked for no more.
      this.#texts.clear();
      this.#textChars = 0;
      for (const hotkey of hotkeys) this.#release(hotkey);
    });
  }

  /**
   * @param since - The cursor of the answer before; 0 for everything open.
   * @param waitMs - How long to wait for something. @param gone - Aborts when the caller hangs up.
   * @returns The JSON body.
   */
  async answer(hotkey: string, since: number, waitMs: number, gone: AbortSignal): Promise<string> {
    const first = this.#look(hotkey, since);
    if (first !== undefined || waitMs <= 0 || this.#closed) return first ?? empty(since);
    const pause = new AbortController();
    const own = this.#waiting.get(hotkey) ?? new Set();
    this.#waiting.set(hotkey, own);
    const [oldest] = own;
    if (own.size >= MOST_WAITING) oldest?.abort();
    own.add(pause);
    try {
      await this.#core.clock.wait(waitMs, AbortSignal.any([pause.signal, gone]));
    } finally {
      own.delete(pause);
      if (own.size === 0 && this.#waiting.get(hotkey) === own) this.#waiting.delete(hotkey);
    }
    return gone.aborted ? empty(since) : (this.#look(hotkey, since) ?? empty(since));
  }

  /** Answers everybody who waits, now and from now on. */
  close(): void {
    this.#closed = true;
    for (const hotkey of [...this.#waiting.keys()]) this.#release(hotkey);
  }

  #release(hotkey: string): void {
    for (const pause of this.#waiting.get(hotkey) ?? []) pause.abort();
  }

  #look(hotkey: string, since: number): string | undefined {
    const open = this.#core.store.assignments.open(hotkey, since, this.#core.nowMs(), MOST_PER_ANSWER);
    if (open.length === 0) return undefined;
    const parts: string[] = [];
    let bytes = 0;
    let cursor = since;
    for (const assignment of open) {
      const part = this.#assignmentJson(assignment);
      if (parts.length > 0 && bytes + part.length > MOST_BYTES_PER_ANSWER) break;
      parts.push(part);
      bytes += part.length;
      cursor = assignment.cursor;
    }
    return `{"cursor":"${cursor}","assignments":[${parts.join(",")}]}`;
  }

  #assignmentJson(assignment: AssignmentRecord): string {
    const text = this.#taskText(assignment);
    const { id, role, opensAtMs, expiresAtMs } = assignment;
    const prompt = assignment.prompt === null ? text.prompt : JSON.stringify(assignment.prompt);
    const [first = "[]", second = "[]"] = text.outputs;
    const [a, b] = assignment.firstIsA ? [first, second] : [second, first];
    const outputs =
      role === "discriminator" ? `,"outputs":[{"label":"A","files":${a}},{"label":"B","files":${b}}]` : "";
    const head = JSON.stringify({ id, role, taskType: text.taskType }).slice(0, -1);
    const times = JSON.stringify({
      opensAt: new Date(opensAtMs).toISOString(),
      expiresAt: new Date(expiresAtMs).toISOString(),
    }).slice(1);
    return `${head},"prompt":${prompt}${outputs},${times}`;
  }

  #taskText({ task, role }: AssignmentRecord): TaskText {
    // While a task is generating it has no outputs to show, so nothing of it may be kept.
    const cached = role === "discriminator" ? this.#texts.get(task) : undefined;
    if (cached !== undefined) return cached;
    const { store } = this.#core;
    const record = store.tasks.get(task);
    const fresh: TaskText = {
      taskType: record?.draw.taskType ?? "",
      prompt: JSON.stringify(record?.prompt ?? ""),
      outputs:
        role === "generator" ? [] : store.answers.completions(task).map(({ shown }) => JSON.stringify(shown ?? [])),
    };
    if (role === "discriminator") {
      this.#textChars += charsOf(fresh);
      this.#texts.set(task, fresh);
      for (const [oldest, text] of this.#texts) {
        if (this.#textChars <= CACHED_CHARS || oldest === task) break;
        this.#texts.delete(oldest);
        this.#textChars -= charsOf(text);
      }
    }
    return fresh;
  }
}

const charsOf = (text: TaskText): number =>
  text.outputs.reduce((sum, output) => sum + output.length, text.prompt.length);

const empty = (since: number): string => `{"cursor":"${since}","assignments":[]}`;
