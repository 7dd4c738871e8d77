import { randomBytes } from "node:crypto";
import type { Hotkey, MechId, Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { weightsCommitHash } from "./commit-hash.ts";
import type { HashCommit } from "./hash-commit.ts";
import { bytesToHex, plainBytes, plainList } from "./plain.ts";
import { ChainRefusedError } from "./refusals.ts";
import { firstBlockOfEpoch, planReveal, type RevealPlan, roundToLockTo } from "./reveal-round.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";
import { timelockEncrypt, timelockPayload } from "./timelock.ts";
import { weightsCall } from "./weights-calls.ts";
import { fetchWeightsFacts, mechanismIndex, type WeightsFacts } from "./weights-facts.ts";
import {
  planWeights,
  TIMELOCK_VERSION,
  type WeightsMode,
  type WeightsPlan,
  WeightsRefusedError,
  type WeightsWish,
} from "./weights-plan.ts";
import { sameRow } from "./weights-row.ts";
import { fetchHashCommits, fetchRow } from "./weights-stored.ts";

export { fetchRow } from "./weights-stored.ts";

const SUBTENSOR = "SubtensorModule";
/** Eight u16 of salt, as v10 and v11 make it. */
const SALT_WORDS = 8;
const ROUND_ATTEMPTS = 3;

/** What one asks of the door. */
export interface WeightsInput {
  readonly netuid: Netuid;
  readonly mechid: MechId;
  /** Any scale; negative ones count as 0; hotkeys outside the subnet are left out. */
  readonly scores: ReadonlyMap<Hotkey, number>;
  readonly wish?: WeightsWish;
}

export interface WeightsOptions extends SubmitOptions {
  /** Called with a hash commit before it is sent: without its salt it could never be revealed. Absent: no hash commits. */
  readonly keepCommit?: (commit: HashCommit) => Promise<void>;
}

/** Weights that are on the chain, or committed to it. */
export interface WeightsReceipt {
  readonly mode: WeightsMode;
  readonly block: number;
  readonly extrinsic: string;
  readonly feeRao: bigint;
  readonly plan: WeightsPlan;
  /** Set in mode timelock. */
  readonly revealRound: number | undefined;
  /** First block in which the weights can count; set in the modes hash and timelock. */
  readonly revealBlock: number | undefined;
  /** Read back after inclusion: the chain holds exactly this. */
  readonly verified: boolean;
}

/** What would be sent, and why the chain would refuse it, without a signature. @throws SubnetMissingError */
export async function previewWeights(
  client: ChainClient,
  input: WeightsInput,
  hotkey: Hotkey,
): Promise<{ readonly facts: WeightsFacts; readonly plan: WeightsPlan }> {
  const facts = await fetchWeightsFacts(client, input.netuid, input.mechid, hotkey);
  return { facts, plan: planWeights(facts, input.scores, input.wish) };
}

/**
 * The one door for weights: preview → pre-flight → extrinsic → included → read back.
 *
 * @throws WeightsRefusedError or NobodyScoredError before anything is sent (exit 13); ChainRefusedError.
 */
export async function setWeights(
  client: ChainClient,
  signer: Signer,
  input: WeightsInput,
  options: WeightsOptions = {},
): Promise<WeightsReceipt> {
  for (let attempt = 1; ; attempt++) {
    // Facts are read anew for each attempt: the version key is only checked at the reveal, and a round grows old.
    const { facts, plan } = await previewWeights(client, input, signer.address as Hotkey);
    if (plan.refusal !== undefined) throw plan.refusal;
    if (plan.mode === "hash" && options.keepCommit === undefined) throw nowhereToKeep(facts);
    try {
      return await send(client, signer, facts, plan, {
        ...options,
        about: { netuid: input.netuid, mechid: input.mechid, uid: facts.self?.uid, ...options.about },
      });
    } catch (error) {
      if (!isTooLate(error, plan.mode) || attempt >= ROUND_ATTEMPTS) throw error;
    }
  }
}

/** Whether a round went by before the commit was in a block: the pool says which error it was, a block builder does not. */
const isTooLate = (error: unknown, mode: WeightsMode): boolean =>
  error instanceof ChainRefusedError &&
  (error.chainError === "InvalidRevealRound" || (error.chainError === "Invalid" && mode === "timelock"));

/** A commit by hash is only worth something to those who keep its salt. */
const nowhereToKeep = (facts: WeightsFacts): WeightsRefusedError =>
  new WeightsRefusedError(
    "weights.no-beacon",
    "No beacon's pulses reach this chain, so a timelocked commit would never be opened.",
    "Commit by hash: colosseum weights commit --hash --netuid N, or ask the owner to switch commit and reveal off.",
    facts,
  );

function send(
  client: ChainClient,
  signer: Signer,
  facts: WeightsFacts,
  plan: WeightsPlan,
  options: WeightsOptions,
): Promise<WeightsReceipt> {
  if (plan.mode === "plain") return sendPlain(client, signer, facts, plan, options);
  return plan.mode === "hash"
    ? sendHash(client, signer, facts, plan, options)
    : sendTimelock(client, signer, facts, plan, options);
}

const receipt = (
  plan: WeightsPlan,
  inclusion: Inclusion,
  verified: boolean,
  reveal?: { readonly round?: number; readonly block: number },
): WeightsReceipt => ({
  mode: plan.mode,
  block: inclusion.block,
  extrinsic: inclusion.extrinsic,
  feeRao: inclusion.feeRao,
  plan,
  revealRound: reveal?.round,
  revealBlock: reveal?.block,
  verified,
});

async function sendPlain(
  client: ChainClient,
  signer: Signer,
  facts: WeightsFacts,
  plan: WeightsPlan,
  options: WeightsOptions,
): Promise<WeightsReceipt> {
  const call = weightsCall(client, facts, ["set_mechanism_weights", "set_weights"], {
    dests: plan.row.uids,
    weights: plan.row.values,
    version_key: facts.versionKey,
  });
  const inclusion = await submit(client, call, signer, options);
  const stored = await fetchRow(client, facts.netuid, facts.mechid, facts.self?.uid ?? 0, inclusion.blockHash);
  return receipt(plan, inclusion, sameRow(plan.row, stored));
}

async function sendHash(
  client: ChainClient,
  signer: Signer,
  facts: WeightsFacts,
  plan: WeightsPlan,
  options: WeightsOptions,
): Promise<WeightsReceipt> {
  const index = mechanismIndex(facts.netuid, facts.mechid);
  const salt = Array.from(new Uint16Array(new Uint8Array(randomBytes(SALT_WORDS * 2)).buffer));
  const hash = weightsCommitHash(signer.publicKey, index, plan.row, salt, facts.versionKey);
  const reveal = planOf(facts);
  await options.keepCommit?.({
    netuid: facts.netuid,
    mechid: facts.mechid,
    hotkey: signer.address as Hotkey,
    hash,
    uids: plan.row.uids,
    values: plan.row.values,
    salt,
    versionKey: facts.versionKey.toString(),
    revealEpoch: reveal.epoch,
    firstRevealBlock: reveal.firstRevealBlock,
  });
  const call = weightsCall(client, facts, ["commit_mechanism_weights", "commit_weights"], { commit_hash: hash });
  const inclusion = await submit(client, call, signer, options);
  const held = await fetchHashCommits(client, facts.netuid, facts.mechid, signer.address, inclusion.blockHash);
  const own = held.find((one) => one.hash === hash);
  // Where an epoch began between signing and inclusion, the commit belongs to that one.
  const block =
    own === undefined ? reveal.firstRevealBlock : firstBlockOfEpoch(facts.epoch, own.epoch + facts.revealPeriodEpochs);
  return receipt(plan, inclusion, own !== undefined, { block });
}

async function sendTimelock(
  client: ChainClient,
  signer: Signer,
  facts: WeightsFacts,
  plan: WeightsPlan,
  options: WeightsOptions,
): Promise<WeightsReceipt> {
  const reveal = planOf(facts);
  const round = roundToLockTo(reveal, facts.beacon?.lastStoredRound ?? 0);
  const payload = timelockPayload(signer.publicKey, plan.row, facts.versionKey);
  const commit = timelockEncrypt(payload, round, facts.beacon?.publicKey ?? new Uint8Array());
  const hex = bytesToHex(commit);
  const names = ["commit_timelocked_mechanism_weights", "commit_timelocked_weights"] as const;
  const call = weightsCall(client, facts, names, {
    commit: hex,
    reveal_round: round,
    commit_reveal_version: TIMELOCK_VERSION,
  });
  const inclusion = await submit(client, call, signer, options);
  const index = mechanismIndex(facts.netuid, facts.mechid);
  const stored = await client.entries(SUBTENSOR, "TimelockedWeightCommits", [index], inclusion.blockHash);
  const isStored = stored.some(({ value }) =>
    plainList(value, "TimelockedWeightCommits").some((entry) => {
      const [who, , bytes] = plainList(entry, "a commit");
      return who === signer.address && bytesToHex(plainBytes(bytes, "a commit")) === hex;
    }),
  );
  return receipt(plan, inclusion, isStored, { round, block: reveal.firstRevealBlock });
}

/** Where a chain has no beacon only the epoch matters; any timing will do. */
const planOf = (facts: WeightsFacts): RevealPlan =>
  planReveal(facts.epoch, facts.revealPeriodEpochs, facts.nowMs, facts.blockTimeMs, {
    genesisTime: facts.beacon?.genesisTime ?? 0,
    periodSeconds: facts.beacon?.periodSeconds ?? 1,
  });
