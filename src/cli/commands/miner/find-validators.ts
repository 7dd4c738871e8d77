import type { Hotkey, Netuid } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { ValidatorAddress, ValidatorDirectory } from "../../../miner/ports.ts";

export interface ValidatorFilter {
  /** Only these, where any is named. */
  readonly allow: readonly string[];
  readonly block: readonly string[];
  /** Our own hotkeys are no validators of ours. */
  readonly own: readonly string[];
}

/** The validators of a subnet as its metagraph names them: with a permit and a published endpoint, the highest stake first. */
export function chainDirectory(client: ChainClient, netuid: Netuid, filter: ValidatorFilter): ValidatorDirectory {
  return {
    find: async () => {
      const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
      const { neurons } = await fetchMetagraph(client, netuid);
      return neurons
        .filter(({ permit, endpoint, hotkey }) => permit && endpoint !== null && wanted(hotkey, filter))
        .sort((a, b) => (a.stakeRao < b.stakeRao ? 1 : a.stakeRao > b.stakeRao ? -1 : a.uid - b.uid))
        .map(({ endpoint, hotkey }): ValidatorAddress => ({ url: endpoint ?? "", hotkey }));
    },
  };
}

const wanted = (hotkey: Hotkey, { allow, block, own }: ValidatorFilter): boolean =>
  !own.includes(hotkey) && !block.includes(hotkey) && (allow.length === 0 || allow.includes(hotkey));
