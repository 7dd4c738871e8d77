import type { Netuid } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { ArenaScope } from "../../../store/accounts.ts";

/** Where accounts are proven: the chain by its first block, since a name such as "local" is many chains in a lifetime. */
export const arenaScope = (client: ChainClient, netuid: Netuid): ArenaScope => ({
  chain: client.genesis.slice(2, 18),
  netuid,
});

/** Hotkey → uid of everybody in the subnet. @throws SubnetMissingError */
export async function fetchUids(client: ChainClient, netuid: Netuid): Promise<ReadonlyMap<string, number>> {
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const { neurons } = await fetchMetagraph(client, netuid);
  return new Map(neurons.map(({ hotkey, uid }) => [hotkey, uid]));
}
