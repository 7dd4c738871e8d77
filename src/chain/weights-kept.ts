import type { Hotkey, MechId, Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { forgetCommit, readCommits } from "./commit-store.ts";
import type { HashCommit } from "./hash-commit.ts";
import { commitEpoch, firstBlockOfEpoch } from "./reveal-round.ts";
import type { SubmitOptions } from "./submit.ts";
import { fetchWeightsFacts } from "./weights-facts.ts";
import { type RevealReceipt, revealEpochOf, revealWeights } from "./weights-reveal.ts";
import { fetchHashCommits } from "./weights-stored.ts";

/** What became of the hash commits that were kept. */
export interface KeptReveal {
  /** The commit that was opened now; undefined where none could be. */
  readonly revealed: RevealReceipt | undefined;
  /** Hashes of commits that the chain held and whose only epoch passed unrevealed: their weights never counted. */
  readonly expired: readonly string[];
  /** The height at which it is worth looking again; undefined where nothing waits any more. */
  readonly againAt: number | undefined;
}

/**
 * Opens the newest of the kept commits whose epoch it is now, since it drops the older ones of the same epoch on the
 * chain; forgets those that are over. Commits of later epochs, and those that no block holds yet, are left alone.
 *
 * @param file - Where they are kept; only those of this subnet and mechanism are looked at.
 * @throws ChainRefusedError, WeightsRefusedError of a reveal; `weights.commits-unreadable` (exit 14).
 */
export async function revealKept(
  client: ChainClient,
  signer: Signer,
  { netuid, mechid, file }: { readonly netuid: Netuid; readonly mechid: MechId; readonly file: string },
  options: SubmitOptions = {},
): Promise<KeptReveal> {
  const kept = (await readCommits(file)).filter((commit) => commit.netuid === netuid && commit.mechid === mechid);
  if (kept.length === 0) return { revealed: undefined, expired: [], againAt: undefined };
  const facts = await fetchWeightsFacts(client, netuid, mechid, signer.address as Hotkey);
  const held = await fetchHashCommits(client, netuid, mechid, signer.address, facts.hash);
  const isHeld = (commit: HashCommit): boolean => held.some(({ hash }) => hash === commit.hash);
  const epochOf = (commit: HashCommit): number => revealEpochOf(facts, commit, held);
  const now = commitEpoch(facts.epoch);
  // A commit that no block holds may still come, in the epoch after the planned one at the latest.
  const past = kept.filter((commit) => epochOf(commit) + (isHeld(commit) ? 0 : 1) < now);
  for (const { hash } of past) await forgetCommit(file, hash);
  const due = kept.filter((commit) => isHeld(commit) && epochOf(commit) === now);
  const newest = due.at(-1);
  const revealed = newest === undefined ? undefined : await revealWeights(client, signer, newest, options);
  if (revealed !== undefined) for (const { hash } of due) await forgetCommit(file, hash);
  const waiting = kept.filter((commit) => !past.includes(commit) && !due.includes(commit));
  const later = waiting.map((commit) => Math.max(epochOf(commit), now + 1));
  return {
    revealed,
    expired: past.filter(isHeld).map(({ hash }) => hash),
    againAt: later.length === 0 ? undefined : firstBlockOfEpoch(facts.epoch, Math.min(...later)) - 1,
  };
}
