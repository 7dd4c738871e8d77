import { UsageError } from "../../base/errors.ts";
import { parseDurationMs } from "../../base/units.ts";
import type { ChainSnapshot } from "../engine/chain.ts";
import { parseDump } from "../engine/dump.ts";
import { credit, freeRao } from "../pallets/accounts.ts";
import { subnetsOf } from "../pallets/subtensor/emission.ts";
import { SubnetworkN } from "../pallets/subtensor/storage.ts";
import { applyScaffold, type BuiltSubnet } from "../scaffold/apply.ts";
import { parseScaffold } from "../scaffold/plan.ts";
import { ScaffoldError } from "../scaffold/scaffold-error.ts";
import { accountParam } from "./author-methods.ts";
import { setStorage } from "./dev-storage.ts";
import type { RpcMethods } from "./dispatcher.ts";
import type { Node } from "./node.ts";
import type { Params } from "./params.ts";
import { invalidParams, RpcError } from "./rpc-error.ts";
import { SYSTEM_NAME } from "./system-methods.ts";

/** Blocks in one call: more than that would hold everybody else up. */
const MAX_BLOCKS = 100_000;
/** Snapshots held; each keeps the state of its block alive. */
const MAX_SNAPSHOTS = 256;
/** Blocks made before others get a turn. */
const MINE_SLICE = 200;

interface NewBlockOptions {
  readonly count?: number;
  readonly to?: number;
  readonly unsafeBlockHeight?: number;
}

const whole = (value: unknown, name: string): number => {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
    throw invalidParams(`${name} is a whole number`);
  return value;
};

/** How many blocks the options of dev_newBlock ask for. */
function blocksWanted(params: Params, head: number): number {
  const options = (params.raw(0) ?? {}) as NewBlockOptions;
  if (typeof options !== "object") throw invalidParams("dev_newBlock takes an object");
  if (options.to !== undefined) return Math.max(0, whole(options.to, "to") - head);
  if (options.unsafeBlockHeight !== undefined)
    return Math.max(0, whole(options.unsafeBlockHeight, "unsafeBlockHeight") - head);
  return options.count === undefined ? 1 : whole(options.count, "count");
}

/** Milliseconds from a number, a duration such as "1h", or an RFC 3339 time (for dev_timeTravel). */
function timeParam(params: Params, index: number): { ms: number; absolute: boolean } {
  const value = params.raw(index);
  if (typeof value === "number" && Number.isFinite(value) && value >= 0)
    return { ms: Math.floor(value), absolute: true };
  if (typeof value !== "string") throw invalidParams("a time is a number of milliseconds, a duration or a date");
  const date = Date.parse(value);
  if (/^[0-9]{4}-/.test(value) && !Number.isNaN(date)) return { ms: date, absolute: true };
  try {
    return { ms: parseDurationMs(value), absolute: false };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw invalidParams(thrown.message);
    throw thrown;
  }
}

/**
 * dev_*: what only a development chain can do. dev_newBlock, dev_setStorage and dev_timeTravel mean what they mean in
 * chopsticks; the others are ours.
 */
export function devMethods(node: Node): RpcMethods {
  const { chain, producer } = node;
  const snapshots = new Map<number, ChainSnapshot>();
  let lastSnapshot = 0;

  const mine = async (count: number): Promise<string> => {
    if (count > MAX_BLOCKS) throw invalidParams(`at most ${MAX_BLOCKS} blocks at once`);
    for (let left = count; left > 0; left -= MINE_SLICE) {
      producer.mine(Math.min(left, MINE_SLICE));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    return chain.head.hash;
  };
  /** What was changed outside a block shows in the next one; where blocks come by themselves, at once. */
  const settle = (): void => {
    if (producer.blockTime === "instant") producer.mine(1);
  };

  return {
    dev_newBlock: (params) => mine(blocksWanted(params, chain.head.header.number)),
    dev_mine: (params) => mine(params.optionalWhole(0) ?? 1),
    dev_setStorage: (params) => {
      const { tree } = chain.head;
      try {
        chain.patch((execution) => setStorage(execution, params.raw(0)));
      } catch (thrown) {
        chain.patch((execution) => execution.state.rollback(tree));
        throw thrown instanceof TypeError ? invalidParams(thrown.message) : thrown;
      }
      return chain.head.hash;
    },
    dev_scaffold: (params) => {
      const { tree } = chain.head;
      let built: BuiltSubnet[] = [];
      try {
        const plan = parseScaffold(params.raw(0));
        chain.patch((execution) => {
          built = applyScaffold(execution, plan);
        });
      } catch (thrown) {
        chain.patch((execution) => execution.state.rollback(tree));
        throw thrown instanceof ScaffoldError ? invalidParams(thrown.message) : thrown;
      }
      settle();
      return { subnets: built };
    },
    dev_timeTravel: (params) => {
      const { ms, absolute } = timeParam(params, 0);
      const target = absolute ? ms : chain.timeMs + ms;
      // Before the first block there is no block's time to be later than, only the clock's.
      const least = chain.head.timestampMs === 0 ? chain.timeMs : chain.head.timestampMs;
      if (target < least) throw invalidParams("time only goes forward");
      chain.warp(target - chain.timeMs);
      return target;
    },
    dev_warp: (params) => {
      const { ms } = timeParam(params, 0);
      chain.warp(ms);
      return chain.timeMs;
    },
    dev_faucet: (params) => {
      const account = accountParam(params, 0);
      const amountRao = params.amount(1);
      const failure = { message: "" };
      chain.patch((execution) => {
        failure.message =
          execution.attempt(() => credit(execution, account, amountRao, { minted: true }))?.message ?? "";
      });
      if (failure.message !== "") throw invalidParams(`the faucet cannot pay that: ${failure.message}`);
      settle();
      return { account, freeRao: freeRao(chain.head.tree, account).toString() };
    },
    dev_snapshot: () => {
      if (snapshots.size >= MAX_SNAPSHOTS) {
        throw new RpcError(
          -32_000,
          "Too many snapshots",
          `at most ${MAX_SNAPSHOTS} are kept; revert to one or restart`,
        );
      }
      snapshots.set(++lastSnapshot, chain.snapshot());
      return lastSnapshot;
    },
    dev_revert: (params) => {
      const id = params.whole(0);
      const snapshot = snapshots.get(id);
      if (snapshot === undefined) throw new RpcError(-32_001, "No such snapshot", `there is no snapshot ${id}`);
      chain.revert(snapshot);
      // Later snapshots are of blocks that are gone.
      for (const later of [...snapshots.keys()]) if (later > id) snapshots.delete(later);
      return chain.head.hash;
    },
    dev_dump: () => chain.dump(),
    dev_load: (params) => {
      chain.load(parseDump(params.raw(0)));
      snapshots.clear();
      return chain.head.hash;
    },
    dev_status: () => {
      const { header, hash, tree, timestampMs } = chain.head;
      return {
        name: SYSTEM_NAME,
        version: node.version,
        genesis: chain.genesisHash,
        block: header.number,
        hash,
        finalized: chain.finalized.header.number,
        timestampMs,
        aheadMs: Math.max(0, chain.timeMs - Date.now()),
        blockTime: producer.blockTime,
        pending: chain.pool.size,
        snapshots: [...snapshots].map(([id, { head }]) => ({ id, block: head.header.number })),
        subnets: subnetsOf(tree).map((netuid) => ({ netuid, neurons: SubnetworkN.get(tree, netuid) })),
      };
    },
  };
}
