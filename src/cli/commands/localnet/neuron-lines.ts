import { encodeSs58 } from "../../../base/ss58.ts";
import { type PruningCandidate, pruneRanks } from "../../../chain/pruning.ts";
import type { ReadableState } from "../../../localnet/engine/state.ts";
import { subnetsOf } from "../../../localnet/pallets/subtensor/emission.ts";
import { hotkeysOf } from "../../../localnet/pallets/subtensor/neurons.ts";
import { stakeWeightRao } from "../../../localnet/pallets/subtensor/stake-weight.ts";
import * as s from "../../../localnet/pallets/subtensor/storage.ts";
import { fromHex } from "../../../localnet/scale/bytes.ts";
import type { LocalnetEvent } from "../../../ui/localnet-events.ts";
import type { NeuronLine } from "../../../ui/watch-events.ts";
import type { Names } from "./describe-values.ts";

const RAO_PER_TAO = 1e9;
const U16_MAX = 65_535;

/** What the screen shows of a subnet. @param chosen - Its place among all subnets; past the last begins anew. */
export function neuronsEvent(
  state: ReadableState,
  block: number,
  chosen: number,
  names: Names,
): Extract<LocalnetEvent, { type: "neurons" }> {
  const netuids = subnetsOf(state);
  const netuid = netuids.length === 0 ? undefined : netuids[chosen % netuids.length];
  if (netuid === undefined) return { type: "neurons", netuids, netuid, maxUids: 0, neurons: [] };
  const incentive = s.Incentive.get(state, netuid);
  const dividends = s.Dividends.get(state, netuid);
  const emission = s.Emission.get(state, netuid);
  const permits = s.ValidatorPermit.get(state, netuid);
  const immunity = s.ImmunityPeriod.get(state, netuid);
  const candidates = hotkeysOf(state, netuid).map((hotkey, uid): PruningCandidate => {
    const registeredAtBlock = Number(s.BlockAtRegistration.get(state, netuid, uid));
    const immunityBlocksLeft = Math.max(0, registeredAtBlock + immunity - block);
    const coldkey = s.Owner.get(state, hotkey);
    return { uid, hotkey, coldkey, emissionRao: emission[uid] ?? 0n, registeredAtBlock, immunityBlocksLeft };
  });
  const ranks = pruneRanks(candidates, {
    ownerHotkey: s.SubnetOwnerHotkey.get(state, netuid),
    ownerColdkey: s.SubnetOwner.get(state, netuid),
    immuneOwnerUids: s.ImmuneOwnerUidsLimit.get(state, netuid),
    minNonImmuneUids: s.MinNonImmuneUids.get(state, netuid),
  });
  const neurons = candidates.map(({ uid, hotkey, emissionRao, immunityBlocksLeft }): NeuronLine => {
    return {
      uid,
      hotkey: names.get(hotkey) ?? encodeSs58(fromHex(hotkey)),
      stakeTao: Number(stakeWeightRao(state, netuid, hotkey)) / RAO_PER_TAO,
      incentive: (incentive[uid] ?? 0) / U16_MAX,
      dividends: (dividends[uid] ?? 0) / U16_MAX,
      emissionTao: Number(emissionRao) / RAO_PER_TAO,
      permit: permits[uid] ?? false,
      immunityBlocksLeft,
      pruneRank: ranks.get(uid) ?? null,
      endpoint: null,
    };
  });
  return { type: "neurons", netuids, netuid, maxUids: s.MaxAllowedUids.get(state, netuid), neurons };
}
