import { Refusal } from "../engine/invalid-transaction.ts";
import type { PoolCheck } from "../engine/logic.ts";
import { checkShieldInPool } from "./mev-shield.ts";
import { checkRevealInPool, type RawReveal, revealArgs } from "./subtensor/hash-commits.ts";
import { checkServeInPool } from "./subtensor/serving.ts";
import { checkTimelockInPool } from "./subtensor/timelock-commits.ts";

type Check = (check: PoolCheck) => void;

const serve: Check = ({ state, block, who, call }) =>
  checkServeInPool(state, block, who, call.args as unknown as Parameters<typeof checkServeInPool>[3]);
const reveal: Check = ({ state, block, who, call }) =>
  checkRevealInPool(state, block, who, revealArgs(call.args as unknown as RawReveal));
const timelock: Check = ({ state, call }) =>
  checkTimelockInPool(state, call.args as unknown as { reveal_round: bigint });

/** Calls that a real node's pool looks into before a block does. */
const CHECKS: ReadonlyMap<string, Check> = new Map([
  ["SubtensorModule.serve_axon", serve],
  ["SubtensorModule.serve_axon_tls", serve],
  ["SubtensorModule.reveal_weights", reveal],
  ["SubtensorModule.reveal_mechanism_weights", reveal],
  ["SubtensorModule.commit_timelocked_weights", timelock],
  ["SubtensorModule.commit_timelocked_mechanism_weights", timelock],
  ["MevShield.submit_encrypted", checkShieldInPool],
  [
    "Timestamp.set",
    () => {
      throw Refusal.call();
    },
  ],
]);

/** @throws InvalidTransaction with the chain's own code. */
export const checkInPool: Check = (check) => CHECKS.get(`${check.call.pallet}.${check.call.name}`)?.(check);
