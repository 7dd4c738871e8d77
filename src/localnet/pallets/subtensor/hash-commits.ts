import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import { CustomRefusal, Refusal } from "../../engine/invalid-transaction.ts";
import { schema } from "../../engine/schema.ts";
import type { ReadableState } from "../../engine/state.ts";
import { toHex } from "../../scale/bytes.ts";
import { blake2_256 } from "../../scale/hashers.ts";
import { fail, need, needMechanism, needUid } from "./checks.ts";
import { epochIndex, epochIndexAt } from "./epoch-clock.ts";
import { isTooSoon, storeWeights, touch, type WeightsArgs } from "./set-weights.ts";
import { hasEnoughStake } from "./stake-weight.ts";
import {
  CommitRevealWeightsEnabled,
  type HashCommit,
  mechanismIndex,
  RevealPeriodEpochs,
  WeightCommits,
} from "./storage.ts";

/** Commits of one hotkey that may wait to be opened. */
const MAX_UNREVEALED = 10;

interface RevealArgs extends WeightsArgs {
  readonly salt: readonly number[];
}

/** blake2-256 of the row as its author hashed it. @see subtensor get_commit_hash; bittensor generate_weight_hash. */
export const commitHash = (who: string, args: RevealArgs): string =>
  toHex(
    blake2_256(
      schema.encode("(AccountId32, u16, Vec<u16>, Vec<u16>, Vec<u16>, u64)", [
        who,
        mechanismIndex(args.netuid, args.mecid),
        args.uids,
        args.values,
        args.salt,
        args.versionKey,
      ]),
    ),
  );

const isExpired = ([, epoch]: HashCommit, now: bigint, period: bigint): boolean => now > epoch + period;

function commit(execution: Execution, origin: Origin, netuid: number, mecid: number, hash: string): void {
  const { state, blockNumber } = execution;
  const who = ensureSigned(origin);
  need(hasEnoughStake(state, netuid, who), "NotEnoughStakeToSetWeights");
  needMechanism(state, netuid, mecid);
  need(CommitRevealWeightsEnabled.get(state, netuid), "CommitRevealDisabled");
  const uid = needUid(state, netuid, who);
  need(!isTooSoon(state, netuid, mecid, uid, blockNumber), "CommittingWeightsTooFast");
  const index = mechanismIndex(netuid, mecid);
  const now = epochIndex(state, netuid);
  const period = RevealPeriodEpochs.get(state, netuid);
  const waiting = (WeightCommits.get(state, index, who) ?? []).filter((entry) => !isExpired(entry, now, period));
  need(waiting.length < MAX_UNREVEALED, "TooManyUnrevealedCommits");
  WeightCommits.set(state, [index, who], [...waiting, [hash, now, BigInt(blockNumber), 0n]]);
  touch(state, netuid, mecid, uid, blockNumber);
  execution.emit("SubtensorModule", "WeightsCommitted", [who, index, hash]);
}

/** Opens a commit and drops it and the older ones. @returns Its hash. */
function reveal(execution: Execution, who: string, args: RevealArgs): string {
  const { state } = execution;
  const { netuid, mecid } = args;
  needMechanism(state, netuid, mecid);
  need(CommitRevealWeightsEnabled.get(state, netuid), "CommitRevealDisabled");
  const index = mechanismIndex(netuid, mecid);
  const all = WeightCommits.get(state, index, who) ?? [];
  need(all.length > 0, "NoWeightsCommitFound");
  const now = epochIndex(state, netuid);
  const period = RevealPeriodEpochs.get(state, netuid);
  const live = all.filter((entry) => !isExpired(entry, now, period));
  const hash = commitHash(who, args);
  const at = live.findIndex(([kept]) => kept === hash);
  const found = live[at];
  if (found === undefined) {
    throw fail(all.some(([kept]) => kept === hash) ? "ExpiredWeightCommit" : "InvalidRevealCommitHashNotMatch");
  }
  need(now === found[1] + period, "RevealTooEarly");
  const left = live.slice(at + 1);
  if (left.length === 0) WeightCommits.remove(state, index, who);
  else WeightCommits.set(state, [index, who], left);
  storeWeights(execution, who, args, { revealed: true });
  return hash;
}

const revealOne = (execution: Execution, origin: Origin, args: RevealArgs): void => {
  const who = ensureSigned(origin);
  const hash = reveal(execution, who, args);
  execution.emit("SubtensorModule", "WeightsRevealed", [who, mechanismIndex(args.netuid, args.mecid), hash]);
};

/** A node's pool looks the commit up before it lets a reveal in. @throws InvalidTransaction */
export function checkRevealInPool(state: ReadableState, block: number, who: string, args: RevealArgs): void {
  if (!hasEnoughStake(state, args.netuid, who)) throw Refusal.custom(CustomRefusal.stakeAmountTooLow);
  const hash = commitHash(who, args);
  const found = (WeightCommits.get(state, mechanismIndex(args.netuid, args.mecid), who) ?? []).find(
    ([kept]) => kept === hash,
  );
  if (found === undefined) throw Refusal.custom(CustomRefusal.noWeightsCommitFound);
  const due = found[1] + RevealPeriodEpochs.get(state, args.netuid);
  if (epochIndexAt(state, args.netuid, block + 1) !== due) throw Refusal.custom(CustomRefusal.revealTooEarly);
}

export interface RawReveal {
  readonly netuid: number;
  readonly mecid?: number;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  readonly version_key: bigint;
}
export const revealArgs = ({ netuid, mecid, uids, values, salt, version_key }: RawReveal): RevealArgs => ({
  netuid,
  mecid: mecid ?? 0,
  uids,
  values,
  salt,
  versionKey: version_key,
});

interface CommitArgs {
  readonly netuid: number;
  readonly mecid?: number;
  readonly commit_hash: string;
}

const commitOne = (execution: Execution, origin: Origin, { netuid, mecid, commit_hash }: CommitArgs): void =>
  commit(execution, origin, netuid, mecid ?? 0, commit_hash);
const revealRaw = (execution: Execution, origin: Origin, args: RawReveal): void =>
  revealOne(execution, origin, revealArgs(args));

export const hashCommitCalls: CallHandlers = {
  commit_weights: commitOne,
  commit_mechanism_weights: commitOne,
  batch_commit_weights: (
    execution: Execution,
    origin: Origin,
    { netuids, commit_hashes }: { netuids: readonly number[]; commit_hashes: readonly string[] },
  ) => {
    const who = ensureSigned(origin);
    need(netuids.length === commit_hashes.length, "InputLengthsUnequal");
    let failed = false;
    netuids.forEach((netuid, i) => {
      const failure = execution.attempt(() => commit(execution, origin, netuid, 0, commit_hashes[i] ?? ""));
      if (failure === undefined) return;
      failed = true;
      execution.emit("SubtensorModule", "BatchWeightItemFailed", [netuid, failure.error]);
    });
    if (failed) execution.emit("SubtensorModule", "BatchCompletedWithErrors");
    execution.emit("SubtensorModule", "BatchWeightsCompleted", [netuids, who]);
  },
  reveal_weights: revealRaw,
  reveal_mechanism_weights: revealRaw,
  batch_reveal_weights: (
    execution: Execution,
    origin: Origin,
    args: {
      readonly netuid: number;
      readonly uids_list: readonly (readonly number[])[];
      readonly values_list: readonly (readonly number[])[];
      readonly salts_list: readonly (readonly number[])[];
      readonly version_keys: readonly bigint[];
    },
  ) => {
    const who = ensureSigned(origin);
    const { netuid, uids_list, values_list, salts_list, version_keys } = args;
    const count = uids_list.length;
    need(
      [values_list, salts_list, version_keys].every((list) => list.length === count),
      "InputLengthsUnequal",
    );
    const hashes = uids_list.map((uids, i) =>
      reveal(execution, who, {
        netuid,
        mecid: 0,
        uids,
        values: values_list[i] ?? [],
        salt: salts_list[i] ?? [],
        versionKey: version_keys[i] ?? 0n,
      }),
    );
    execution.emit("SubtensorModule", "WeightsBatchRevealed", [who, netuid, hashes]);
  },
};
