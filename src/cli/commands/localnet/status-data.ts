import { showDuration } from "../../../base/units.ts";

/** What dev_status answers. */
export interface LocalnetStatus {
  readonly name: string;
  readonly version: string;
  readonly genesis: string;
  readonly block: number;
  readonly hash: string;
  readonly finalized: number;
  /** Of the newest block; 0 before the first. */
  readonly timestampMs: number;
  /** What the chain's clock shows now. */
  readonly clockMs: number;
  readonly aheadMs: number;
  readonly blockTime: number | "instant" | "manual";
  readonly pending: number;
  readonly snapshots: readonly { readonly id: number; readonly block: number }[];
  readonly subnets: readonly { readonly netuid: number; readonly neurons: number }[];
}

const blockTimeText = (blockTime: LocalnetStatus["blockTime"]): string =>
  typeof blockTime === "number" ? `every ${showDuration(blockTime)}` : blockTime;

/** The status as lines for people. */
export function statusText(status: LocalnetStatus, endpoint: string): string {
  const subnets = status.subnets
    .map(({ netuid, neurons }) => `${netuid} (${neurons} ${neurons === 1 ? "neuron" : "neurons"})`)
    .join(", ");
  const lines = [
    `Embedded chain at ${endpoint}`,
    `Block      ${status.block} (final: ${status.finalized})`,
    `Blocks     ${blockTimeText(status.blockTime)}`,
    `Time       ${new Date(status.timestampMs || status.clockMs).toISOString()}${status.aheadMs > 1_000 ? ` (${showDuration(status.aheadMs)} ahead)` : ""}`,
    `Waiting    ${status.pending} extrinsics`,
    `Subnets    ${subnets === "" ? "none besides root" : subnets}`,
    `Genesis    ${status.genesis}`,
  ];
  if (status.snapshots.length > 0) {
    lines.push(`Snapshots  ${status.snapshots.map(({ id, block }) => `${id} (block ${block})`).join(", ")}`);
  }
  return lines.join("\n");
}
