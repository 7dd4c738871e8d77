import { ensure, moduleError } from "../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureRoot, type Origin } from "../engine/execution.ts";
import { FeeRate } from "./subtensor/pool-price.ts";
import { NetworksAdded } from "./subtensor/storage.ts";

const P = "Swap";
/** Swap.MaxFeeRate of spec 461. */
const MAX_FEE_RATE = 10_000;

const deprecated = (): never => {
  throw moduleError(P, "Deprecated");
};

/** The pools' fee; liquidity of users is gone from the real chain too, where these calls say so. */
export const swapCalls: CallHandlers = {
  set_fee_rate: (execution: Execution, origin: Origin, { netuid, rate }: { netuid: number; rate: number }) => {
    ensureRoot(origin);
    ensure(NetworksAdded.get(execution.state, netuid), P, "MechanismDoesNotExist");
    ensure(rate <= MAX_FEE_RATE, P, "FeeRateTooHigh");
    FeeRate.set(execution.state, [netuid], rate);
    execution.emit(P, "FeeRateSet", { netuid, rate });
  },
  add_liquidity: deprecated,
  remove_liquidity: deprecated,
  modify_position: deprecated,
  toggle_user_liquidity: deprecated,
  disable_lp: deprecated,
};
