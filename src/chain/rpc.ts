import { messageOf } from "../base/errors.ts";
import {
  ChainClosedError,
  ChainDeadlineError,
  ChainInterruptedError,
  ChainRpcError,
  ChainUnreachableError,
  NotAChainError,
} from "./errors.ts";
import { type Subscription, Subscriptions } from "./rpc-subscriptions.ts";
import { type Line, type LineEnd, openLine } from "./socket.ts";

export interface RpcOptions {
  /** Tried in order, the next one after each failure; at least one. */
  readonly endpoints: readonly string[];
  /** For one endpoint's TCP, TLS and upgrade. */
  readonly connectTimeoutMs: number;
  /** For one question, reconnects included. */
  readonly callTimeoutMs: number;
}

export interface CallOptions {
  readonly timeoutMs?: number;
  /** A question that may not be asked twice (submitting): a broken line fails it. */
  readonly once?: boolean;
}

/** What the line is doing, for whoever shows it. */
export type LineState =
  | { readonly state: "connected"; readonly endpoint: string }
  | { readonly state: "disconnected"; readonly endpoint: string; readonly reason: string };

interface Question {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly once: boolean;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  drops: number;
  done: boolean;
  /** Called when the attempt under way is over: answered, or its line is gone. */
  attemptOver: () => void;
}

/** A question that lost its line this often in a row has no chain behind it. */
const MAX_DROPS = 6;
/**
 * After this many lines in a row that lived no longer than this, questions go one by one: a server that closes at the
 * second of them answers the first.
 */
const SHORT_LINES = 2;
const SHORT_LIFE_MS = 2_000;
/** A line to an endpoint that proved itself this short a time ago needs no new proof: no chain is replaced so quickly. */
const PROOF_HOLDS_MS = 1_000;
const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 10_000;

/**
 * JSON-RPC over WebSocket that survives its sockets: every question has a deadline, questions that may be repeated
 * are repeated on the next line, subscriptions are renewed, endpoints take turns, and nothing waits for ever.
 */
export class Rpc {
  readonly #options: RpcOptions;
  readonly #questions = new Map<number, Question>();
  readonly #subscriptions = new Subscriptions((what) => this.#garbage(what));
  readonly #stateListeners = new Set<(state: LineState) => void>();
  #line: Line | undefined;
  #connecting: Promise<void> | undefined;
  #turn = 0;
  #nextId = 1;
  #closed = false;
  #genesis: string | undefined;
  readonly #provenAtMs = new Map<string, number>();
  #lineSinceMs = 0;
  #shortLines = 0;
  /** The tail of the queue of questions that go one by one. */
  #queue: Promise<void> = Promise.resolve();
  #retryTimer: NodeJS.Timeout | undefined;
  #retryMs = RETRY_FIRST_MS;

  constructor(options: RpcOptions) {
    this.#options = options;
  }

  /** The endpoint in use, or the one to be tried next. */
  get endpoint(): string {
    return this.#line?.endpoint ?? this.#endpointAt(this.#turn);
  }

  get connected(): boolean {
    return this.#line !== undefined;
  }

  #endpointAt(turn: number): string {
    const { endpoints } = this.#options;
    return endpoints[turn % endpoints.length] ?? "";
  }

  /** Calls back at every connect and disconnect until unsubscribed. */
  onState(listener: (state: LineState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Opens a line if there is none; one round over all endpoints. @throws ChainUnreachableError */
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
      const endpoint = this.#endpointAt(this.#turn);
      try {
        const line = await openLine(endpoint, this.#options.connectTimeoutMs, {
          onMessage: (message) => this.#receive(message),
          onEnd: (ended, end) => this.#lost(ended, end),
        });
        await this.#prove(line);
        if (line.ended) throw new Error("closed at once");
        if (this.#closed) return line.close();
        this.#line = line;
        this.#lineSinceMs = performance.now();
        this.#retryMs = RETRY_FIRST_MS;
        this.#tell({ state: "connected", endpoint });
        for (const subscription of this.#subscriptions.all()) this.#renew(subscription);
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
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => reject(new Error("it does not answer")), this.#options.connectTimeoutMs);
    const method = "chain_getBlockHash";
    const question = { method, params: [0], once: true, resolve, reject, drops: 0, done: false };
    this.#questions.set(id, { ...question, attemptOver: () => undefined });
    try {
      line.send(JSON.stringify({ jsonrpc: "2.0", id, method, params: [0] }));
      if ((await promise) !== expected) throw new Error("it is another chain");
      this.#provenAtMs.set(line.endpoint, performance.now());
    } catch (error) {
      line.close();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#questions.delete(id);
    }
  }

  /** From now on only lines to the chain with this first block (0x hex) are used. */
  pin(genesis: string): void {
    this.#genesis = genesis;
  }

  #tell(state: LineState): void {
    for (const listener of this.#stateListeners) listener(state);
  }

  #lost(line: Line, end: LineEnd): void {
    if (this.#line !== line) return;
    this.#shortLines = this.#lineIsYoung() ? this.#shortLines + 1 : 0;
    this.#line = undefined;
    this.#turn += 1;
    const reason = end.kind === "dropped" ? end.reason : end.error.message;
    this.#tell({ state: "disconnected", endpoint: line.endpoint, reason });
    for (const { method, onLost } of this.#subscriptions.unname()) {
      onLost?.(new ChainInterruptedError(method, line.endpoint));
    }
    const open = [...this.#questions.values()];
    this.#questions.clear();
    for (const question of open) {
      question.attemptOver();
      question.drops += 1;
      const spent = question.drops >= (end.kind === "garbage" ? 2 * this.#options.endpoints.length : MAX_DROPS);
      if (question.once) question.reject(new ChainInterruptedError(question.method, line.endpoint));
      else if (spent && end.kind === "garbage") question.reject(end.error);
      else if (spent) question.reject(new ChainUnreachableError([{ endpoint: line.endpoint, reason }]));
      else this.#askLater(question);
    }
    if (this.#subscriptions.size > 0) this.#keepTrying();
  }

  /** A server that closes at each question is not hammered. */
  #askLater(question: Question): void {
    setTimeout(() => this.#put(question), 20 * 2 ** question.drops);
  }

  #lineIsYoung(): boolean {
    return performance.now() - this.#lineSinceMs < SHORT_LIFE_MS;
  }

  #put(question: Question): void {
    const isShaky = this.#shortLines >= SHORT_LINES && (this.#line === undefined || this.#lineIsYoung());
    if (isShaky) this.#queue = this.#queue.then(() => this.#askAlone(question));
    else void this.#ask(question);
  }

  /** Asks, and waits until that attempt is over. */
  async #askAlone(question: Question): Promise<void> {
    const over = new Promise<void>((resolve) => {
      question.attemptOver = resolve;
    });
    const isSent = await this.#ask(question);
    if (isSent && !question.done) await over;
  }

  /** Long-lived clients come back without being asked, with growing pauses. */
  #keepTrying(): void {
    if (this.#closed || this.#retryTimer !== undefined) return;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      this.connect().catch(() => {
        this.#retryMs = Math.min(RETRY_MOST_MS, this.#retryMs * 2);
        this.#keepTrying();
      });
    }, this.#retryMs);
    this.#retryTimer.unref();
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws ChainDeadlineError, ChainUnreachableError, ChainInterruptedError (only `once`), ChainRpcError, NotAChainError.
   */
  call(method: string, params: readonly unknown[] = [], options: CallOptions = {}): Promise<unknown> {
    const timeoutMs = options.timeoutMs ?? this.#options.callTimeoutMs;
    return new Promise((resolve, reject) => {
      const question: Question = {
        method,
        params,
        once: options.once === true,
        drops: 0,
        done: false,
        attemptOver: () => undefined,
        resolve: (result) => settle(() => resolve(result)),
        reject: (error) => settle(() => reject(error)),
      };
      const settle = (how: () => void): void => {
        if (question.done) return;
        question.done = true;
        clearTimeout(timer);
        clearInterval(patience);
        question.attemptOver();
        how();
      };
      // Where others could answer, a silent endpoint gets its share of the time and no more.
      const share = timeoutMs / this.#options.endpoints.length;
      const patience =
        this.#options.endpoints.length > 1 && !question.once
          ? setInterval(() => this.#loseTurn(question), share)
          : undefined;
      const timer = setTimeout(() => {
        this.#forget(question);
        question.reject(new ChainDeadlineError(method, this.endpoint, timeoutMs));
      }, timeoutMs);
      this.#put(question);
    });
  }

  /** A question past its deadline: where another endpoint is waiting, the silent one loses its turn. */
  #forget(question: Question): void {
    const isOpen = this.#loseTurn(question);
    for (const [id, open] of this.#questions) if (open === question) this.#questions.delete(id);
    if (isOpen) question.attemptOver();
  }

  /** Gives the present line up where it owes an answer to a question and another endpoint is waiting. */
  #loseTurn(question: Question): boolean {
    const isOpen = [...this.#questions.values()].includes(question);
    if (isOpen && this.#options.endpoints.length > 1) {
      this.#line?.cut({ kind: "dropped", reason: `it did not answer ${question.method}` });
    }
    return isOpen;
  }

  /** @returns Whether it went out on a line. */
  async #ask(question: Question): Promise<boolean> {
    if (question.done) return false;
    try {
      await this.connect();
    } catch (error) {
      question.reject(error as Error);
      return false;
    }
    const line = this.#line;
    if (this.#closed || question.done) {
      question.reject(new ChainClosedError(question.method));
      return false;
    }
    if (line === undefined) {
      this.#askLater(question);
      return false;
    }
    const id = this.#nextId++;
    this.#questions.set(id, question);
    line.send(JSON.stringify({ jsonrpc: "2.0", id, method: question.method, params: question.params }));
    return true;
  }

  #receive(message: unknown): void {
    if (typeof message !== "object" || message === null) {
      this.#garbage("a message that is no object");
      return;
    }
    const { id, method, params, result, error } = message as Record<string, unknown>;
    if (typeof method === "string") {
      const { subscription, result: item } = (params ?? {}) as Record<string, unknown>;
      this.#subscriptions.deliver(String(subscription), item);
      return;
    }
    const question = typeof id === "number" ? this.#questions.get(id) : undefined;
    if (question === undefined) {
      // An answer past its deadline is nobody's; a message that answers nothing at all is no JSON-RPC.
      if (typeof id !== "number" && !(id === null && error !== undefined)) this.#garbage("a message without an id");
      return;
    }
    this.#questions.delete(id as number);
    if (typeof error === "object" && error !== null) {
      const { code, message: text, data } = error as Record<string, unknown>;
      question.reject(
        new ChainRpcError(question.method, { code: Number(code), message: String(text ?? "no message"), data }),
      );
      return;
    }
    if (result === undefined) {
      question.reject(new NotAChainError(this.endpoint, "it answered without a result"));
      return;
    }
    question.resolve(result);
  }

  #garbage(what: string): void {
    this.#line?.cut({ kind: "garbage", error: new NotAChainError(this.endpoint, `it sent ${what}`) });
  }

  #attach(subscription: Subscription, answer: unknown): void {
    this.#subscriptions.name(subscription, String(answer));
    if (subscription.closed) this.#drop(subscription);
  }

  #renew(subscription: Subscription): void {
    this.call(subscription.method, subscription.params).then(
      (answer) => this.#attach(subscription, answer),
      () => {
        if (!subscription.closed && this.#subscriptions.has(subscription)) this.#line?.cut(RENEWAL_FAILED);
      },
    );
  }

  #drop(subscription: Subscription): void {
    if (subscription.serverId === undefined || this.#line === undefined) return;
    this.call(subscription.unsubscribeMethod, [subscription.serverId], { once: true }).catch(() => undefined);
  }

  /**
   * Subscribes; renewed on every new line unless `onLost` is given, which is then called once instead.
   *
   * @returns How to end it.
   * @throws As {@link call}; with `onLost` the question is asked once only.
   */
  async subscribe(
    method: string,
    params: readonly unknown[],
    unsubscribeMethod: string,
    onItem: (item: unknown) => void,
    onLost?: (error: Error) => void,
  ): Promise<() => void> {
    const subscription: Subscription = {
      method,
      params,
      unsubscribeMethod,
      onItem,
      onLost,
      serverId: undefined,
      closed: false,
    };
    const answer = await this.call(method, params, { once: onLost !== undefined });
    this.#subscriptions.add(subscription);
    this.#attach(subscription, answer);
    return () => {
      if (subscription.closed) return;
      subscription.closed = true;
      this.#subscriptions.remove(subscription);
      this.#drop(subscription);
    };
  }

  /** Gives the present line up and takes the next endpoint, for a chain that is alive but stale. */
  switchEndpoint(reason: string): void {
    this.#line?.cut({ kind: "dropped", reason });
  }

  /** Ends everything; open questions fail with `chain.closed`. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    for (const question of this.#questions.values()) question.reject(new ChainClosedError(question.method));
    this.#questions.clear();
    this.#subscriptions.clear();
    this.#line?.close();
    this.#line = undefined;
  }
}

const RENEWAL_FAILED: LineEnd = { kind: "dropped", reason: "a subscription could not be renewed" };
