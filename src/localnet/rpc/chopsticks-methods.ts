import { isJsonObject } from "../../base/json-object.ts";
import type { Block } from "../engine/block.ts";
import { fromHex, isHex } from "../scale/bytes.ts";
import { setStorage } from "./dev-storage.ts";
import type { RpcMethods } from "./dispatcher.ts";
import { dryRun } from "./dry-run.ts";
import { mine } from "./mine.ts";
import type { Node } from "./node.ts";
import { blockAt } from "./node.ts";
import type { Params } from "./params.ts";
import { invalidParams } from "./rpc-error.ts";
import type { Snapshots } from "./snapshots.ts";
import { checkInstant, timeParam } from "./time-param.ts";

/** Block numbers are u32. */
const MAX_NUMBER = 0xffff_ffff;

interface NewBlocks {
  readonly count: number;
  readonly first: number | undefined;
  readonly transactions: readonly Uint8Array[];
}

const whole = (value: unknown, name: string): number => {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > MAX_NUMBER)
    throw invalidParams(`${name} is a whole number`);
  return value;
};

/** The options of dev_newBlock: at least one block, as in chopsticks. */
function newBlocks(params: Params, head: number): NewBlocks {
  const options: unknown = params.raw(0) ?? {};
  if (!isJsonObject(options)) throw invalidParams("dev_newBlock takes an object");
  const { count, to, unsafeBlockHeight, transactions, ...rest } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw invalidParams(`${unknown} means nothing here: count, to, unsafeBlockHeight and transactions do`);
  const first = unsafeBlockHeight === undefined ? undefined : whole(unsafeBlockHeight, "unsafeBlockHeight");
  if (first !== undefined && first <= head)
    throw invalidParams("unsafeBlockHeight must be greater than current block height");
  if (transactions !== undefined && !(Array.isArray(transactions) && transactions.every(isHex)))
    throw invalidParams("transactions is a list of extrinsics in hex");
  const wanted = to === undefined ? whole(count ?? 1, "count") : whole(to, "to") - head;
  return { count: Math.max(1, wanted), first, transactions: ((transactions ?? []) as string[]).map(fromHex) };
}

/** chopsticks' numbers and names of its build modes. */
const BUILD_MODES: Readonly<Record<string, { readonly blockTime: "instant" | "manual"; readonly oneEach: boolean }>> = {
  Batch: { blockTime: "instant", oneEach: false },
  Instant: { blockTime: "instant", oneEach: true },
  Manual: { blockTime: "manual", oneEach: false },
};
const BUILD_MODE_NAMES = Object.keys(BUILD_MODES);

/** A block by hash, by number, or so many before the newest (0, −1, …). */
function headParam(node: Node, params: Params): Block {
  const value = params.raw(0);
  if (typeof value !== "number") {
    const hash = params.hash(0);
    if (hash === undefined) throw invalidParams("parameter 0 must be a block's hash or number");
    return blockAt(node, hash);
  }
  if (!Number.isInteger(value)) throw invalidParams("a block number is a whole number");
  const number = value > 0 ? value : node.chain.head.header.number + value;
  const hash = node.chain.hashOf(number);
  if (hash === undefined) throw invalidParams(`Block not found ${value}`);
  return blockAt(node, hash);
}

/**
 * The dev_* methods of chopsticks, by its names and with its meaning.
 *
 * @see github.com/AcalaNetwork/chopsticks, packages/core/src/rpc/dev.
 */
export function chopsticksMethods(node: Node, snapshots: Snapshots): RpcMethods {
  const { chain, producer } = node;
  return {
    dev_newBlock: async (params) => {
      const { count, first, transactions } = newBlocks(params, chain.head.header.number);
      for (const bytes of transactions) chain.submit(bytes);
      return await mine(node, count, first);
    },
    dev_setStorage: (params) => {
      const at = params.hash(1);
      if (at !== undefined && at !== chain.head.hash)
        throw invalidParams("only the newest block's storage can be changed; go back to a block with dev_setHead");
      const { tree } = chain.head;
      try {
        chain.patch((execution) => setStorage(execution, params.raw(0)));
      } catch (thrown) {
        chain.patch((execution) => execution.state.rollback(tree));
        throw thrown instanceof TypeError || thrown instanceof RangeError ? invalidParams(thrown.message) : thrown;
      }
      return chain.head.hash;
    },
    dev_timeTravel: (params) => {
      const { ms, absolute } = timeParam(params, 0);
      const target = checkInstant(absolute ? ms : chain.timeMs + ms);
      // Before the first block there is no block's time to be later than, only the clock's.
      const least = chain.head.timestampMs === 0 ? chain.timeMs : chain.head.timestampMs;
      if (target < least) throw invalidParams("time only goes forward; go back to a block with dev_setHead");
      chain.travel(target);
      return target;
    },
    dev_setHead: (params) => {
      const block = headParam(node, params);
      chain.setHead(block);
      snapshots.forgetAfter(block.header.number);
      return block.hash;
    },
    dev_dryRun: (params) => dryRun(node, params),
    dev_setBlockBuildMode: (params) => {
      const value = params.raw(0);
      const name = typeof value === "number" ? BUILD_MODE_NAMES[value] : String(value);
      const mode = name !== undefined && Object.hasOwn(BUILD_MODES, name) ? BUILD_MODES[name] : undefined;
      if (mode === undefined) throw invalidParams(`Invalid mode ${String(value)}: ${BUILD_MODE_NAMES.join(", ")}`);
      producer.become(mode.blockTime, mode.oneEach);
      return null;
    },
  };
}
