import type { Hotkey, Netuid } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { ValidatorAddress, ValidatorDirectory } from "../../../miner/ports.ts";

export interface ValidatorFilter {
  /** Only these, where any is named. */
  readonly allow: readonly string[];
  readonly block: readonly string[];
  /** Our own hotkeys are no validators of ours. */
  readonly own: readonly string[];
  /** Who stakes less is no validator of ours: its weights count for nothing. Default: anything above 0. */
  readonly minStakeRao?: bigint;
}

/** The validators of a subnet as its metagraph names them: with permit, stake and a published endpoint, the highest stake first. */
export function chainDirectory(client: ChainClient, netuid: Netuid, filter: ValidatorFilter): ValidatorDirectory {
  return {
    find: async () => {
      const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
      const { neurons } = await fetchMetagraph(client, netuid);
      return neurons
        .filter(({ permit, endpoint, hotkey }) => permit && endpoint !== null && wanted(hotkey, filter))
        .filter(({ stakeRao }) => stakeRao >= (filter.minStakeRao ?? 1n))
        .sort((a, b) => (a.stakeRao < b.stakeRao ? 1 : a.stakeRao > b.stakeRao ? -1 : a.uid - b.uid))
        .map(({ endpoint, hotkey, stakeRao }): ValidatorAddress => ({ url: endpoint ?? "", hotkey, stakeRao }));
    },
  };
}

const wanted = (hotkey: Hotkey, { allow, block, own }: ValidatorFilter): boolean =>
  !own.includes(hotkey) && !block.includes(hotkey) && (allow.length === 0 || allow.includes(hotkey));
