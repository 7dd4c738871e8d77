import { moduleError } from "../engine/dispatch-error.ts";
import type { Execution, Origin } from "../engine/execution.ts";
import type { ReadableState } from "../engine/state.ts";
import { StorageItem } from "../engine/storage-item.ts";
import type { Tagged } from "../scale/codec.ts";
import { ensureSubnetOwner, need } from "./subtensor/checks.ts";
import { isAllowed, LastRateLimitedBlock, LimitedKind, lastOfKind, recordKind } from "./subtensor/rate-limits.ts";
import {
  AdminFreezeWindow,
  LastEpochBlock,
  NetworksAdded,
  OwnerHyperparamRateLimit,
  PendingEpochAt,
  Tempo,
} from "./subtensor/storage.ts";

const WeightsVersionKeyRateLimit = new StorageItem<[], bigint>("SubtensorModule", "WeightsVersionKeyRateLimit");
/** Blocks, as the network runs (prod_or_fast's first value). @see subtensor lib.rs (spec 425, 14bc6f9) */
const MECHANISM_COUNT_BLOCKS = 7_200n;
const MECHANISM_EMISSION_BLOCKS = 7_200n;
const TRIMMING_BLOCKS = 216_000n;
const OWNER_HOTKEY_BLOCKS = 50_400n;
const TEMPO_BLOCKS = 360n;

export const needAdminSubnet = (execution: Execution, netuid: number): void => {
  if (!NetworksAdded.get(execution.state, netuid)) throw moduleError("AdminUtils", "SubnetDoesNotExist");
};

/** Blocks until an epoch that nobody triggered; far away where there is none. */
export const blocksUntilEpoch = (state: ReadableState, netuid: number, block: number): bigint => {
  const tempo = Tempo.get(state, netuid);
  if (tempo === 0) return 1n << 64n;
  const left = LastEpochBlock.get(state, netuid) + BigInt(tempo - block);
  return left > 0n ? left : 0n;
};

/** Rules do not change shortly before an epoch is computed by them. @throws AdminActionProhibitedDuringWeightsWindow */
export function needOutsideFreeze({ state, blockNumber }: Execution, netuid: number): void {
  if (Tempo.get(state, netuid) === 0) return;
  const triggered = PendingEpochAt.get(state, netuid) > BigInt(blockNumber);
  const left = blocksUntilEpoch(state, netuid, blockNumber);
  need(!triggered && left >= BigInt(AdminFreezeWindow.get(state)), "AdminActionProhibitedDuringWeightsWindow");
}

/** How often an owner may do something: a hyperparameter by name, or one of the other kinds. */
export type OwnerLimit =
  | string
  | { readonly kind: "versionKey" | "mechanismCount" | "mechanismEmission" | "trimming" | "tempo" };

const KINDS = {
  versionKey: LimitedKind.setWeightsVersionKey,
  mechanismCount: LimitedKind.mechanismCountUpdate,
  mechanismEmission: LimitedKind.mechanismEmission,
  trimming: LimitedKind.maxUidsTrimming,
  tempo: LimitedKind.tempoUpdate,
} as const;

function blocksOf(state: ReadableState, netuid: number, limit: OwnerLimit): bigint {
  const tempo = BigInt(Tempo.get(state, netuid));
  if (typeof limit === "string") return tempo * BigInt(OwnerHyperparamRateLimit.get(state));
  switch (limit.kind) {
    case "versionKey":
      return tempo * WeightsVersionKeyRateLimit.get(state);
    case "mechanismCount":
      return MECHANISM_COUNT_BLOCKS;
    case "mechanismEmission":
      return MECHANISM_EMISSION_BLOCKS;
    case "trimming":
      return TRIMMING_BLOCKS;
    case "tempo":
      return TEMPO_BLOCKS;
  }
}

const hyperparameterKey = (netuid: number, name: string): Tagged => ({
  type: "OwnerHyperparamUpdate",
  value: [netuid, { type: name }],
});

/** @throws DispatchError TxRateLimitExceeded */
export function needWithinLimit(
  { state, blockNumber }: Execution,
  who: string,
  netuid: number,
  limit: OwnerLimit,
): void {
  const last =
    typeof limit === "string"
      ? LastRateLimitedBlock.get(state, hyperparameterKey(netuid, limit))
      : lastOfKind(state, who, netuid, KINDS[limit.kind]);
  need(isAllowed(last, blocksOf(state, netuid, limit), blockNumber), "TxRateLimitExceeded");
}

export function recordLimit({ state, blockNumber }: Execution, who: string, netuid: number, limit: OwnerLimit): void {
  if (typeof limit === "string")
    LastRateLimitedBlock.set(state, [hyperparameterKey(netuid, limit)], BigInt(blockNumber));
  else recordKind(state, who, netuid, KINDS[limit.kind], blockNumber);
}

/** Root, or the subnet's owner. @returns The owner. @throws DispatchError BadOrigin */
export const ownerOrRoot = (execution: Execution, origin: Origin, netuid: number): string | undefined =>
  origin.type === "root" ? undefined : ensureSubnetOwner(execution.state, origin, netuid);

/**
 * Who may change a rule, how often, and when: root at any time but before epochs, the owner within its limit too.
 *
 * @returns Notes that it was done; call it when everything else was right.
 * @throws DispatchError BadOrigin, TxRateLimitExceeded, AdminActionProhibitedDuringWeightsWindow, in this order.
 */
export function authorise(execution: Execution, origin: Origin, netuid: number, limit: OwnerLimit): () => void {
  const owner = ownerOrRoot(execution, origin, netuid);
  if (owner !== undefined) needWithinLimit(execution, owner, netuid, limit);
  needOutsideFreeze(execution, netuid);
  return () => {
    if (owner !== undefined) recordLimit(execution, owner, netuid, limit);
  };
}

/** The owner's hotkey changes once a week, by anybody. @throws DispatchError TxRateLimitExceeded */
export function limitOwnerHotkey({ state, blockNumber }: Execution, netuid: number): void {
  const key: Tagged = { type: "SetSNOwnerHotkey", value: netuid };
  need(isAllowed(LastRateLimitedBlock.get(state, key), OWNER_HOTKEY_BLOCKS, blockNumber), "TxRateLimitExceeded");
  LastRateLimitedBlock.set(state, [key], BigInt(blockNumber));
}
