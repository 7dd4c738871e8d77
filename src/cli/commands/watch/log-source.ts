import { open, stat } from "node:fs/promises";
import { messageOf } from "../../../base/errors.ts";
import type { WatchEvent } from "../../../ui/watch-events.ts";
import type { Context } from "../../context.ts";
import { type Deliver, followByLooking, type Source } from "./source.ts";

const LOOK_EVERY_MS = 500;
/** How much of the end of a log is read at first. */
const TAIL_BYTES = 32 * 1_024;

/** The end of a validator's structured log (JSON Lines); follows it through a rotation. */
export class LogSource implements Source {
  readonly #ctx: Context;
  readonly #path: string;
  #at: number | undefined;
  #rest = "";
  #failed = false;

  constructor(ctx: Context, path: string) {
    this.#ctx = ctx;
    this.#path = path;
  }

  async look(deliver: Deliver): Promise<void> {
    try {
      const { size } = await stat(this.#path);
      // A file that shrank was rotated: the new one is read from its beginning.
      const isRotated = this.#at !== undefined && size < this.#at;
      const from = isRotated ? 0 : (this.#at ?? Math.max(0, size - TAIL_BYTES));
      const isCut = this.#at === undefined && from > 0;
      const text = (isRotated ? "" : this.#rest) + (await this.#read(from, size));
      const lines = text.split("\n");
      this.#rest = lines.pop() ?? "";
      this.#at = size;
      this.#failed = false;
      for (const line of isCut ? lines.slice(1) : lines) {
        const event = noteOf(line);
        if (event !== undefined) deliver(event);
      }
    } catch (error) {
      if (!this.#failed) {
        const text = `The log ${this.#path} cannot be read: ${messageOf(error)}`;
        deliver({ type: "note", atMs: this.#ctx.clock.nowMs(), level: "warn", text });
      }
      this.#failed = true;
    }
  }

  follow(deliver: Deliver, signal: AbortSignal): Promise<void> {
    return followByLooking(this, this.#ctx.clock, LOOK_EVERY_MS, deliver, signal);
  }

  async #read(from: number, to: number): Promise<string> {
    if (to <= from) return "";
    await using file = await open(this.#path, "r");
    const bytes = Buffer.alloc(to - from);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.toString("utf8", 0, bytesRead);
  }
}

/** A record of the log as a line; anything else in the file is left out. */
function noteOf(line: string): WatchEvent | undefined {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof record !== "object" || record === null) return undefined;
  const { level, time, msg } = record as Readonly<Record<string, unknown>>;
  const atMs = typeof time === "string" ? Date.parse(time) : Number.NaN;
  if (typeof msg !== "string" || Number.isNaN(atMs)) return undefined;
  return { type: "note", atMs, level: level === "warn" || level === "error" ? "warn" : "info", text: msg };
}
