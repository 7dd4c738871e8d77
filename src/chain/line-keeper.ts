import { messageOf } from "../base/errors.ts";
import { ChainClosedError, ChainUnreachableError } from "./errors.ts";
import { type Line, type LineEnd, openLine } from "./socket.ts";

/** What the line is doing, for whoever shows it. */
export type LineState =
  | { readonly state: "connected"; readonly endpoint: string }
  | { readonly state: "disconnected"; readonly endpoint: string; readonly reason: string };

export interface LineKeeperOptions {
  /** Tried in order, the next one after each failure; at least one. */
  readonly endpoints: readonly string[];
  /** For one endpoint's TCP, TLS and upgrade, and once more for its proof. */
  readonly connectTimeoutMs: number;
}

/** Who speaks over the lines that the keeper opens. */
export interface LineUser {
  /** A parsed message arrived. */
  readonly onMessage: (message: unknown) => void;
  /** A line is there. */
  readonly onUp: () => void;
  /** The line is gone; what waited on it has to be asked again or given up. */
  readonly onDown: (line: Line, end: LineEnd, reason: string) => void;
  /** Hash of block 0 behind a line that nobody else uses yet. @throws Error if it does not come within the time. */
  readonly fetchGenesis: (line: Line, timeoutMs: number) => Promise<unknown>;
}

/**
 * After this many lines in a row that lived no longer than this, a line is shaky: a server that closes at the second
 * question answers the first.
 */
const SHORT_LINES = 2;
const SHORT_LIFE_MS = 2_000;
/** A line to an endpoint that proved itself this short a time ago needs no new proof: no chain is replaced so quickly. */
const PROOF_HOLDS_MS = 1_000;
const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 10_000;

/** Keeps one line open, to one of several endpoints that must all lead to the same chain; they take turns. */
export class LineKeeper {
  readonly #options: LineKeeperOptions;
  readonly #user: LineUser;
  readonly #stateListeners = new Set<(state: LineState) => void>();
  readonly #provenAtMs = new Map<string, number>();
  #line: Line | undefined;
  #connecting: Promise<void> | undefined;
  #turn = 0;
  #closed = false;
  #genesis: string | undefined;
  #lineSinceMs = 0;
  #shortLines = 0;
  #retryTimer: NodeJS.Timeout | undefined;
  #retryMs = RETRY_FIRST_MS;

  constructor(options: LineKeeperOptions, user: LineUser) {
    this.#options = options;
    this.#user = user;
  }

  get line(): Line | undefined {
    return this.#line;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** How many endpoints take turns. */
  get endpointCount(): number {
    return this.#options.endpoints.length;
  }

  /** The endpoint in use, or the one to be tried next. */
  get endpoint(): string {
    return this.#line?.endpoint ?? this.#endpointInTurn();
  }

  /** Lines break as soon as they are used: questions had better go one by one. */
  get isShaky(): boolean {
    return this.#shortLines >= SHORT_LINES && (this.#line === undefined || this.#lineIsYoung());
  }

  #endpointInTurn(): string {
    const { endpoints } = this.#options;
    return endpoints[this.#turn % endpoints.length] ?? "";
  }

  #lineIsYoung(): boolean {
    return performance.now() - this.#lineSinceMs < SHORT_LIFE_MS;
  }

  /** Calls back at every connect and disconnect until unsubscribed. */
  onState(listener: (state: LineState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  #tell(state: LineState): void {
    for (const listener of this.#stateListeners) listener(state);
  }

  /** From now on only lines to the chain with this first block (0x hex) are used. */
  pin(genesis: string): void {
    this.#genesis = genesis;
  }

  /** Opens a line if there is none; one round over all endpoints. @throws ChainUnreachableError, ChainClosedError */
  connect(): Promise<void> {
    if (this.#closed) return Promise.reject(new ChainClosedError("connect"));
    if (this.#line !== undefined) return Promise.resolve();
    this.#connecting ??= this.#round().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #round(): Promise<void> {
    const attempts: { endpoint: string; reason: string }[] = [];
    let cause: unknown;
    for (let i = 0; i < this.#options.endpoints.length; i++) {
      const endpoint = this.#endpointInTurn();
      try {
        const line = await openLine(endpoint, this.#options.connectTimeoutMs, {
          onMessage: (message) => this.#user.onMessage(message),
          onEnd: (ended, end) => this.#lost(ended, end),
        });
        await this.#prove(line);
        if (line.ended) throw new Error("closed at once");
        if (this.#closed) return line.close();
        this.#line = line;
        this.#lineSinceMs = performance.now();
        this.#retryMs = RETRY_FIRST_MS;
        this.#tell({ state: "connected", endpoint });
        this.#user.onUp();
        return;
      } catch (error) {
        cause = error;
        attempts.push({ endpoint, reason: messageOf(error) });
        this.#turn += 1;
      }
    }
    throw new ChainUnreachableError(attempts, cause);
  }

  /** A line that is not the first must lead to the chain that the first one led to. */
  async #prove(line: Line): Promise<void> {
    const expected = this.#genesis;
    const provenAtMs = this.#provenAtMs.get(line.endpoint) ?? Number.NEGATIVE_INFINITY;
    if (expected === undefined || performance.now() - provenAtMs < PROOF_HOLDS_MS) return;
    try {
      const genesis = await this.#user.fetchGenesis(line, this.#options.connectTimeoutMs);
      if (genesis !== expected) throw new Error("it is another chain");
      this.#provenAtMs.set(line.endpoint, performance.now());
    } catch (error) {
      line.close();
      throw error;
    }
  }

  #lost(line: Line, end: LineEnd): void {
    if (this.#line !== line) return;
    this.#shortLines = this.#lineIsYoung() ? this.#shortLines + 1 : 0;
    this.#line = undefined;
    this.#turn += 1;
    const reason = end.kind === "dropped" ? end.reason : end.error.message;
    this.#tell({ state: "disconnected", endpoint: line.endpoint, reason });
    this.#user.onDown(line, end, reason);
  }

  /** Comes back without being asked, with growing pauses. */
  keepTrying(): void {
    if (this.#closed || this.#retryTimer !== undefined) return;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      this.connect().catch(() => {
        this.#retryMs = Math.min(RETRY_MOST_MS, this.#retryMs * 2);
        this.keepTrying();
      });
    }, this.#retryMs);
    this.#retryTimer.unref();
  }

  /** Gives the present line up; the next endpoint is taken. */
  cut(end: LineEnd): void {
    this.#line?.cut(end);
  }

  /** No line from now on. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    this.#line?.close();
    this.#line = undefined;
  }
}
