import { randomBytes } from "node:crypto";
import type { Hotkey, MechId, Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { weightsCommitHash } from "./commit-hash.ts";
import { bytesToHex, plainBytes, plainList, plainNumber, plainText } from "./plain.ts";
import { ChainRefusedError } from "./refusals.ts";
import { commitEpoch, firstBlockOfEpoch, planReveal, type RevealPlan } from "./reveal-round.ts";
import type { CallSpec } from "./runtime.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";
import { timelockEncrypt, timelockPayload } from "./timelock.ts";
import { fetchWeightsFacts, mechanismIndex, type WeightsFacts } from "./weights-facts.ts";
import {
  planWeights,
  showBlocks,
  TIMELOCK_VERSION,
  type WeightsMode,
  type WeightsPlan,
  WeightsRefusedError,
  type WeightsWish,
} from "./weights-plan.ts";
import { sameRow, type WeightsRow } from "./weights-row.ts";

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

/** What must be kept between a hash commit and its reveal. */
export interface HashCommit {
  readonly netuid: Netuid;
  readonly mechid: MechId;
  readonly hotkey: Hotkey;
  readonly hash: string;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  /** Decimal text. */
  readonly versionKey: string;
  /** Index of the epoch in which it may be revealed, and only in it. */
  readonly revealEpoch: number;
  readonly firstRevealBlock: number;
}

export interface WeightsOptions extends SubmitOptions {
  /** Called with a hash commit before it is sent: without its salt it could never be revealed. */
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
    try {
      return await send(client, signer, facts, plan, {
        ...options,
        about: { netuid: input.netuid, mechid: input.mechid, uid: facts.self?.uid, ...options.about },
      });
    } catch (error) {
      const isLate = error instanceof ChainRefusedError && error.chainError === "InvalidRevealRound";
      if (!isLate || attempt >= ROUND_ATTEMPTS) throw error;
    }
  }
}

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

/** The mechanism's own call; chains without mechanisms have only the old one. */
function callFor(
  client: ChainClient,
  facts: { readonly netuid: number; readonly mechid: number },
  [ofMechanism, plainName]: readonly [string, string],
  args: Readonly<Record<string, unknown>>,
): CallSpec {
  return client.runtime.hasCall(SUBTENSOR, ofMechanism)
    ? { pallet: SUBTENSOR, name: ofMechanism, args: { netuid: facts.netuid, mecid: facts.mechid, ...args } }
    : { pallet: SUBTENSOR, name: plainName, args: { netuid: facts.netuid, ...args } };
}

async function sendPlain(
  client: ChainClient,
  signer: Signer,
  facts: WeightsFacts,
  plan: WeightsPlan,
  options: WeightsOptions,
): Promise<WeightsReceipt> {
  const call = callFor(client, facts, ["set_mechanism_weights", "set_weights"], {
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
  const call = callFor(client, facts, ["commit_mechanism_weights", "commit_weights"], { commit_hash: hash });
  const inclusion = await submit(client, call, signer, options);
  const stored = await client.storage(SUBTENSOR, "WeightCommits", [index, signer.address], inclusion.blockHash);
  const isStored =
    stored !== null && plainList(stored, "WeightCommits").some((entry) => plainList(entry, "a commit")[0] === hash);
  return receipt(plan, inclusion, isStored, { block: reveal.firstRevealBlock });
}

async function sendTimelock(
  client: ChainClient,
  signer: Signer,
  facts: WeightsFacts,
  plan: WeightsPlan,
  options: WeightsOptions,
): Promise<WeightsReceipt> {
  const reveal = planOf(facts);
  const payload = timelockPayload(signer.publicKey, plan.row, facts.versionKey);
  const commit = timelockEncrypt(payload, reveal.round, facts.beacon?.publicKey ?? new Uint8Array());
  const hex = bytesToHex(commit);
  const names = ["commit_timelocked_mechanism_weights", "commit_timelocked_weights"] as const;
  const call = callFor(client, facts, names, {
    commit: hex,
    reveal_round: reveal.round,
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
  return receipt(plan, inclusion, isStored, { round: reveal.round, block: reveal.firstRevealBlock });
}

/** Where a chain has no beacon only the epoch matters; any timing will do. */
const planOf = (facts: WeightsFacts): RevealPlan =>
  planReveal(facts.epoch, facts.revealPeriodEpochs, facts.nowMs, facts.blockTimeMs, {
    genesisTime: facts.beacon?.genesisTime ?? 0,
    periodSeconds: facts.beacon?.periodSeconds ?? 1,
  });

/** What the chain holds of one setter: uid → u16. */
export async function fetchRow(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
  uid: number,
  at?: string,
): Promise<ReadonlyMap<number, number>> {
  const stored = await client.storage(SUBTENSOR, "Weights", [mechanismIndex(netuid, mechid), uid], at);
  return new Map(
    plainList(stored, "Weights").map((entry) => {
      const [target, value] = plainList(entry, "a weight");
      return [plainNumber(target, "a uid"), plainNumber(value, "a weight")];
    }),
  );
}

/** All rows of a mechanism: setter's uid → (uid → u16). */
export async function fetchRows(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const entries = await client.entries(SUBTENSOR, "Weights", [mechanismIndex(netuid, mechid)]);
  return new Map(
    entries.map(({ args, value }) => [
      plainNumber(args[1], "a uid"),
      new Map(
        plainList(value, "Weights").map((entry) => {
          const [target, weight] = plainList(entry, "a weight");
          return [plainNumber(target, "a uid"), plainNumber(weight, "a weight")];
        }),
      ),
    ]),
  );
}

/** Commits of a hotkey that the chain still holds, by hash. */
export async function fetchHashCommits(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
  hotkey: string,
): Promise<readonly string[]> {
  const stored = await client.storage(SUBTENSOR, "WeightCommits", [mechanismIndex(netuid, mechid), hotkey]);
  if (stored === null) return [];
  return plainList(stored, "WeightCommits").map((entry) =>
    plainText(plainList(entry, "a commit")[0], "a commit's hash"),
  );
}

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
  const call = callFor(client, commit, ["reveal_mechanism_weights", "reveal_weights"], {
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

function refuseReveal(facts: WeightsFacts, commit: HashCommit, held: readonly string[]): void {
  const now = commitEpoch(facts.epoch);
  const details = { revealEpoch: commit.revealEpoch, epochNow: now };
  if (!held.includes(commit.hash)) {
    throw new WeightsRefusedError(
      now > commit.revealEpoch ? "weights.commit-expired" : "weights.no-commit",
      now > commit.revealEpoch
        ? "The commit is too old: its epoch has passed unrevealed."
        : "The chain holds no such commit of this hotkey; it was revealed already, or never arrived.",
      "Commit again: colosseum weights commit --hash --netuid N",
      facts,
      details,
    );
  }
  if (now < commit.revealEpoch) {
    const blocks = Math.max(1, firstBlockOfEpoch(facts.epoch, commit.revealEpoch) - facts.block - 1);
    throw new WeightsRefusedError(
      "weights.reveal-too-early",
      `The commit may be revealed in ${showBlocks(blocks, facts.blockTimeMs)}, when its epoch begins.`,
      "Wait, then: colosseum weights reveal --netuid N",
      facts,
      { ...details, canRevealInBlocks: blocks, canRevealInMs: blocks * facts.blockTimeMs },
    );
  }
}
