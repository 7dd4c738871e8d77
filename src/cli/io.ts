import type { Readable, Writable } from "node:stream";

/** The outside world of one run, so that tests own it. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls back on SIGINT and SIGTERM until unsubscribed. */
  onSignal(listener: (signal: "SIGINT" | "SIGTERM") => void): () => void;
}
