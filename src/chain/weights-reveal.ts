import type { Hotkey } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import type { HashCommit } from "./hash-commit.ts";
import { commitEpoch, firstBlockOfEpoch } from "./reveal-round.ts";
import { type SubmitOptions, submit } from "./submit.ts";
import { weightsCall } from "./weights-calls.ts";
import { fetchWeightsFacts, type WeightsFacts } from "./weights-facts.ts";
import { showBlocks, WeightsRefusedError } from "./weights-plan.ts";
import { sameRow, type WeightsRow } from "./weights-row.ts";
import { fetchHashCommits, fetchRow, type HeldCommit } from "./weights-stored.ts";

export interface RevealReceipt {
  readonly block: number;
  readonly extrinsic: string;
  readonly verified: boolean;
}

/** Opens a hash commit. @throws WeightsRefusedError (too early, expired, unknown), ChainRefusedError. */
export async function revealWeights(
  client: ChainClient,
  signer: Signer,
  commit: HashCommit,
  options: SubmitOptions = {},
): Promise<RevealReceipt> {
  const facts = await fetchWeightsFacts(client, commit.netuid, commit.mechid, signer.address as Hotkey);
  const held = await fetchHashCommits(client, commit.netuid, commit.mechid, signer.address);
  refuseReveal(facts, commit, held);
  const call = weightsCall(client, commit, ["reveal_mechanism_weights", "reveal_weights"], {
    uids: commit.uids,
    values: commit.values,
    salt: commit.salt,
    version_key: BigInt(commit.versionKey),
  });
  const inclusion = await submit(client, call, signer, {
    ...options,
    about: { netuid: commit.netuid, mechid: commit.mechid, uid: facts.self?.uid, ...options.about },
  });
  const row = { uids: commit.uids, values: commit.values } as WeightsRow;
  const stored = await fetchRow(client, commit.netuid, commit.mechid, facts.self?.uid ?? 0, inclusion.blockHash);
  return { block: inclusion.block, extrinsic: inclusion.extrinsic, verified: sameRow(row, stored) };
}

/** The one epoch in which the chain takes a commit's reveal: what it holds decides, else what was planned. */
export function revealEpochOf(facts: WeightsFacts, commit: HashCommit, held: readonly HeldCommit[]): number {
  const own = held.find(({ hash }) => hash === commit.hash);
  return own === undefined ? commit.revealEpoch : own.epoch + facts.revealPeriodEpochs;
}

function refuseReveal(facts: WeightsFacts, commit: HashCommit, held: readonly HeldCommit[]): void {
  const now = commitEpoch(facts.epoch);
  const revealEpoch = revealEpochOf(facts, commit, held);
  const details = { revealEpoch, epochNow: now };
  if (now > revealEpoch || !held.some(({ hash }) => hash === commit.hash)) {
    throw new WeightsRefusedError(
      now > revealEpoch ? "weights.commit-expired" : "weights.no-commit",
      now > revealEpoch
        ? "The commit is too old: its epoch has passed unrevealed."
        : "The chain holds no such commit of this hotkey; it was revealed already, or never arrived.",
      "Commit again: colosseum weights commit --hash --netuid N",
      facts,
      details,
    );
  }
  if (now < revealEpoch) {
    const blocks = Math.max(1, firstBlockOfEpoch(facts.epoch, revealEpoch) - facts.block - 1);
    throw new WeightsRefusedError(
      "weights.reveal-too-early",
      `The commit may be revealed in ${showBlocks(blocks, facts.blockTimeMs)}, when its epoch begins.`,
      "Wait, then: colosseum weights reveal --netuid N",
      facts,
      { ...details, canRevealInBlocks: blocks, canRevealInMs: blocks * facts.blockTimeMs },
    );
  }
}
