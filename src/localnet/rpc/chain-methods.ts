import { headerJson } from "../engine/header.ts";
import { toHex } from "../scale/bytes.ts";
import type { RpcMethods } from "./dispatcher.ts";
import { type Node, subscriber } from "./node.ts";
import type { Params } from "./params.ts";
import { invalidParams } from "./rpc-error.ts";

/** Hashes in one answer. */
const MAX_HASHES = 16_384;

/** chain_*: blocks, headers and their hashes. */
export function chainMethods(node: Node): RpcMethods {
  const { chain } = node;
  const find = (params: Params) => {
    const hash = params.hash(0);
    return hash === undefined ? chain.head : chain.block(hash);
  };
  const getBlockHash = (params: Params): unknown => {
    const wanted = params.raw(0);
    if (wanted === undefined || wanted === null) return chain.head.hash;
    if (!Array.isArray(wanted)) return chain.hashOf(params.whole(0)) ?? null;
    if (wanted.length > MAX_HASHES) throw invalidParams(`at most ${MAX_HASHES} block numbers at once`);
    return wanted.map((number: unknown) => {
      if (typeof number !== "number") throw invalidParams("block numbers are numbers");
      return chain.hashOf(number) ?? null;
    });
  };
  const subscribe =
    (notification: string, event: "block" | "finalized"): RpcMethods[string] =>
    (_, connection) =>
      subscriber(connection).subscribe(notification, (notify) => {
        notify(headerJson(event === "block" ? chain.head.header : chain.finalized.header));
        return chain.listen({
          [event]: (block: { header: Parameters<typeof headerJson>[0] }) => notify(headerJson(block.header)),
        });
      });
  const unsubscribe: RpcMethods[string] = (params, connection) => subscriber(connection).unsubscribe(params.raw(0));

  return {
    chain_getBlock: (params) => {
      const block = find(params);
      if (block === undefined) return null;
      return {
        block: { header: headerJson(block.header), extrinsics: block.extrinsics.map(toHex) },
        justifications: null,
      };
    },
    chain_getHeader: (params) => {
      const block = find(params);
      return block === undefined ? null : headerJson(block.header);
    },
    chain_getBlockHash: getBlockHash,
    chain_getHead: getBlockHash,
    chain_getFinalizedHead: () => chain.finalized.hash,
    chain_getFinalisedHead: () => chain.finalized.hash,
    chain_subscribeNewHeads: subscribe("chain_newHead", "block"),
    chain_subscribeNewHead: subscribe("chain_newHead", "block"),
    subscribe_newHead: subscribe("chain_newHead", "block"),
    chain_subscribeAllHeads: subscribe("chain_allHead", "block"),
    chain_subscribeFinalizedHeads: subscribe("chain_finalizedHead", "finalized"),
    chain_subscribeFinalisedHeads: subscribe("chain_finalizedHead", "finalized"),
    chain_unsubscribeNewHeads: unsubscribe,
    chain_unsubscribeNewHead: unsubscribe,
    unsubscribe_newHead: unsubscribe,
    chain_unsubscribeAllHeads: unsubscribe,
    chain_unsubscribeFinalizedHeads: unsubscribe,
    chain_unsubscribeFinalisedHeads: unsubscribe,
  };
}
