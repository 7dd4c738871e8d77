import type { Call } from "@polkadot/types/interfaces";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { type ChainEvent, eventsOf, failureIn, feeIn } from "./events.ts";
import { ERA_BLOCKS, type SignedExtrinsic, signExtrinsic } from "./extrinsic.ts";
import { placeOf, searchBlocks } from "./extrinsic-search.ts";
import { ExtrinsicWatch, type Landing } from "./extrinsic-watch.ts";
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

async function send(
  client: ChainClient,
  spec: CallSpec,
  call: Call,
  signer: Signer,
  options: SubmitOptions,
): Promise<ExtrinsicWatch> {
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
      const watch = new ExtrinsicWatch(client, nameOf(spec), signed, head.number, options.waitFor ?? "included");
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
