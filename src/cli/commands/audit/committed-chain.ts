import { ColosseumError, UsageError } from "../../../base/errors.ts";
import { toNetuid } from "../../../base/ids.ts";
import type { TaskLog } from "../../../mechanism/task-log.ts";
import type { CommittedChain } from "../../../simulate/audit-chain.ts";
import type { Context } from "../../context.ts";
import { openChain } from "../../open-chain.ts";

/**
 * The chain as an audit asks it: what the log's validator had committed, and which block had which hash.
 *
 * @throws UsageError `usage.no-validator` if the log does not say whose it is, or in which subnet.
 */
export async function committedChain(ctx: Context, log: TaskLog): Promise<CommittedChain> {
  const { validator, netuid: subnet } = log;
  if (validator === undefined || subnet === undefined) {
    throw new UsageError("The log does not say which validator of which subnet wrote it.", {
      code: "usage.no-validator",
      hint: "Audit a log as exported by: colosseum validator export",
    });
  }
  const netuid = toNetuid(subnet);
  const client = await openChain(ctx, { reading: true });
  const { anchorIn, fetchCommitment } = await import("../../../chain/commitments.ts");
  return {
    blockHash: (height) => client.blockHash(height),
    anchor: async (height) => {
      const at = height === undefined ? undefined : await client.blockHash(height);
      if (height !== undefined && at === undefined) return undefined;
      try {
        const commitment = await fetchCommitment(client, netuid, validator, at);
        return (commitment === undefined ? undefined : anchorIn(commitment.text)) ?? null;
      } catch (error) {
        // A node that keeps no old states says so by an error of its own; a chain that is away is another matter.
        if (at !== undefined && error instanceof ColosseumError && error.code === "chain.rpc-error") return undefined;
        throw error;
      }
    },
  };
}
