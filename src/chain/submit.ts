import type { Call } from "@polkadot/types/interfaces";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { ChainDeadlineError, ChainInterruptedError } from "./errors.ts";
import { type ChainEvent, eventsOf, failureIn, feeIn } from "./events.ts";
import { ERA_BLOCKS, extrinsicHash, type SignedExtrinsic, signExtrinsic } from "./extrinsic.ts";
import { type Plain, plainBigint, plainList, plainRecord, plainText } from "./plain.ts";
import { ChainRefusedError, translatePoolError } from "./refusals.ts";
import type { CallSpec } from "./runtime.ts";

export interface SubmitOptions {
  /** Wait until it is in a block (default), or until that block is final. */
  readonly waitFor?: "included" | "finalized";
  /** For everything together; default 90 s or thirty blocks, whichever is longer. */
  readonly timeoutMs?: number;
  readonly tipRao?: bigint;
  /** Called before the bytes leave, so that a process can remember what it is about to do. */
  readonly onSigned?: (signed: SignedExtrinsic) => void | Promise<void>;
  /** Facts that an error about this should carry: netuid, uid, amounts. */
  readonly about?: Readonly<Record<string, unknown>>;
}

/** What became of a transaction that succeeded. */
export interface Inclusion {
  /** blake2b-256 of the extrinsic, 0x hex. */
  readonly extrinsic: string;
  readonly block: number;
  readonly blockHash: string;
  /** Place in the block. */
  readonly index: number;
  readonly feeRao: bigint;
  readonly events: readonly ChainEvent[];
}

const LEAST_TIMEOUT_MS = 90_000;
const TIMEOUT_BLOCKS = 30;
const SIGN_ATTEMPTS = 4;

/** `Pallet.call` of what will be sent, for messages. */
const nameOf = (call: CallSpec): string => `${call.pallet}.${call.name}`;

/**
 * Signs a call, sends it, waits until it is in a block, and reads there what became of it. Nonces are kept by the
 * client: calls of one key may be submitted at the same time and go out in order.
 *
 * @throws ChainRefusedError (exit 13) by the pool or when it ran; ChainDeadlineError (15) with the extrinsic's hash.
 */
export async function submit(
  client: ChainClient,
  spec: CallSpec,
  signer: Signer,
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const call = client.runtime.call(spec);
  const timeoutMs = options.timeoutMs ?? Math.max(LEAST_TIMEOUT_MS, TIMEOUT_BLOCKS * client.nominalBlockTimeMs);
  const sent = await send(client, spec, call, signer, options);
  try {
    return await outcome(client, spec, sent.signed, await sent.landed(timeoutMs), options);
  } catch (error) {
    // A nonce of ours that never came to a block may be free again; the chain knows.
    if (!(error instanceof ChainRefusedError) || error.details["block"] === undefined) {
      client.nonces.forget(signer.address);
    }
    throw error;
  } finally {
    sent.stop();
  }
}

/** What a transaction would pay, without sending it. Signed with zeros, so no key is needed. */
export async function estimateFeeRao(client: ChainClient, spec: CallSpec, address: string): Promise<bigint> {
  const call = client.runtime.call(spec);
  const nobody: Signer = {
    address,
    publicKey: new Uint8Array(32),
    cryptoType: "sr25519",
    sign: () => new Uint8Array(64).fill(1),
  };
  // The length counts, so nonce and era are as they will be.
  const [nonce, head] = await Promise.all([client.nonces.next(address), client.head()]);
  const { hex } = signExtrinsic(client.runtime, call, nobody, { nonce, genesis: client.genesis, birth: head });
  const bytes = Buffer.from(hex.slice(2), "hex");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  const name = "TransactionPaymentApi_query_info";
  const answer = await client.ask("state_call", [name, `0x${Buffer.concat([bytes, length]).toString("hex")}`]);
  const info = client.runtime.apiResult("TransactionPaymentApi", "query_info", plainText(answer as Plain, name));
  return plainBigint(plainRecord(info, name)["partialFee"], "the fee");
}

interface Sent {
  readonly signed: SignedExtrinsic;
  /** The block that holds it. */
  landed(timeoutMs: number): Promise<Landing>;
  stop(): void;
}

interface Landing {
  readonly blockHash: string;
}

async function send(
  client: ChainClient,
  spec: CallSpec,
  call: Call,
  signer: Signer,
  options: SubmitOptions,
): Promise<Sent> {
  const { nonces } = client;
  return await nonces.inTurn(signer.address, async () => {
    for (let attempt = 1; ; attempt++) {
      const [head, nonce] = await Promise.all([client.head(), nonces.next(signer.address)]);
      const signed = signExtrinsic(client.runtime, call, signer, {
        nonce,
        genesis: client.genesis,
        birth: { number: head.number, hash: head.hash },
        tipRao: options.tipRao ?? 0n,
      });
      await options.onSigned?.(signed);
      const watch = new Watch(client, nameOf(spec), signed, head.number, options.waitFor ?? "included");
      try {
        await watch.start();
        nonces.taken(signer.address, nonce);
        return watch;
      } catch (error) {
        const refusal = translatePoolError(error, nameOf(spec), { ...options.about, extrinsic: signed.hash });
        if (!(refusal instanceof ChainRefusedError) || attempt >= SIGN_ATTEMPTS) throw refusal;
        if (!(await retryable(client, refusal.chainError, signer.address, nonce))) throw refusal;
      }
    }
  });
}

/** Whether another try can help: the nonce was wrong, or the chain was upgraded under our feet. */
async function retryable(client: ChainClient, name: string, address: string, nonce: number): Promise<boolean> {
  const { nonces } = client;
  if (name === "Stale" || name === "LowPriority" || name === "AlreadyImported") {
    nonces.taken(address, nonce);
    return true;
  }
  if (name === "Future") {
    nonces.forget(address);
    return true;
  }
  if (name === "BadProof" || name === "AncientBirthBlock") {
    const before = client.runtime.specVersion;
    await client.refreshRuntime();
    return name === "AncientBirthBlock" || client.runtime.specVersion !== before;
  }
  return false;
}

/** Follows one transaction by subscription; where the line breaks, by looking into the blocks and sending it again. */
class Watch implements Sent {
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
    const { inBlock, finalized, usurped, finalityTimeout } = (status ?? {}) as Record<string, unknown>;
    const block = this.#waitFor === "finalized" ? (finalized ?? finalityTimeout) : (inBlock ?? finalized);
    if (typeof block === "string") this.#result.resolve({ blockHash: block });
    else if (usurped !== undefined) this.#fail("Usurped");
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

/**
 * Looks for an extrinsic in the blocks from a height on.
 *
 * @returns The block that holds it, if one does, and the newest height that was looked at.
 */
export async function searchBlocks(
  client: ChainClient,
  hash: string,
  from: number,
): Promise<{ readonly blockHash: string | undefined; readonly upTo: number }> {
  const head = await client.head();
  for (let number = from; number <= head.number; number++) {
    const blockHash = await client.blockHash(number);
    if (blockHash === undefined) return { blockHash: undefined, upTo: number - 1 };
    const { index } = await placeOf(client, hash, blockHash);
    if (index >= 0) return { blockHash, upTo: number };
  }
  return { blockHash: undefined, upTo: head.number };
}

async function placeOf(
  client: ChainClient,
  hash: string,
  blockHash: string,
): Promise<{ index: number; number: number }> {
  const answer = plainRecord((await client.ask("chain_getBlock", [blockHash])) as Plain, "a block");
  const block = plainRecord(answer["block"], "a block");
  const header = plainRecord(block["header"], "a block header");
  const extrinsics = plainList(block["extrinsics"], "a block's extrinsics").map((hex) =>
    plainText(hex, "an extrinsic"),
  );
  return {
    index: extrinsics.findIndex((hex) => extrinsicHash(hex) === hash),
    number: Number(plainText(header["number"], "a block number")),
  };
}

/**
 * What became of an extrinsic in a block: its events, its fee, or its refusal.
 *
 * @throws ChainRefusedError if it failed there.
 */
async function outcome(
  client: ChainClient,
  spec: CallSpec,
  signed: SignedExtrinsic,
  { blockHash }: Landing,
  options: SubmitOptions,
): Promise<Inclusion> {
  const { index, number } = await placeOf(client, signed.hash, blockHash);
  const key = client.runtime.storageKey("System", "Events");
  const raw = await client.ask("state_getStorage", [key, blockHash]);
  const events = eventsOf(client.runtime, typeof raw === "string" ? raw : null, index);
  const failure = failureIn(client.runtime, events);
  const feeRao = feeIn(events);
  if (failure !== undefined) {
    throw new ChainRefusedError(failure, {
      ...options.about,
      call: nameOf(spec),
      block: number,
      extrinsic: signed.hash,
      feeRao: feeRao.toString(),
    });
  }
  return { extrinsic: signed.hash, block: number, blockHash, index, feeRao, events };
}

/** What became of an extrinsic that an earlier run sent; undefined as long as no block holds it. */
export async function findInclusion(
  client: ChainClient,
  hash: string,
  fromBlock: number,
): Promise<Inclusion | undefined> {
  const { blockHash } = await searchBlocks(client, hash, Math.max(1, fromBlock));
  if (blockHash === undefined) return undefined;
  const signed: SignedExtrinsic = { hex: "0x", hash, nonce: 0, expiresAfter: fromBlock + ERA_BLOCKS };
  return await outcome(client, { pallet: "an earlier", name: "call", args: {} }, signed, { blockHash }, {});
}
