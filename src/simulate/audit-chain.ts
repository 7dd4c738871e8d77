import type { TaskLog } from "../mechanism/task-log.ts";
import type { Finding } from "./audit-types.ts";

/** What an audit asks of the chain that a validator committed itself on. Made from `chain`. */
export interface CommittedChain {
  /**
   * The anchor of seeds that the validator's hotkey had published as of a block, 0x hex.
   *
   * @param height - Absent: now.
   * @returns null where it had published none; undefined where the chain no longer knows that block's state.
   */
  anchor(height?: number): Promise<string | null | undefined>;
  /** The hash of a block, 0x hex; undefined where there is none. */
  blockHash(height: number): Promise<string | undefined>;
}

/**
 * Holds a log's seeds and beacons against the chain: without it a validator could have made up a whole chain of seeds
 * once it knew the beacons. The anchor must be the one that stands on the chain, it must have stood there before the
 * first beacon of the log, and each beacon must be the hash of its block.
 *
 * @returns The findings, and how many blocks were too old for the chain to tell.
 */
export async function checkChain(
  log: TaskLog,
  chain: CommittedChain,
): Promise<{ readonly findings: Finding[]; readonly forgotten: number }> {
  const findings: Finding[] = [];
  let forgotten = 0;
  const told = typeof log["anchor"] === "string" ? log["anchor"] : null;
  const now = await chain.anchor();
  if (told === null || now !== told) {
    findings.push({ code: "audit.anchor-differs", subject: "log", evidence: { log: told, chain: now ?? null } });
  }
  const drawn = [...(log.intervals ?? [])]
    .sort((a, b) => a.n - b.n)
    .flatMap(({ n, beacon, beaconHeight }) =>
      typeof beaconHeight === "number" && typeof beacon === "string" ? [{ n, beacon, height: beaconHeight }] : [],
    );
  const [first] = drawn;
  if (first !== undefined && told !== null) {
    const then = await chain.anchor(first.height);
    if (then === undefined) forgotten++;
    else if (then !== told) {
      const evidence = { beaconHeight: first.height, log: told, chain: then };
      findings.push({ code: "audit.anchored-late", subject: `interval ${first.n}`, evidence });
    }
  }
  for (const { n, beacon, height } of drawn) {
    const hash = await chain.blockHash(height);
    if (hash === beacon) continue;
    const evidence = { beaconHeight: height, log: beacon, chain: hash ?? null };
    findings.push({ code: "audit.beacon-differs", subject: `interval ${n}`, evidence });
  }
  return { findings, forgotten };
}
