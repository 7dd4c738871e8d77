import type { ScreenPlace } from "../ui/show.tsx";
import type { Context } from "./context.ts";

/** Where a command's live screen is drawn, and how: its terminal, its colours, what it can show. */
export async function screenPlace(ctx: Context): Promise<ScreenPlace> {
  const { speaksUnicode } = await import("../ui/theme.ts");
  return {
    nowMs: ctx.clock.nowMs(),
    color: ctx.flags.color,
    unicode: speaksUnicode(ctx.io.env),
    stdin: ctx.io.stdin,
    stdout: ctx.io.stdout,
  };
}

/** Brings events to a screen: what happens before it listens waits for it, what comes after it is gone is dropped. */
export class ScreenFeed<Event> {
  readonly #waiting: Event[] = [];
  #deliver: (event: Event) => void = (event) => this.#waiting.push(event);

  readonly tell = (event: Event): void => this.#deliver(event);

  readonly subscribe = (on: (event: Event) => void): (() => void) => {
    for (const event of this.#waiting.splice(0)) on(event);
    this.#deliver = on;
    return () => {
      this.#deliver = () => undefined;
    };
  };
}
