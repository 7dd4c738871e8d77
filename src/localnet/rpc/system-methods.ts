import type { RpcMethods } from "./dispatcher.ts";
import type { Node } from "./node.ts";

export const SYSTEM_NAME = "colosseum-localnet";
/** Tells everybody who asks that nothing here is real. */
export const SYSTEM_CHAIN = "Colosseum localnet (local simulator, one node, no consensus)";

/** system_*: who this is. */
export function systemMethods(node: Node): RpcMethods {
  return {
    system_chain: () => SYSTEM_CHAIN,
    system_chainType: () => "Development",
    system_name: () => SYSTEM_NAME,
    system_version: () => node.version,
    system_properties: () => ({ isEthereum: false, ss58Format: 42, tokenDecimals: 9, tokenSymbol: "TAO" }),
    system_health: () => ({ peers: 0, isSyncing: false, shouldHavePeers: false }),
    system_nodeRoles: () => ["Authority"],
    system_peers: () => [],
    system_localPeerId: () => "",
    system_localListenAddresses: () => [],
    system_syncState: () => {
      const { number } = node.chain.head.header;
      return { startingBlock: 0, currentBlock: number, highestBlock: number };
    },
  };
}
