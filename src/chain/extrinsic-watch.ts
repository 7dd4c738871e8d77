import type { ChainClient } from "./client.ts";
import { ChainDeadlineError, ChainInterruptedError } from "./errors.ts";
import type { SignedExtrinsic } from "./extrinsic.ts";
import { searchBlocks } from "./extrinsic-search.ts";
import { ChainRefusedError, poolRefusal, translatePoolError } from "./refusals.ts";

/** The block that holds a transaction. */
export interface Landing {
  readonly blockHash: string;
}

/** Follows one transaction by subscription; where the line breaks, by looking into the blocks and sending it again. */
export class ExtrinsicWatch {
  readonly signed: SignedExtrinsic;
  readonly #client: ChainClient;
  readonly #call: string;
  readonly #from: number;
  readonly #waitFor: "included" | "finalized";
  readonly #result: PromiseWithResolvers<Landing>;
  #unsubscribe: (() => void) | undefined;
  #lost = new AbortController();

  constructor(
    client: ChainClient,
    call: string,
    signed: SignedExtrinsic,
    from: number,
    waitFor: "included" | "finalized",
  ) {
    this.#client = client;
    this.#call = call;
    this.signed = signed;
    this.#from = from;
    this.#waitFor = waitFor;
    this.#result = Promise.withResolvers<Landing>();
    // Whoever waits gets the rejection; until somebody does, it must not count as unhandled.
    this.#result.promise.catch(() => undefined);
  }

  async start(): Promise<void> {
    const lost = new AbortController();
    this.#lost = lost;
    try {
      this.#unsubscribe = await this.#client.rpc.subscribe(
        "author_submitAndWatchExtrinsic",
        [this.signed.hex],
        "author_unwatchExtrinsic",
        (status) => this.#status(status),
        () => lost.abort(),
      );
    } catch (error) {
      // It may have arrived before the line broke: the blocks will tell.
      if (!(error instanceof ChainInterruptedError || error instanceof ChainDeadlineError)) throw error;
      lost.abort();
    }
  }

  #status(status: unknown): void {
    if (typeof status === "string") {
      // In the future queue means that a nonce before it is missing: it would wait there, perhaps for ever.
      const failed = { dropped: "Dropped", invalid: "Invalid", future: "Future" }[status];
      if (failed !== undefined) this.#fail(failed);
      return;
    }
    const { inBlock, finalized, usurped, finalityTimeout, invalid, unknown } = (status ?? {}) as Record<
      string,
      unknown
    >;
    const block = this.#waitFor === "finalized" ? (finalized ?? finalityTimeout) : (inBlock ?? finalized);
    if (typeof block === "string") this.#result.resolve({ blockHash: block });
    else if (usurped !== undefined) this.#fail("Usurped");
    // Some nodes tell of a transaction that turned out invalid while the block was built by the runtime's own verdict.
    else if (invalid !== undefined || unknown !== undefined) {
      this.#fail(poolRefusal({ message: "", data: status }, this.#call) ?? "Invalid");
    }
  }

  #fail(name: string): void {
    this.#result.reject(
      new ChainRefusedError(
        { name, pallet: undefined, docs: "" },
        { call: this.#call, extrinsic: this.signed.hash, nonce: this.signed.nonce },
      ),
    );
  }

  async landed(timeoutMs: number): Promise<Landing> {
    const { clock } = this.#client;
    const until = clock.nowMs() + timeoutMs;
    const ended = new AbortController();
    this.#result.promise.finally(() => ended.abort()).catch(() => undefined);
    let next = this.#from + 1;
    while (!ended.signal.aborted && clock.nowMs() < until) {
      if (!this.#lost.signal.aborted) {
        await clock.wait(until - clock.nowMs(), AbortSignal.any([ended.signal, this.#lost.signal]));
        continue;
      }
      try {
        next = await this.#lookAgain(next);
      } catch {
        // The chain is away: it is asked again as long as there is time.
      }
      if (this.#lost.signal.aborted) await clock.wait(SEARCH_EVERY_MS, ended.signal);
    }
    if (!ended.signal.aborted) {
      throw new ChainDeadlineError("with the transaction in a block", this.#client.endpoint, timeoutMs, {
        extrinsic: this.signed.hash,
        nonce: this.signed.nonce,
      });
    }
    return await this.#result.promise;
  }

  /**
   * Looks for it in the blocks since; where it is in none, sends the very same bytes again, which can never count twice.
   *
   * @returns Where to look from next time: the newest block again, since a reorganisation may replace it.
   */
  async #lookAgain(from: number): Promise<number> {
    const { blockHash, upTo } = await searchBlocks(this.#client, this.signed.hash, from);
    if (blockHash !== undefined) {
      this.#result.resolve({ blockHash });
      return from;
    }
    if (upTo > (this.signed.expiresAfter ?? Number.POSITIVE_INFINITY)) {
      this.#fail("Dropped");
      return from;
    }
    await this.start().catch((error: unknown) => {
      this.#lost.abort();
      const refusal = translatePoolError(error, this.#call, { extrinsic: this.signed.hash });
      // The pool has it, or its nonce is used: by itself, as the next blocks will show, or by another.
      const isThere = refusal instanceof ChainRefusedError && SENT_BEFORE.has(refusal.chainError);
      if (refusal instanceof ChainRefusedError && !isThere) this.#result.reject(refusal);
    });
    return Math.max(from, upTo);
  }

  stop(): void {
    this.#unsubscribe?.();
  }
}

/** How often the blocks are searched while a transaction cannot be watched. */
const SEARCH_EVERY_MS = 500;
/** What a pool says to bytes that it or a block has already. */
const SENT_BEFORE: ReadonlySet<string> = new Set(["AlreadyImported", "TemporarilyBanned", "Stale", "LowPriority"]);
