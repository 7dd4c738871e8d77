import { ALPHA_PER_BLOCK_RAO, accrueBlock } from "../../../yuma/emission.ts";
import type { Execution } from "../../engine/execution.ts";
import type { ReadableState } from "../../engine/state.ts";
import { alphaPriceRao } from "./pool-price.ts";
import {
  BlockEmission,
  EMAPriceHalvingBlocks,
  FirstEmissionBlockNumber,
  NetworkRegistrationAllowed,
  NetworksAdded,
  OwnerCutEnabled,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  ROOT_NETUID,
  SubnetAlphaIn,
  SubnetAlphaInEmission,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetEmissionEnabled,
  SubnetMovingAlpha,
  SubnetMovingPrice,
  SubnetOwnerCut,
  SubnetTAO,
  SubnetTaoInEmission,
  SubtokenEnabled,
  TaoWeight,
  TotalIssuance,
} from "./storage.ts";

const RAO = 1_000_000_000n;

/** Subnets other than root, ascending. */
export const subnetsOf = (state: ReadableState): number[] =>
  [...NetworksAdded.entries(state)]
    .flatMap(([[netuid], added]) => (added && netuid !== ROOT_NETUID ? [netuid] : []))
    .sort((a, b) => a - b);

const isEmitting = (state: ReadableState, netuid: number): boolean =>
  FirstEmissionBlockNumber.get(state, netuid) !== undefined &&
  SubtokenEnabled.get(state, netuid) &&
  NetworkRegistrationAllowed.get(state, netuid);

/** The pool's part: TAO by share of the block's emission, alpha at the price, at most one alpha a block. */
function feedPool(execution: Execution, netuid: number, taoShareRao: bigint): void {
  const { state } = execution;
  const price = alphaPriceRao(state, netuid);
  if (price === 0n) return;
  const wanted = (taoShareRao * RAO) / price;
  const alphaIn = wanted < ALPHA_PER_BLOCK_RAO ? wanted : ALPHA_PER_BLOCK_RAO;
  const taoIn = (alphaIn * price) / RAO;
  SubnetAlphaIn.update(state, [netuid], (alpha) => alpha + alphaIn);
  SubnetTAO.update(state, [netuid], (tao) => tao + taoIn);
  SubnetAlphaInEmission.set(state, [netuid], alphaIn);
  SubnetTaoInEmission.set(state, [netuid], taoIn);
  TotalIssuance.update(state, [], (total) => total + taoIn);
}

/** One block's emission of every started subnet, split into what waits for the next epoch. */
export function accrue(execution: Execution): void {
  const { state } = execution;
  const emitting = subnetsOf(state).filter((netuid) => isEmitting(state, netuid));
  if (emitting.length === 0) return;
  const moving = emitting.reduce((sum, netuid) => sum + SubnetMovingPrice.get(state, netuid).bits, 0n);
  const rootPaid = moving > 1n << 32n;
  // TAO flows only into subnets that root has switched on; alpha is emitted in all of them.
  const fed = emitting.filter((netuid) => SubnetEmissionEnabled.get(state, netuid));
  const taoShare = fed.length === 0 ? 0n : BlockEmission.get(state) / BigInt(fed.length);
  for (const netuid of emitting) {
    const accrual = accrueBlock({
      alphaOutRao: ALPHA_PER_BLOCK_RAO,
      ownerCutU16: OwnerCutEnabled.get(state, netuid) ? SubnetOwnerCut.get(state) : 0,
      rootTaoRao: SubnetTAO.get(state, ROOT_NETUID),
      taoWeight: TaoWeight.get(state),
      alphaIssuanceRao: SubnetAlphaIn.get(state, netuid) + SubnetAlphaOut.get(state, netuid),
      rootPaid,
    });
    const emitted = ALPHA_PER_BLOCK_RAO - accrual.recycledRao;
    PendingOwnerCut.update(state, [netuid], (rao) => rao + accrual.ownerCutRao);
    PendingServerEmission.update(state, [netuid], (rao) => rao + accrual.serverRao);
    PendingValidatorEmission.update(state, [netuid], (rao) => rao + accrual.validatorRao);
    PendingRootAlphaDivs.update(state, [netuid], (rao) => rao + accrual.rootRao);
    SubnetAlphaOut.update(state, [netuid], (rao) => rao + emitted);
    SubnetAlphaOutEmission.set(state, [netuid], emitted);
    feedPool(execution, netuid, fed.includes(netuid) ? taoShare : 0n);
  }
}

/** Moves each started subnet's average price a little towards the price of the moment, capped at 1 TAO. */
export function updateMovingPrices(execution: Execution): void {
  const { state, blockNumber } = execution;
  for (const netuid of subnetsOf(state)) {
    const first = FirstEmissionBlockNumber.get(state, netuid);
    if (first === undefined || !isEmitting(state, netuid)) continue;
    const age = BigInt(blockNumber) - first + 1n;
    const halving = EMAPriceHalvingBlocks.get(state, netuid);
    const alpha = age <= 0n ? 0n : (SubnetMovingAlpha.get(state).bits * age) / (age + halving);
    const price = (alphaPriceRao(state, netuid) << 32n) / RAO;
    const capped = price < 1n << 32n ? price : 1n << 32n;
    const before = SubnetMovingPrice.get(state, netuid).bits;
    const bits = (alpha * capped + ((1n << 32n) - alpha) * before) >> 32n;
    SubnetMovingPrice.set(state, [netuid], { bits });
  }
}
