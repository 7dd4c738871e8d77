import { decodeSs58 } from "../../base/ss58.ts";
import { feeOf } from "../engine/fees.ts";
import { InvalidTransaction } from "../engine/invalid-transaction.ts";
import type { PoolEntry, PoolStatus } from "../engine/pool.ts";
import { unshielded } from "../pallets/mev-shield.ts";
import { Account } from "../pallets/system-storage.ts";
import { fromHex, isHex, toHex } from "../scale/bytes.ts";
import type { RpcMethods } from "./dispatcher.ts";
import { type Node, stateAt, subscriber } from "./node.ts";
import type { Params } from "./params.ts";
import { invalidParams } from "./rpc-error.ts";

/** A pool status as clients expect it: a word, or a word with a hash. */
export const statusJson = (status: PoolStatus): unknown => {
  if ("block" in status) return { [status.type]: status.block };
  return "by" in status ? { usurped: status.by } : status.type;
};

const FINAL: ReadonlySet<PoolStatus["type"]> = new Set(["invalid", "dropped", "usurped", "finalized"]);

/** An account given as an SS58 address or as 0x-hex of its public key. */
export function accountOf(text: string): string {
  if (isHex(text) && fromHex(text).length === 32) return text.toLowerCase();
  const key = decodeSs58(text);
  if (key === undefined) throw invalidParams(`"${text.slice(0, 64)}" must be an SS58 address with prefix 42`);
  return toHex(key);
}
export const accountParam = (params: Params, index: number): string => accountOf(params.text(index));

/** author_*, payment_* and account nonces: getting extrinsics in. */
export function authorMethods(node: Node): RpcMethods {
  const { chain, producer } = node;
  const nextIndex: RpcMethods[string] = (params) => {
    const who = accountParam(params, 0);
    return chain.pool.nextNonce(who, Account.get(chain.head.tree, who).nonce);
  };
  const fee = (params: Params) => {
    const bytes = params.bytes(0);
    stateAt(node, params.hash(1));
    return feeOf(chain.decode(bytes).call, bytes.length);
  };
  /** What is sealed follows its carrier, as a block's author places it; if it is invalid only the carrier lands. */
  const submit = (bytes: Uint8Array): PoolEntry => {
    const entry = chain.submit(bytes);
    const inner = unshielded(entry.extrinsic.call);
    try {
      if (inner !== undefined) chain.submit(inner);
    } catch (thrown) {
      if (!(thrown instanceof InvalidTransaction)) throw thrown;
    }
    return entry;
  };
  return {
    author_submitExtrinsic: (params) => {
      const { extrinsic } = submit(params.bytes(0));
      producer.submitted();
      return extrinsic.hash;
    },
    author_submitAndWatchExtrinsic: (params, connection) => {
      const client = subscriber(connection);
      const entry = submit(params.bytes(0));
      return client.subscribe("author_extrinsicUpdate", (notify, end) => {
        const watcher = (status: PoolStatus): void => {
          notify(statusJson(status));
          if (FINAL.has(status.type)) end();
        };
        entry.watchers.add(watcher);
        const nonce = Account.get(chain.head.tree, entry.who).nonce;
        watcher({ type: chain.pool.isReady(entry.who, entry.nonce, nonce) ? "ready" : "future" });
        producer.submitted();
        return () => entry.watchers.delete(watcher);
      });
    },
    author_unwatchExtrinsic: (params, connection) => subscriber(connection).unsubscribe(params.raw(0)),
    author_pendingExtrinsics: () => chain.pool.pending().map(({ bytes }) => toHex(bytes)),
    system_accountNextIndex: nextIndex,
    account_nextIndex: nextIndex,
    payment_queryInfo: (params) => {
      const { total } = fee(params);
      return { weight: { ref_time: 224_051_000, proof_size: 7_791 }, class: "normal", partialFee: total.toString() };
    },
    payment_queryFeeDetails: (params) => {
      const { base, length, weight, total } = fee(params);
      const hex = (rao: bigint): string => `0x${rao.toString(16)}`;
      const inclusionFee =
        total === 0n ? null : { baseFee: hex(base), lenFee: hex(length), adjustedWeightFee: hex(weight) };
      return { inclusionFee };
    },
  };
}
