import type { Clock } from "../base/clock.ts";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import type { Interval, Task, TaskLog, TaskLogHeader } from "../mechanism/task-log.ts";
import { infoSchema } from "../protocol/messages.ts";
import type { ByteSource } from "./byte-source.ts";
import type { LogInput } from "./log-source.ts";
import { LogTasks } from "./log-tasks.ts";

const REQUEST_DEADLINE_MS = 30_000;
/** A validator hands out whole logs slowly to one address; a busy one is asked again this often. */
const TRIES_WHEN_BUSY = 30;
const PAUSE_WHEN_BUSY_MS = 2_000;
const TOO_MANY_REQUESTS = 429;
const NOT_FOUND = 404;

export interface LoadedLog {
  readonly log: TaskLog;
  /** Tasks left out as invalid. */
  readonly invalid: number;
  readonly firstInvalid: ColosseumError | null;
}

export interface LoadOptions {
  readonly skipInvalid: boolean;
  readonly signal: AbortSignal;
}

export interface RemoteOptions extends LoadOptions {
  readonly clock: Clock;
  /** Told what is fetched. */
  readonly onStage?: (stage: string) => void;
}

/** A whole log in memory. @throws ColosseumError `log.*` (12), `input.*` (14). */
export async function loadLog(
  input: LogInput | ByteSource,
  options: LoadOptions & { readonly part?: boolean },
): Promise<LoadedLog> {
  const reader = new LogTasks(input, { ...options, ties: true });
  const tasks: Task[] = [];
  for await (const task of reader.tasks()) tasks.push(task);
  return { log: { ...reader.header, tasks }, invalid: reader.invalid, firstInvalid: reader.firstInvalid };
}

/** Whether an argument of `audit` is a validator's address or a log on the web. */
export const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * Everything that a validator reveals: `URL` is its endpoint, then all settled intervals are fetched one by one; or an
 * interval, or any file on the web.
 *
 * @throws ColosseumError `audit.unreachable` (10), `audit.deadline` (15), `audit.no-log` (12), and as {@link loadLog}.
 */
export async function fetchLog(url: string, options: RemoteOptions): Promise<LoadedLog> {
  const base = url.replace(/\/+$/, "");
  const info = await get(`${base}/v1/info`, options).catch(() => undefined);
  const parsed = info === undefined ? undefined : infoSchema.safeParse(parseJson(info.body));
  if (parsed?.success !== true) {
    const file = await get(url, options);
    if (file.status !== 200) throw noLog(url, `it answered with status ${file.status}`);
    return loadLog(memorySource(url, file.body), options);
  }
  // Between two intervals none is open, and only asking tells how many there were.
  const newest = parsed.data.interval?.n;
  const parts: LoadedLog[] = [];
  for (let n = 0; newest === undefined || n <= newest; n++) {
    options.onStage?.(newest === undefined ? `interval ${n}` : `interval ${n} of ${newest}`);
    const target = `${base}/v1/intervals/${n}`;
    const part = await get(target, options);
    if (part.status === NOT_FOUND && newest === undefined) break;
    if (part.status === NOT_FOUND) continue;
    if (part.status !== 200) throw noLog(target, `it answered with status ${part.status}`);
    const isLog = Object.hasOwn(Object(parseJson(part.body)), "tasks");
    if (isLog) parts.push(await loadLog(memorySource(target, part.body), { ...options, part: true }));
  }
  if (parts.length === 0) throw noLog(url, "no interval has been settled and revealed yet");
  return merged(parts);
}

function merged(parts: readonly LoadedLog[]): LoadedLog {
  const header: TaskLogHeader = parts.at(-1)?.log ?? {};
  const intervals: Interval[] = parts.flatMap(({ log }) => [...(log.intervals ?? [])]);
  return {
    log: { ...header, intervals, tasks: parts.flatMap(({ log }) => log.tasks) },
    invalid: parts.reduce((sum, { invalid }) => sum + invalid, 0),
    firstInvalid: parts.find(({ firstInvalid }) => firstInvalid !== null)?.firstInvalid ?? null,
  };
}

const parseJson = (text: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(text)) as unknown;
  } catch {
    return undefined;
  }
};

async function get(url: string, options: RemoteOptions): Promise<{ status: number; body: Uint8Array }> {
  for (let attempt = 1; ; attempt++) {
    const deadline = AbortSignal.timeout(REQUEST_DEADLINE_MS);
    let response: { status: number; body: Uint8Array };
    try {
      const answer = await fetch(url, { signal: AbortSignal.any([deadline, options.signal]) });
      response = { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) };
    } catch (cause) {
      options.signal.throwIfAborted();
      throw deadline.aborted ? late(url, cause) : unreachable(url, cause);
    }
    if (response.status !== TOO_MANY_REQUESTS || attempt === TRIES_WHEN_BUSY) return response;
    await options.clock.wait(PAUSE_WHEN_BUSY_MS, options.signal);
    options.signal.throwIfAborted();
  }
}

const unreachable = (url: string, cause: unknown): ColosseumError =>
  new ColosseumError(
    `${url} cannot be reached: ${messageOf(cause instanceof Error ? (cause.cause ?? cause) : cause)}.`,
    {
      code: "audit.unreachable",
      exitCode: ExitCode.network,
      hint: "Check the address, or audit a file: colosseum audit tasks.json",
      details: { url },
      cause,
    },
  );

const late = (url: string, cause: unknown): ColosseumError =>
  new ColosseumError(`${url} did not answer within ${REQUEST_DEADLINE_MS / 1_000} s.`, {
    code: "audit.deadline",
    exitCode: ExitCode.timeout,
    hint: "Try again later, or audit a file: colosseum audit tasks.json",
    details: { url },
    cause,
  });

const noLog = (url: string, why: string): ColosseumError =>
  new ColosseumError(`There is no task log at ${url}: ${why}.`, {
    code: "audit.no-log",
    exitCode: ExitCode.invalid,
    hint: "Give a validator's endpoint, such as http://127.0.0.1:8091, or the address of a log.",
    details: { url },
  });

/** Bytes that are already here, as a source of a log. */
function memorySource(name: string, bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    name,
    size: bytes.length,
    consumed: () => at,
    read: async (target) => {
      const count = Math.min(target.length, bytes.length - at);
      target.set(bytes.subarray(at, at + count));
      at += count;
      return count;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
