import type { Call } from "@polkadot/types/interfaces";
import type { Signer } from "../base/ports.ts";
import { showDuration } from "../base/units.ts";
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
  const { hex } = signExtrinsic(client.runtime, call, nobody, { nonce: 0, genesis: client.genesis });
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
      const watch = new Watch(client, signed, head.number, options.waitFor ?? "included");
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

/** Follows one transaction by subscription; where the line breaks, by looking into the blocks. */
class Watch implements Sent {
  readonly signed: SignedExtrinsic;
  readonly #client: ChainClient;
  readonly #from: number;
  readonly #waitFor: "included" | "finalized";
  readonly #result: PromiseWithResolvers<Landing>;
  #unsubscribe: (() => void) | undefined;
  #lost = false;

  constructor(client: ChainClient, signed: SignedExtrinsic, from: number, waitFor: "included" | "finalized") {
    this.#client = client;
    this.signed = signed;
    this.#from = from;
    this.#waitFor = waitFor;
    this.#result = Promise.withResolvers<Landing>();
    // Whoever waits gets the rejection; until somebody does, it must not count as unhandled.
    this.#result.promise.catch(() => undefined);
  }

  async start(): Promise<void> {
    try {
      this.#unsubscribe = await this.#client.rpc.subscribe(
        "author_submitAndWatchExtrinsic",
        [this.signed.hex],
        "author_unwatchExtrinsic",
        (status) => this.#status(status),
        () => {
          this.#lost = true;
        },
      );
    } catch (error) {
      // It may have arrived before the line broke: the blocks will tell.
      if (!(error instanceof ChainInterruptedError || error instanceof ChainDeadlineError)) throw error;
      this.#lost = true;
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
    this.#result.reject(new ChainRefusedError({ name, pallet: undefined, docs: "" }, { extrinsic: this.signed.hash }));
  }

  async landed(timeoutMs: number): Promise<Landing> {
    const { clock } = this.#client;
    const until = clock.nowMs() + timeoutMs;
    const stepMs = 500;
    const wake = new AbortController();
    this.#result.promise.finally(() => wake.abort()).catch(() => undefined);
    let next = this.#from + 1;
    while (!wake.signal.aborted && clock.nowMs() < until) {
      await clock.wait(this.#lost ? stepMs : Math.min(2_000, until - clock.nowMs()), wake.signal);
      if (wake.signal.aborted || !this.#lost) continue;
      const search = await searchBlocks(this.#client, this.signed.hash, next).catch(() => undefined);
      if (search === undefined) continue;
      if (search.blockHash !== undefined) this.#result.resolve({ blockHash: search.blockHash });
      else if (search.upTo > (this.signed.expiresAfter ?? Number.POSITIVE_INFINITY)) this.#fail("Dropped");
      // The newest block is looked at again: a reorganisation may replace it.
      next = Math.max(next, search.upTo);
    }
    if (!wake.signal.aborted) {
      throw new ChainDeadlineError("with the transaction in a block", this.#client.endpoint, timeoutMs, {
        extrinsic: this.signed.hash,
        hint: `sent ${showDuration(timeoutMs)} ago`,
      });
    }
    return await this.#result.promise;
  }

  stop(): void {
    this.#unsubscribe?.();
  }
}

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
