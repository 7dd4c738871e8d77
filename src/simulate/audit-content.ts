import { compareText } from "../base/text.ts";
import type { Completion, Task } from "../mechanism/task-log.ts";
import { contentHash } from "../protocol/content-hash.ts";
import { filesSchema } from "../protocol/messages.ts";
import type { Finding } from "./audit-types.ts";

/** What a completion consists of, as one word; undefined where the log does not say. */
function fingerprint(completion: Completion): string | undefined {
  if (typeof completion["sha256"] === "string") return completion["sha256"];
  const files = filesSchema.safeParse(completion["files"]);
  return files.success ? contentHash(files.data) : undefined;
}

/**
 * Miners who handed in the same bytes for the same task: one work, paid twice. Only what they submitted is compared,
 * not what voters were shown.
 */
export class IdenticalOutputs {
  readonly #pairs = new Map<string, { readonly hotkeys: readonly [string, string]; readonly tasks: string[] }>();

  add(task: Task): void {
    const makers = new Map<string, string>();
    for (const completion of task.completions) {
      const print = completion.source === "miner" ? fingerprint(completion) : undefined;
      if (print === undefined) continue;
      const other = makers.get(print);
      if (other === undefined) makers.set(print, completion.by);
      else this.#count(other, completion.by, task.id);
    }
  }

  #count(a: string, b: string, task: string): void {
    const hotkeys: [string, string] = compareText(a, b) < 0 ? [a, b] : [b, a];
    const key = JSON.stringify(hotkeys);
    const pair = this.#pairs.get(key) ?? { hotkeys, tasks: [] };
    pair.tasks.push(task);
    this.#pairs.set(key, pair);
  }

  /** By hotkeys, ascending. */
  findings(): Finding[] {
    return [...this.#pairs.entries()]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, { hotkeys, tasks }]) => ({
        code: "audit.identical-completions",
        subject: hotkeys,
        evidence: { tasks: tasks.length, first: tasks.slice(0, 10) },
      }));
  }
}
