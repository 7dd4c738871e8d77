import { ensure } from "../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureRoot, ensureSigned, type Origin } from "../engine/execution.ts";
import { schema } from "../engine/schema.ts";
import { StorageItem } from "../engine/storage-item.ts";
import type { Tagged } from "../scale/codec.ts";
import { epochIndex } from "./subtensor/epoch-clock.ts";
import { Uids } from "./subtensor/storage.ts";

const P = "Commitments";
interface CommitmentInfo {
  readonly fields: readonly Tagged[];
}
type PerKey<V> = StorageItem<[netuid: number, who: string], V>;
export const CommitmentOf: PerKey<{ deposit: bigint; block: number; info: CommitmentInfo } | undefined> =
  new StorageItem(P, "CommitmentOf");
const LastCommitment: PerKey<number | undefined> = new StorageItem(P, "LastCommitment");
const UsedSpaceOf: PerKey<{ last_epoch: bigint; used_space: bigint } | undefined> = new StorageItem(P, "UsedSpaceOf");
const MaxSpace = new StorageItem<[], number>(P, "MaxSpace");

/** Commitments.MaxFields. */
const MAX_FIELDS = 3;
/** A commitment counts as at least so many bytes. */
const LEAST_SPACE = 100;

export const commitmentsCalls: CallHandlers = {
  set_commitment: (
    execution: Execution,
    origin: Origin,
    { netuid, info }: { netuid: number; info: CommitmentInfo },
  ) => {
    const { state, blockNumber } = execution;
    const who = ensureSigned(origin);
    ensure(Uids.get(state, netuid, who) !== undefined, P, "AccountNotAllowedCommit");
    ensure(info.fields.length <= MAX_FIELDS, P, "TooManyFieldsInCommitmentInfo");
    const size = info.fields.reduce((sum, field) => sum + schema.encode("Data", field).length - 1, 0);
    const epoch = epochIndex(state, netuid);
    const used = UsedSpaceOf.get(state, netuid, who);
    const before = used !== undefined && used.last_epoch === epoch ? used.used_space : 0n;
    const after = before + BigInt(Math.max(LEAST_SPACE, size));
    ensure(after <= BigInt(MaxSpace.get(state)), P, "SpaceLimitExceeded");
    UsedSpaceOf.set(state, [netuid, who], { last_epoch: epoch, used_space: after });
    CommitmentOf.set(state, [netuid, who], { deposit: 0n, block: blockNumber, info });
    LastCommitment.set(state, [netuid, who], blockNumber);
    execution.emit(P, "Commitment", { netuid, who });
  },
  set_max_space: (execution: Execution, origin: Origin, { new_limit }: { new_limit: number }) => {
    ensureRoot(origin);
    MaxSpace.set(execution.state, [], new_limit);
  },
};
