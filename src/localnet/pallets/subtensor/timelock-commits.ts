import { ColosseumError } from "../../../base/errors.ts";
import { timelockDecrypt } from "../../../chain/timelock.ts";
import { DispatchError } from "../../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import { CustomRefusal, Refusal } from "../../engine/invalid-transaction.ts";
import { schema } from "../../engine/schema.ts";
import type { ReadableState } from "../../engine/state.ts";
import { ByteReader, DecodeError, toHex } from "../../scale/bytes.ts";
import { blake2_256 } from "../../scale/hashers.ts";
import { LastStoredRound, Pulses } from "../drand-storage.ts";
import { need, needMechanism, needUid } from "./checks.ts";
import { epochIndex, epochIndexAt } from "./epoch-clock.ts";
import { mechanismIndexes } from "./neurons.ts";
import { isTooSoon, storeWeights, touch } from "./set-weights.ts";
import { hasEnoughStake } from "./stake-weight.ts";
import {
  CommitRevealWeightsEnabled,
  CommitRevealWeightsVersion,
  mechanismIndex,
  RevealPeriodEpochs,
  type TimelockCommit,
  TimelockedWeightCommits,
} from "./storage.ts";

/** Commits of one hotkey in one epoch. */
const MAX_PER_EPOCH = 10;
/** MAX_CRV3_COMMIT_SIZE_BYTES. */
const MAX_COMMIT_BYTES = 5_000;

interface CommitArgs {
  readonly netuid: number;
  readonly mecid?: number;
  readonly commit: Uint8Array;
  readonly reveal_round: bigint;
  readonly commit_reveal_version?: number;
}

function commit(execution: Execution, origin: Origin, args: CommitArgs): void {
  const { state, blockNumber } = execution;
  const { netuid, mecid = 0, reveal_round } = args;
  const who = ensureSigned(origin);
  need(hasEnoughStake(state, args.netuid, who), "NotEnoughStakeToSetWeights");
  needMechanism(state, netuid, mecid);
  need(CommitRevealWeightsEnabled.get(state, netuid), "CommitRevealDisabled");
  const version = CommitRevealWeightsVersion.get(state);
  need((args.commit_reveal_version ?? version) === version, "IncorrectCommitRevealVersion");
  const uid = needUid(state, netuid, who);
  need(!isTooSoon(state, netuid, mecid, uid, blockNumber), "CommittingWeightsTooFast");
  need(reveal_round >= LastStoredRound.get(state), "InvalidRevealRound");
  need(args.commit.length <= MAX_COMMIT_BYTES, "InvalidValue");
  const index = mechanismIndex(netuid, mecid);
  const epoch = epochIndex(state, netuid);
  const waiting = TimelockedWeightCommits.get(state, index, epoch);
  need(waiting.filter(([by]) => by === who).length < MAX_PER_EPOCH, "TooManyUnrevealedCommits");
  TimelockedWeightCommits.set(
    state,
    [index, epoch],
    [...waiting, [who, BigInt(blockNumber), args.commit, reveal_round]],
  );
  touch(state, netuid, mecid, uid, blockNumber);
  execution.emit("SubtensorModule", "TimelockedWeightsCommitted", [
    who,
    index,
    toHex(blake2_256(args.commit)),
    reveal_round,
  ]);
}

/** A round that is already public hides nothing. @throws InvalidTransaction */
export function checkTimelockInPool(state: ReadableState, args: { readonly reveal_round: bigint }): void {
  if (args.reveal_round < LastStoredRound.get(state)) throw Refusal.custom(CustomRefusal.invalidRevealRound);
}

export const timelockCalls: CallHandlers = {
  commit_timelocked_weights: commit,
  commit_timelocked_mechanism_weights: commit,
  commit_crv3_mechanism_weights: commit,
};

/** Rounds that commits of a subnet wait for. */
export function* awaitedRounds(state: ReadableState): Generator<bigint> {
  for (const [, commits] of TimelockedWeightCommits.entries(state)) for (const [, , , round] of commits) yield round;
}

/**
 * Opens what may be opened in this block: commits of exactly one reveal period ago whose round has been published.
 * Older ones are dropped; those whose round is missing stay for the next block of the epoch.
 */
export function revealTimelocked(execution: Execution, netuid: number): void {
  const { state, blockNumber } = execution;
  const now = epochIndexAt(state, netuid, blockNumber);
  const due = now - RevealPeriodEpochs.get(state, netuid);
  for (const index of mechanismIndexes(state, netuid)) {
    for (const [[, epoch], commits] of [...TimelockedWeightCommits.entries(state, index)]) {
      if (epoch > due) continue;
      const left = epoch < due ? [] : commits.filter((entry) => !open(execution, netuid, index, entry));
      if (left.length === 0) TimelockedWeightCommits.remove(state, index, epoch);
      else if (left.length < commits.length) TimelockedWeightCommits.set(state, [index, epoch], left);
    }
  }
}

interface Payload {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

/** @returns Whether the commit is done with: opened, or never to be opened. False while its round is not there. */
function open(
  execution: Execution,
  netuid: number,
  index: number,
  [who, , ciphertext, round]: TimelockCommit,
): boolean {
  const pulse = Pulses.get(execution.state, round);
  if (pulse === undefined) return false;
  const payload = decrypt(who, ciphertext, pulse.signature);
  if (payload === undefined) return true;
  const mecid = Math.floor(index / 4_096);
  const failure = execution.attempt(() =>
    storeWeights(execution, who, { netuid, mecid, ...payload }, { revealed: true }),
  );
  if (failure === undefined) execution.emit("SubtensorModule", "TimelockedWeightsRevealed", [index, who]);
  return true;
}

/** The row inside, if it can be opened and is its author's own; older clients put no hotkey in front. */
function decrypt(who: string, ciphertext: Uint8Array, signature: Uint8Array): Payload | undefined {
  let bytes: Uint8Array;
  try {
    bytes = timelockDecrypt(ciphertext, signature);
  } catch (thrown) {
    if (thrown instanceof ColosseumError) return undefined;
    throw thrown;
  }
  const owned = parse("(Vec<u8>, Vec<u16>, Vec<u16>, u64)", bytes);
  if (owned !== undefined) {
    const [hotkey, uids, values, versionKey] = owned as [Uint8Array, number[], number[], bigint];
    return toHex(hotkey) === who ? { uids, values, versionKey } : undefined;
  }
  const plain = parse("(Vec<u16>, Vec<u16>, u64)", bytes);
  if (plain === undefined) return undefined;
  const [uids, values, versionKey] = plain as [number[], number[], bigint];
  return { uids, values, versionKey };
}

function parse(type: string, bytes: Uint8Array): unknown {
  const reader = new ByteReader(bytes);
  try {
    const value = schema.codec(type).decode(reader);
    return reader.left === 0 ? value : undefined;
  } catch (thrown) {
    if (thrown instanceof DecodeError || thrown instanceof DispatchError) return undefined;
    throw thrown;
  }
}
