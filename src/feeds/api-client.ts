import type { Clock } from "../base/clock.ts";
import { messageOf, UsageError } from "../base/errors.ts";
import { escapeControl, truncate } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import { badAnswer, notAllowed, rateLimited, unreachable } from "./errors.ts";

export interface ApiOptions {
  /** How the service is called in messages. */
  readonly name: string;
  /** http(s) URL without the paths of single questions. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …` to this host and to no other. */
  readonly token?: string | undefined;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** The longest wait for a rate limit; beyond it the question fails. Default 15 minutes and a bit, X's window. */
  readonly maxWaitMs?: number;
  /** For one answer, first byte to last. Default 30 s. */
  readonly timeoutMs?: number;
  /** At most so many questions a second; none by default. */
  readonly perSecond?: number;
  /** Told before each wait of more than a second. */
  readonly onWait?: (why: string) => void;
}

const DEFAULT_MAX_WAIT_MS = 16 * 60_000;
const DEFAULT_TIMEOUT_MS = 30_000;
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
/** Clocks differ a little; a window that ends now may not have ended there. */
const RESET_MARGIN_MS = 1_000;
const MOST_BYTES = 64 * 1_048_576;

/** What came back: JSON, or nothing where the thing asked for is not there. */
export type Answer = { readonly found: true; readonly value: unknown } | { readonly found: false };

/**
 * A small HTTP client for sources of posts: deadlines, another try after failures that pass, rate limits waited for by
 * what the source says of them, no redirects (a token must not travel), answers of limited size.
 */
export class ApiClient {
  readonly #options: ApiOptions;
  readonly #base: string;
  /** Kind of question → when it may be asked again. */
  readonly #closedUntilMs = new Map<string, number>();
  #nextMs = 0;

  /** @throws UsageError `usage.feed-url` for anything but http(s), or a token that would travel in the clear. */
  constructor(options: ApiOptions) {
    this.#options = options;
    this.#base = checkedBase(options.baseUrl, options.token !== undefined);
  }

  /**
   * Asks one question.
   *
   * @param kind - Questions of one kind share a rate limit.
   * @throws FeedError; AbortError.
   */
  async ask(kind: string, path: string, body?: unknown): Promise<Answer> {
    const { name, clock, signal } = this.#options;
    for (let attempt = 1; ; attempt++) {
      await this.#untilOpen(kind);
      let response: { status: number; headers: Headers; text: string };
      try {
        response = await this.#send(path, body);
      } catch (error) {
        signal?.throwIfAborted();
        if (attempt >= ATTEMPTS) throw unreachable(name, reasonOf(error), error);
        await this.#pause(attempt);
        continue;
      }
      const { status, headers, text } = response;
      const resetMs = this.#noteLimit(kind, status, headers);
      if (status === 429) {
        // A source that says "now" each time must not be asked for ever.
        if (attempt >= ATTEMPTS) throw rateLimited(name, resetMs, clock.nowMs());
        if (isCapReached(text)) throw rateLimited(name, undefined, clock.nowMs());
        // Without a word about when, the client itself steps back further each time.
        if (resetMs === undefined) this.#closedUntilMs.set(kind, clock.nowMs() + FIRST_PAUSE_MS * 4 ** attempt);
        continue;
      }
      if (status >= 500) {
        if (attempt >= ATTEMPTS) throw unreachable(name, `it answers with HTTP ${status}`);
        await this.#pause(attempt);
        continue;
      }
      // 402: the plan's credits are used up.
      if (status === 401 || status === 402 || status === 403) throw notAllowed(name, status, saidIn(text));
      if (status === 404 || status === 410) return { found: false };
      if (status < 200 || status > 299) throw badAnswer(name, `HTTP ${status}${saidIn(text, ": ")}`);
      return { found: true, value: parsed(name, text) };
    }
  }

  async #send(path: string, body: unknown): Promise<{ status: number; headers: Headers; text: string }> {
    const { token, signal, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const deadline = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`${this.#base}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "error",
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
    return { status: response.status, headers: response.headers, text: await limitedText(response) };
  }

  /** Remembers what an answer says of the rate limit; → when it ends, if it is used up. */
  #noteLimit(kind: string, status: number, headers: Headers): number | undefined {
    const nowMs = this.#options.clock.nowMs();
    const after = Number(headers.get("retry-after") ?? Number.NaN);
    const reset = Number(headers.get("x-rate-limit-reset") ?? Number.NaN);
    const spent = status === 429 || headers.get("x-rate-limit-remaining") === "0";
    const fromReset = reset > 0 ? reset * 1_000 + RESET_MARGIN_MS : undefined;
    const untilMs = Number.isFinite(after) && status === 429 ? nowMs + after * 1_000 : fromReset;
    if (!spent || untilMs === undefined) return undefined;
    const openMs = Math.max(untilMs, status === 429 ? nowMs + FIRST_PAUSE_MS : nowMs);
    this.#closedUntilMs.set(kind, openMs);
    return openMs;
  }

  async #untilOpen(kind: string): Promise<void> {
    const { name, clock, signal, maxWaitMs = DEFAULT_MAX_WAIT_MS, perSecond, onWait } = this.#options;
    const nowMs = clock.nowMs();
    const untilMs = this.#closedUntilMs.get(kind) ?? 0;
    if (untilMs - nowMs > maxWaitMs) throw rateLimited(name, untilMs, nowMs);
    if (untilMs - nowMs > 1_000) onWait?.(`${name} asks to wait ${showDuration(untilMs - nowMs)} (rate limit).`);
    await this.#wait(Math.max(untilMs, this.#nextMs) - nowMs);
    if (perSecond !== undefined) this.#nextMs = clock.nowMs() + 1_000 / perSecond;
    signal?.throwIfAborted();
  }

  #pause(attempt: number): Promise<void> {
    return this.#wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }

  async #wait(ms: number): Promise<void> {
    const { clock, signal } = this.#options;
    if (ms > 0) await clock.wait(ms, signal);
    signal?.throwIfAborted();
  }
}

function checkedBase(text: string, hasToken: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "") {
    throw new UsageError(`"${escapeControl(text)}" is no URL of a source of posts.`, {
      code: "usage.feed-url",
      hint: "For example: --url https://api.x.com, or http://localhost:8080 for a node of your own",
    });
  }
  const isHere = /^(localhost|127\.[0-9.]+|\[::1\])$/.test(url.hostname);
  if (hasToken && url.protocol === "http:" && !isHere) {
    throw new UsageError("A token is not sent over http:// to another machine.", {
      code: "usage.feed-url",
      hint: "Use https://.",
    });
  }
  return url.href.replace(/\/+$/, "");
}

/** The text of an answer, up to a size that no honest one has. */
async function limitedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error("its answer is too large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badAnswer(name, "it is not JSON", error);
  }
}

/** A monthly cap does not open again in any time worth waiting for. */
const isCapReached = (text: string): boolean => /UsageCapExceeded|usage-capped/.test(text);

/** `fetch` says that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return (cause instanceof Error && cause.message !== "" ? cause.message : messageOf(error)).replace(/\.$/, "");
}

/** The reason in an error's body, short and harmless. */
function saidIn(text: string, before = ""): string {
  let said: unknown;
  try {
    const body = JSON.parse(text) as Record<string, unknown> | null;
    said = body?.["detail"] ?? body?.["title"] ?? body?.["error"];
  } catch {
    // A page of some server between; its words would help nobody.
  }
  return typeof said === "string" && said !== "" ? `${before}${truncate(escapeControl(said), 160)}` : "";
}
