import { parseDump } from "../engine/dump.ts";
import { credit, freeRao } from "../pallets/accounts.ts";
import { subnetsOf } from "../pallets/subtensor/emission.ts";
import { SubnetworkN } from "../pallets/subtensor/storage.ts";
import { applyScaffold, type BuiltSubnet } from "../scaffold/apply.ts";
import { parseScaffold } from "../scaffold/plan.ts";
import { ScaffoldError } from "../scaffold/scaffold-error.ts";
import { accountParam } from "./author-methods.ts";
import { chopsticksMethods } from "./chopsticks-methods.ts";
import type { RpcMethods } from "./dispatcher.ts";
import { mine } from "./mine.ts";
import type { Node } from "./node.ts";
import { invalidParams } from "./rpc-error.ts";
import { Snapshots } from "./snapshots.ts";
import { SYSTEM_NAME } from "./system-methods.ts";
import { checkInstant, timeParam } from "./time-param.ts";

/** dev_*: what only a development chain can do, beside what has its name from chopsticks. */
export function devMethods(node: Node): RpcMethods {
  const { chain, producer } = node;
  const snapshots = new Snapshots();
  /** What was changed outside a block shows in the next one; where blocks come by themselves, at once. */
  const settle = (): void => {
    if (producer.blockTime === "instant") producer.mine(1);
  };

  return {
    ...chopsticksMethods(node, snapshots),
    dev_mine: (params) => mine(node, params.optionalWhole(0) ?? 1),
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
    dev_warp: (params) => {
      const { ms } = timeParam(params, 0);
      checkInstant(chain.timeMs + ms);
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
    dev_snapshot: () => snapshots.take(chain.snapshot()),
    dev_revert: (params) => {
      chain.revert(snapshots.backTo(params.whole(0)));
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
        clockMs: chain.timeMs,
        aheadMs: Math.max(0, chain.timeMs - Date.now()),
        blockTime: producer.blockTime,
        pending: chain.pool.size,
        snapshots: snapshots.list(),
        subnets: subnetsOf(tree).map((netuid) => ({ netuid, neurons: SubnetworkN.get(tree, netuid) })),
      };
    },
  };
}
