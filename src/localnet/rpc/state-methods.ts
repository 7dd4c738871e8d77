import type { ReadableState } from "../engine/state.ts";
import { metadataOf } from "../runtime/metadata.ts";
import { runtimeVersionJson } from "../runtime/version.ts";
import { toHex } from "../scale/bytes.ts";
import { blake2_256 } from "../scale/hashers.ts";
import type { RpcMethods } from "./dispatcher.ts";
import { blockAt, type Node, stateAt, subscriber } from "./node.ts";
import { answerTooLarge, invalidParams } from "./rpc-error.ts";

/** Keys in one page, as a real node limits them, and keys one subscription or query may name. */
const MAX_PAGE = 1_000;
const MAX_KEYS = 16_384;
/** state_getKeys answers at once; more than this would be a message nobody wants. */
const MAX_ALL_KEYS = 100_000;
/** Characters of values in one answer. */
const MAX_ANSWER = 32 * 1024 * 1024;

const hexOrNull = (value: Uint8Array | undefined): string | null => (value === undefined ? null : toHex(value));

/** Keys with their values. @throws RpcError where that would be a message out of all proportion to the question. */
function valuesOf(state: ReadableState, keys: Iterable<string>): [string, string | null][] {
  let size = 0;
  return Array.from(keys, (key) => {
    const value = hexOrNull(state.get(key));
    size += key.length + (value?.length ?? 0);
    if (size > MAX_ANSWER) throw answerTooLarge(MAX_ANSWER);
    return [`0x${key}`, value];
  });
}

/** state_*: storage, metadata, runtime calls. */
export function stateMethods(node: Node): RpcMethods {
  const { chain } = node;
  const { published } = chain.logic;
  const version = runtimeVersionJson(published.apis);

  const getStorage: RpcMethods[string] = (params) =>
    hexOrNull(stateAt(node, params.hash(1)).get(params.hex(0).slice(2)));
  const queryStorageAt: RpcMethods[string] = (params) => {
    const block = blockAt(node, params.hash(1));
    const keys = params.keys(0, MAX_KEYS);
    return [{ block: block.hash, changes: valuesOf(block.tree, keys) }];
  };
  const getKeysPaged: RpcMethods[string] = (params) => {
    const prefix = (params.optionalHex(0) ?? "0x").slice(2);
    const count = params.whole(1);
    if (count > MAX_PAGE) throw invalidParams(`a page holds at most ${MAX_PAGE} keys`);
    const start = params.optionalHex(2)?.slice(2);
    const keys: string[] = [];
    for (const [key] of stateAt(node, params.hash(3)).entries(prefix, start)) {
      if (keys.length >= count) break;
      keys.push(`0x${key}`);
    }
    return keys;
  };
  const runtimeVersion: RpcMethods[string] = (params) => {
    blockAt(node, params.hash(0));
    return version;
  };
  const unsubscribe: RpcMethods[string] = (params, connection) => subscriber(connection).unsubscribe(params.raw(0));
  const subscribeRuntimeVersion: RpcMethods[string] = (_, connection) =>
    subscriber(connection).subscribe("state_runtimeVersion", (notify) => {
      notify(version);
      return () => undefined;
    });

  return {
    state_getStorage: getStorage,
    state_getStorageAt: getStorage,
    state_getStorageHash: (params) => {
      const value = stateAt(node, params.hash(1)).get(params.hex(0).slice(2));
      return value === undefined ? null : toHex(blake2_256(value));
    },
    state_getStorageSize: (params) => stateAt(node, params.hash(1)).get(params.hex(0).slice(2))?.length ?? null,
    state_queryStorageAt: queryStorageAt,
    state_getKeysPaged: getKeysPaged,
    state_getKeysPagedAt: getKeysPaged,
    state_getKeys: (params) => {
      const prefix = (params.optionalHex(0) ?? "0x").slice(2);
      const keys: string[] = [];
      for (const [key] of stateAt(node, params.hash(1)).entries(prefix)) {
        keys.push(`0x${key}`);
        if (keys.length > MAX_ALL_KEYS) throw invalidParams("too many keys at once: use state_getKeysPaged");
      }
      return keys;
    },
    state_getMetadata: (params) => {
      blockAt(node, params.hash(0));
      return toHex(metadataOf(published, 14));
    },
    state_getRuntimeVersion: runtimeVersion,
    chain_getRuntimeVersion: runtimeVersion,
    state_call: (params) => toHex(node.apis.call(params.text(0), params.bytes(1), blockAt(node, params.hash(2)))),
    state_callAt: (params) => toHex(node.apis.call(params.text(0), params.bytes(1), blockAt(node, params.hash(2)))),
    state_subscribeRuntimeVersion: subscribeRuntimeVersion,
    chain_subscribeRuntimeVersion: subscribeRuntimeVersion,
    state_unsubscribeRuntimeVersion: unsubscribe,
    chain_unsubscribeRuntimeVersion: unsubscribe,
    state_subscribeStorage: (params, connection) => {
      const wanted = new Set(params.keys(0, MAX_KEYS));
      const client = subscriber(connection);
      // Refused here, where an error can still be told, not in the first notification.
      valuesOf(chain.head.tree, wanted);
      return client.subscribe(
        "state_storage",
        (notify) => {
          const { head } = chain;
          const values = [...wanted].map((key) => [`0x${key}`, hexOrNull(head.tree.get(key))]);
          notify({ block: head.hash, changes: values });
          return chain.listen({
            block: (block, { changes: changed }) => {
              // The smaller side is walked: a subscription to thousands of keys costs no more than the block's changes.
              const walked = changed === undefined || wanted.size < changed.size ? wanted : changed.keys();
              const changes: [string, string | null][] = [];
              for (const key of walked) {
                if (wanted.has(key) && (changed === undefined || changed.has(key)))
                  changes.push([`0x${key}`, hexOrNull(block.tree.get(key))]);
              }
              if (changes.length > 0) notify({ block: block.hash, changes });
            },
          });
        },
        wanted.size,
      );
    },
    state_unsubscribeStorage: unsubscribe,
  };
}
