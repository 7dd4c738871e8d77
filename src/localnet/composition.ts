import { basketApis } from "./apis/basket-views.ts";
import { CORE_API_METHODS, coreApis } from "./apis/core-apis.ts";
import { metagraphApis } from "./apis/metagraph-views.ts";
import { neuronApis } from "./apis/neuron-views.ts";
import { RuntimeApis } from "./apis/runtime-apis.ts";
import { stakeApis } from "./apis/stake-views.ts";
import { subnetApis } from "./apis/subnet-views.ts";
import type { CallHandler, CallHandlers } from "./engine/execution.ts";
import type { RuntimeLogic } from "./engine/logic.ts";
import { adminCalls } from "./pallets/admin.ts";
import { balancesCalls } from "./pallets/balances.ts";
import { commitmentsCalls } from "./pallets/commitments.ts";
import { drandCalls, publishPulses } from "./pallets/drand.ts";
import { mevShieldCalls } from "./pallets/mev-shield.ts";
import { multisigCalls } from "./pallets/multisig.ts";
import { ownerCalls } from "./pallets/owner-calls.ts";
import { checkInPool } from "./pallets/pool-checks.ts";
import { proxyCalls } from "./pallets/proxy.ts";
import { autoStakeCalls } from "./pallets/subtensor/auto-stake.ts";
import { stepSubtensor } from "./pallets/subtensor/block-step.ts";
import { childrenCalls } from "./pallets/subtensor/children.ts";
import { hashCommitCalls } from "./pallets/subtensor/hash-commits.ts";
import { hotkeyCalls } from "./pallets/subtensor/hotkeys.ts";
import { identityCalls } from "./pallets/subtensor/identities.ts";
import { networkCalls } from "./pallets/subtensor/networks.ts";
import { registrationCalls } from "./pallets/subtensor/registration.ts";
import { servingCalls } from "./pallets/subtensor/serving.ts";
import { setWeightsCalls } from "./pallets/subtensor/set-weights.ts";
import { stakeCalls } from "./pallets/subtensor/stake.ts";
import { stakeMoveCalls } from "./pallets/subtensor/stake-moves.ts";
import { needNoColdkeySwap, swapColdkeyCalls } from "./pallets/subtensor/swap-coldkey.ts";
import { swapHotkeyCalls } from "./pallets/subtensor/swap-hotkey.ts";
import { timelockCalls } from "./pallets/subtensor/timelock-commits.ts";
import { votingPowerCalls } from "./pallets/subtensor/voting-power.ts";
import { swapCalls } from "./pallets/swap.ts";
import { systemCalls } from "./pallets/system.ts";
import { sudoCalls, utilityCalls } from "./pallets/utility.ts";
import { Runtime } from "./runtime/runtime.ts";

/** The timestamp is set by the block itself; nobody can send it. */
const timestampCalls: CallHandlers = { set: () => undefined };

const CALLS: Readonly<Record<string, CallHandlers>> = {
  System: systemCalls,
  Timestamp: timestampCalls,
  Balances: balancesCalls,
  Utility: utilityCalls,
  Sudo: sudoCalls,
  SubtensorModule: {
    ...autoStakeCalls,
    ...childrenCalls,
    ...hashCommitCalls,
    ...hotkeyCalls,
    ...identityCalls,
    ...networkCalls,
    ...ownerCalls,
    ...registrationCalls,
    ...servingCalls,
    ...setWeightsCalls,
    ...stakeCalls,
    ...stakeMoveCalls,
    ...swapColdkeyCalls,
    ...swapHotkeyCalls,
    ...timelockCalls,
    ...votingPowerCalls,
  },
  AdminUtils: adminCalls,
  Commitments: commitmentsCalls,
  Drand: drandCalls,
  MevShield: mevShieldCalls,
  Multisig: multisigCalls,
  Proxy: proxyCalls,
  Swap: swapCalls,
};

const handlersByName = (): Map<string, CallHandler> =>
  new Map(
    Object.entries(CALLS).flatMap(([pallet, calls]) =>
      Object.entries(calls).map(([name, handler]) => [`${pallet}.${name}`, handler] as const),
    ),
  );

/** Views of the subtensor pallet. */
const VIEWS = { ...subnetApis, ...metagraphApis, ...neuronApis, ...stakeApis, ...basketApis };

/** Puts the pallets together: what clients see is exactly what has an implementation. */
export function composeRuntime(slotMs?: number): { logic: RuntimeLogic; apis: RuntimeApis } {
  const handlers = handlersByName();
  const published = new Runtime({
    calls: new Set(handlers.keys()),
    apis: new Set([...CORE_API_METHODS, ...Object.keys(VIEWS)]),
    ...(slotMs === undefined ? {} : { slotMs }),
  });
  const apiHandlers = new Map(Object.entries({ ...coreApis(published), ...VIEWS }));
  const logic: RuntimeLogic = {
    published,
    handlers,
    onInitialize: (execution) => {
      publishPulses(execution);
      stepSubtensor(execution);
    },
    beforeDispatch: ({ state }, origin, call) => {
      if (origin.type === "signed") needNoColdkeySwap(state, origin.who, call);
    },
    checkInPool,
  };
  return { logic, apis: new RuntimeApis(published, apiHandlers) };
}
