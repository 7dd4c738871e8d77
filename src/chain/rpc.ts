import {
  ChainClosedError,
  ChainInterruptedError,
  ChainRpcError,
  ChainUnreachableError,
  NotAChainError,
} from "./errors.ts";
import { LineKeeper, type LineKeeperOptions, type LineState } from "./line-keeper.ts";
import { openQuestion, type Question } from "./rpc-question.ts";
import { type Subscription, Subscriptions } from "./rpc-subscriptions.ts";
import type { Line, LineEnd } from "./socket.ts";

export interface RpcOptions extends LineKeeperOptions {
  /** For one question, reconnects included. */
  readonly callTimeoutMs: number;
}

export interface CallOptions {
  readonly timeoutMs?: number;
  /** A question that may not be asked twice (submitting): a broken line fails it. */
  readonly once?: boolean;
}

/** A question that lost its line this often in a row has no chain behind it. */
const MAX_DROPS = 6;
const RENEWAL_FAILED: LineEnd = { kind: "dropped", reason: "a subscription could not be renewed" };

/**
 * JSON-RPC over WebSocket that survives its sockets: every question has a deadline, questions that may be repeated
 * are repeated on the next line, subscriptions are renewed, endpoints take turns, and nothing waits for ever.
 */
export class Rpc {
  readonly #callTimeoutMs: number;
  readonly #lines: LineKeeper;
  readonly #questions = new Map<number, Question>();
  readonly #subscriptions = new Subscriptions((what) => this.#garbage(what));
  #nextId = 1;
  /** The tail of the queue of questions that go one by one. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: RpcOptions) {
    this.#callTimeoutMs = options.callTimeoutMs;
    this.#lines = new LineKeeper(options, {
      onMessage: (message) => this.#receive(message),
      onUp: () => {
        for (const subscription of this.#subscriptions.all()) this.#renew(subscription);
      },
      onDown: (line, end, reason) => this.#lost(line, end, reason),
      fetchGenesis: (line, timeoutMs) => this.#fetchGenesis(line, timeoutMs),
    });
  }

  /** The endpoint in use, or the one to be tried next. */
  get endpoint(): string {
    return this.#lines.endpoint;
  }

  get connected(): boolean {
    return this.#lines.line !== undefined;
  }

  /** Calls back at every connect and disconnect until unsubscribed. */
  onState(listener: (state: LineState) => void): () => void {
    return this.#lines.onState(listener);
  }

  /** Opens a line if there is none; one round over all endpoints. @throws ChainUnreachableError, ChainClosedError */
  connect(): Promise<void> {
    return this.#lines.connect();
  }

  /** From now on only lines to the chain with this first block (0x hex) are used. */
  pin(genesis: string): void {
    this.#lines.pin(genesis);
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws ChainDeadlineError, ChainUnreachableError, ChainInterruptedError (only `once`), ChainRpcError, NotAChainError.
   */
  call(method: string, params: readonly unknown[] = [], options: CallOptions = {}): Promise<unknown> {
    const { timeoutMs = this.#callTimeoutMs, once = false } = options;
    const { endpointCount } = this.#lines;
    // Where others could answer, a silent endpoint gets its share of the time and no more.
    const patienceMs = endpointCount > 1 && !once ? timeoutMs / endpointCount : undefined;
    const { question, answer } = openQuestion(
      { method, params, once },
      { timeoutMs, patienceMs },
      {
        onImpatient: (impatient) => this.#loseTurn(impatient),
        onTimeout: (late) => {
          this.#forget(late);
          return this.endpoint;
        },
      },
    );
    this.#put(question);
    return answer;
  }

  #put(question: Question): void {
    if (this.#lines.isShaky) this.#queue = this.#queue.then(() => this.#askAlone(question));
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

  /** @returns Whether it went out on a line. */
  async #ask(question: Question): Promise<boolean> {
    if (question.done) return false;
    try {
      await this.connect();
    } catch (error) {
      question.reject(error as Error);
      return false;
    }
    if (this.#lines.closed || question.done) {
      question.reject(new ChainClosedError(question.method));
      return false;
    }
    const { line } = this.#lines;
    if (line === undefined) {
      this.#askLater(question);
      return false;
    }
    this.#send(line, question);
    return true;
  }

  /** A server that closes at each question is not hammered. */
  #askLater(question: Question): void {
    setTimeout(() => this.#put(question), 20 * 2 ** question.drops);
  }

  #send(line: Line, question: Question): void {
    const id = this.#nextId++;
    this.#questions.set(id, question);
    line.send(JSON.stringify({ jsonrpc: "2.0", id, method: question.method, params: question.params }));
  }

  async #fetchGenesis(line: Line, timeoutMs: number): Promise<unknown> {
    const { question, answer } = openQuestion(
      { method: "chain_getBlockHash", params: [0], once: true },
      { timeoutMs, patienceMs: undefined },
      {
        onImpatient: () => undefined,
        onTimeout: (late) => {
          this.#remove(late);
          return line.endpoint;
        },
      },
    );
    this.#send(line, question);
    return await answer;
  }

  #remove(question: Question): void {
    for (const [id, open] of this.#questions) if (open === question) this.#questions.delete(id);
  }

  /** A question past its deadline: where another endpoint is waiting, the silent one loses its turn. */
  #forget(question: Question): void {
    const isOpen = this.#loseTurn(question);
    this.#remove(question);
    if (isOpen) question.attemptOver();
  }

  /** Gives the present line up where it owes an answer to a question and another endpoint is waiting. */
  #loseTurn(question: Question): boolean {
    const isOpen = [...this.#questions.values()].includes(question);
    if (isOpen && this.#lines.endpointCount > 1) {
      this.#lines.cut({ kind: "dropped", reason: `it did not answer ${question.method}` });
    }
    return isOpen;
  }

  #lost(line: Line, end: LineEnd, reason: string): void {
    for (const { method, onLost } of this.#subscriptions.unname()) {
      onLost?.(new ChainInterruptedError(method, line.endpoint));
    }
    const open = [...this.#questions.values()];
    this.#questions.clear();
    for (const question of open) {
      question.attemptOver();
      question.drops += 1;
      const spent = question.drops >= (end.kind === "garbage" ? 2 * this.#lines.endpointCount : MAX_DROPS);
      if (question.once) question.reject(new ChainInterruptedError(question.method, line.endpoint));
      else if (spent && end.kind === "garbage") question.reject(end.error);
      else if (spent) question.reject(new ChainUnreachableError([{ endpoint: line.endpoint, reason }]));
      else this.#askLater(question);
    }
    if (this.#subscriptions.size > 0) this.#lines.keepTrying();
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
    this.#lines.cut({ kind: "garbage", error: new NotAChainError(this.endpoint, `it sent ${what}`) });
  }

  #attach(subscription: Subscription, answer: unknown): void {
    this.#subscriptions.name(subscription, String(answer));
    if (subscription.closed) this.#drop(subscription);
  }

  #renew(subscription: Subscription): void {
    this.call(subscription.method, subscription.params).then(
      (answer) => this.#attach(subscription, answer),
      () => {
        if (!subscription.closed && this.#subscriptions.has(subscription)) this.#lines.cut(RENEWAL_FAILED);
      },
    );
  }

  #drop(subscription: Subscription): void {
    if (subscription.serverId === undefined || !this.connected) return;
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
    this.#lines.cut({ kind: "dropped", reason });
  }

  /** Ends everything; open questions fail with `chain.closed`. */
  close(): void {
    for (const question of this.#questions.values()) question.reject(new ChainClosedError(question.method));
    this.#questions.clear();
    this.#subscriptions.clear();
    this.#lines.close();
  }
}
