import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { PageFile } from "../base/ports.ts";
import { filesSchema, labelSchema } from "../protocol/messages.ts";
import type { Receipt } from "../protocol/receipts.ts";

/** An answer that was made and may not have arrived yet. */
export interface PendingAnswer {
  readonly validator: string;
  readonly assignment: string;
  readonly expiresAtMs: number;
  readonly opensAtMs: number;
  readonly answer: { readonly files: readonly PageFile[] } | { readonly choice: "A" | "B" };
}

const lineSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("answer"),
    validator: z.string(),
    assignment: z.string(),
    opensAtMs: z.number(),
    expiresAtMs: z.number(),
    answer: z.union([z.object({ files: filesSchema }), z.object({ choice: labelSchema })]),
  }),
  /** Over and done: accepted, refused for good, abstained. */
  z.object({ type: z.literal("done"), validator: z.string(), assignment: z.string(), expiresAtMs: z.number() }),
]);

/** What a miner must not forget when it is killed: answers under way, and what it has already answered. */
export interface Journal {
  /** Answers that are not acknowledged yet. */
  pending(): readonly PendingAnswer[];
  /** Answers whose time was over before this process began, undelivered; told once, then forgotten. */
  readonly overdue: readonly PendingAnswer[];
  isDone(validator: string, assignment: string): boolean;
  keepAnswer(answer: PendingAnswer): void;
  done(validator: string, assignment: string, expiresAtMs: number): void;
  keepReceipt(validator: string, receipt: Receipt): void;
  close(): void;
}

const keyOf = (validator: string, assignment: string): string => `${validator}/${assignment}`;

/** A journal that lives as long as the process; the file journal is this one with a memory. */
export function memoryJournal(): Journal {
  const pending = new Map<string, PendingAnswer>();
  const finished = new Map<string, number>();
  return {
    pending: () => [...pending.values()],
    overdue: [],
    isDone: (validator, assignment) => finished.has(keyOf(validator, assignment)),
    keepAnswer: ({ validator, assignment, opensAtMs, expiresAtMs, answer }) => {
      pending.set(keyOf(validator, assignment), { validator, assignment, opensAtMs, expiresAtMs, answer });
    },
    done: (validator, assignment, expiresAtMs) => {
      pending.delete(keyOf(validator, assignment));
      finished.set(keyOf(validator, assignment), expiresAtMs);
      if (finished.size > 20_000) for (const key of [...finished.keys()].slice(0, 10_000)) finished.delete(key);
    },
    keepReceipt: () => undefined,
    close: () => undefined,
  };
}

/**
 * Opens the journal of a hotkey: `answers.jsonl` (an answer is on the disk before it is sent) and one file of receipts
 * for each validator under `receipts/`, one JSON object a line, for `audit --receipts`. Files are 0600. A torn last line
 * (the machine died while writing) is dropped; what has expired is left out when the file is written anew.
 */
export function openJournal(dir: string, nowMs: number): Journal {
  const receipts = join(dir, "receipts");
  mkdirSync(receipts, { recursive: true, mode: 0o700 });
  const path = join(dir, "answers.jsonl");
  const memory = memoryJournal();
  const past = memoryJournal();
  const lines = readLines(path);
  for (const line of lines) {
    const journal = line.expiresAtMs <= nowMs ? past : memory;
    if (line.type === "done") journal.done(line.validator, line.assignment, line.expiresAtMs);
    // In the order of writing: an answer that follows a finished one is a change of mind.
    else journal.keepAnswer(line);
  }
  const kept = lines.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  const fresh = openSync(`${path}.new`, "w", 0o600);
  writeSync(fresh, kept.map((line) => `${JSON.stringify(line)}\n`).join(""));
  fsyncSync(fresh);
  closeSync(fresh);
  renameSync(`${path}.new`, path);
  const file = openSync(path, "a", 0o600);
  const append = (line: z.infer<typeof lineSchema>, sync: boolean): void => {
    writeSync(file, `${JSON.stringify(line)}\n`);
    if (sync) fsyncSync(file);
  };
  return {
    pending: memory.pending,
    overdue: past.pending(),
    isDone: memory.isDone,
    keepAnswer: (answer) => {
      memory.keepAnswer(answer);
      append(lineSchema.parse({ type: "answer", ...answer }), true);
    },
    done: (validator, assignment, expiresAtMs) => {
      memory.done(validator, assignment, expiresAtMs);
      append({ type: "done", validator, assignment, expiresAtMs }, false);
    },
    keepReceipt: (validator, receipt) => {
      appendFileSync(join(receipts, `${validator}.jsonl`), `${JSON.stringify(receipt)}\n`, { mode: 0o600 });
    },
    close: () => closeSync(file),
  };
}

function readLines(path: string): z.infer<typeof lineSchema>[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    try {
      const parsed = lineSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}
