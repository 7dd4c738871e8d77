import type { Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { SubnetMissingError } from "./errors.ts";
import { fetchHyperparameters } from "./hyperparameters.ts";
import { plainNumber } from "./plain.ts";
import { refusedBeforehand } from "./refused-beforehand.ts";
import type { CallSpec } from "./runtime.ts";
import { refuseSetting } from "./setting-bounds.ts";
import { callName, type SettingValue, type SettingWish, settingCall, shownName } from "./setting-calls.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";

/** One setting as it is and as it would be. */
export interface SettingChange {
  /** As `subnet hyperparameters` shows it. */
  readonly name: string;
  /** null where the chain shows no such setting. */
  readonly from: SettingValue | null;
  readonly to: SettingValue;
  /** `Pallet.call`. */
  readonly call: string;
}

export interface SettingsPlan {
  readonly netuid: Netuid;
  readonly block: number;
  /** In whose name: the subnet's owner, or the chain's sudo key (on development chains). */
  readonly by: "owner" | "sudo";
  readonly changes: readonly SettingChange[];
  readonly calls: readonly CallSpec[];
}

const SUBTENSOR = "SubtensorModule";

/**
 * What changing a subnet's settings would do, and whether this coldkey may, without a signature.
 *
 * @throws UsageError `usage.hyperparameter`; SubnetMissingError; ChainRefusedError (exit 13) `chain.not-subnet-owner`,
 * `chain.admin-action-prohibited-during-weights-window` with `canSetInBlocks` in its details.
 */
export async function planSettings(
  client: ChainClient,
  netuid: Netuid,
  coldkey: string,
  wishes: readonly SettingWish[],
): Promise<SettingsPlan> {
  const { number: block, hash } = await client.head();
  const [isAdded, owner] = await client.storages(
    [
      { pallet: SUBTENSOR, name: "NetworksAdded", args: [netuid] },
      { pallet: SUBTENSOR, name: "SubnetOwner", args: [netuid] },
    ],
    hash,
  );
  if (isAdded !== true) throw new SubnetMissingError(netuid);
  const isOwner = owner === coldkey;
  const by = isOwner ? "owner" : "sudo";
  const read = wishes.map((wish) => settingCall(client.runtime, netuid, wish, by));
  if (!isOwner && !(await isSudo(client, coldkey)))
    throw refusedBeforehand("NotSubnetOwner", { netuid, coldkey, owner });
  for (const [index, { name }] of wishes.entries()) {
    refuseSetting(client.runtime, { netuid, name, callName: callName(name), value: read[index]?.number }, by);
  }
  await refuseFrozen(client, netuid, block, hash);
  const now = await fetchHyperparameters(client, netuid);
  return {
    netuid,
    block,
    by,
    calls: read.map(({ call }) => call),
    changes: read.map(({ call, to }, index) => {
      const name = shownName(wishes[index]?.name ?? "");
      return { name, from: now[name] ?? null, to, call: `${call.pallet}.${call.name}` };
    }),
  };
}

const isSudo = async (client: ChainClient, coldkey: string): Promise<boolean> =>
  client.runtime.hasStorage("Sudo", "Key") && (await client.storage("Sudo", "Key")) === coldkey;

/** In the last blocks before an epoch nobody may change what it is computed by. @see subtensor AdminFreezeWindow */
async function refuseFrozen(client: ChainClient, netuid: Netuid, block: number, at: string): Promise<void> {
  const names = ["Tempo", "LastEpochBlock", "PendingEpochAt"];
  if (![...names, "AdminFreezeWindow"].every((name) => client.runtime.hasStorage(SUBTENSOR, name))) return;
  const [window, ...clock] = (
    await client.storages(
      [
        { pallet: SUBTENSOR, name: "AdminFreezeWindow" },
        ...names.map((name) => ({ pallet: SUBTENSOR, name, args: [netuid] })),
      ],
      at,
    )
  ).map((value) => plainNumber(value, "the freeze window"));
  const [tempo = 0, last = 0, pending = 0] = clock;
  if (tempo === 0) return;
  // The transaction would be in the next block, and counts as outside where at least a whole window is left then.
  const regular = last + tempo;
  const next = pending > block ? Math.min(pending, Math.max(regular, block + 1)) : Math.max(regular, block + 1);
  if (pending <= block + 1 && next - (block + 1) >= (window ?? 0)) return;
  throw refusedBeforehand("AdminActionProhibitedDuringWeightsWindow", {
    netuid,
    block,
    nextEpochBlock: next,
    canSetInBlocks: next - block,
  });
}

/** Settings that were changed. */
export interface SettingsChanged extends Inclusion {
  readonly changes: readonly SettingChange[];
  /** Read back at that block: everything is as wished; null where the chain does not show one of them. */
  readonly verified: boolean | null;
}

/**
 * Carries a plan out: one setting as its own call, several in one batch of which all or none take effect.
 *
 * @throws ChainRefusedError, such as `chain.tx-rate-limit-exceeded` where an owner changed the same setting too lately.
 */
export async function changeSettings(
  client: ChainClient,
  coldkey: Signer,
  plan: SettingsPlan,
  options: SubmitOptions = {},
): Promise<SettingsChanged> {
  const { netuid, calls } = plan;
  const built = calls.map((call) => client.runtime.call(call));
  const [only] = calls;
  const inner: CallSpec =
    only !== undefined && calls.length === 1 ? only : { pallet: "Utility", name: "batch_all", args: { calls: built } };
  const call: CallSpec =
    plan.by === "owner" ? inner : { pallet: "Sudo", name: "sudo", args: { call: client.runtime.call(inner) } };
  const names = plan.changes.map(({ name }) => name);
  const inclusion = await submit(client, call, coldkey, { ...options, about: { netuid, names, ...options.about } });
  const now = await fetchHyperparameters(client, netuid, inclusion.blockHash);
  const differs = plan.changes.some(({ name, to }) => now[name] !== undefined && now[name] !== to);
  const isHidden = plan.changes.some(({ name }) => now[name] === undefined);
  return { ...inclusion, changes: plan.changes, verified: differs ? false : isHidden ? null : true };
}
