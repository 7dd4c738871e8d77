import type { RuntimeApis } from "../apis/runtime-apis.ts";
import type { Block } from "../engine/block.ts";
import type { Chain } from "../engine/chain.ts";
import type { Producer } from "../engine/producer.ts";
import type { ReadableState } from "../engine/state.ts";
import type { Connection } from "./connection.ts";
import { RpcError, stateDiscarded, unknownBlock } from "./rpc-error.ts";

/** What RPC methods work on. */
export interface Node {
  readonly chain: Chain;
  readonly producer: Producer;
  readonly apis: RuntimeApis;
  readonly version: string;
}

/** The block of a hash with its state, the newest without one. @throws RpcError as a pruned node words it. */
export function blockAt(node: Node, hash: string | undefined): Block {
  const { chain } = node;
  if (hash === undefined) return chain.head;
  const block = chain.block(hash);
  if (block === undefined && !chain.has(hash)) throw unknownBlock(hash);
  const tree = block?.tree;
  if (block === undefined || tree === undefined) throw stateDiscarded(hash);
  return { ...block, tree };
}

export const stateAt = (node: Node, hash: string | undefined): ReadableState => blockAt(node, hash).tree;

/** @throws RpcError over HTTP, which cannot carry notifications. */
export function subscriber(connection: Connection | undefined): Connection {
  if (connection === undefined) throw new RpcError(-32_601, "Method not found", "subscriptions need a WebSocket");
  return connection;
}
