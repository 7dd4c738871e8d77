import type { ByteSource } from "./byte-source.ts";
import { type LogInput, openSource } from "./log-source.ts";

/** A log that can be read more than once, which a file can anyway. */
export interface RepeatableInput extends AsyncDisposable {
  /** Opens it from its beginning; one reader at a time, and the one before must have read to the end. */
  open(): Promise<ByteSource>;
  /** Nobody will read it again: what follows need not be kept. */
  once(): void;
}

export async function repeatableInput(input: LogInput, signal?: AbortSignal): Promise<RepeatableInput> {
  if ("file" in input) {
    return {
      open: () => openSource(input, signal),
      once: () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const { KeptInput } = await import("./kept-input.ts");
  return new KeptInput(input, signal);
}
