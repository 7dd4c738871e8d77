import { type Coldkey, type Hotkey, type Netuid, toColdkey, toHotkey } from "../../../base/ids.ts";
import { RAO_PER_TAO } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { SubnetLine } from "../../../chain/subnets.ts";
import type { WalletEntry } from "../../../wallet/folder.ts";
import type { Scene } from "./answers.ts";

const tao = (rao: bigint): number => Number(rao) / Number(RAO_PER_TAO);

/** Whether time, blocks and money can be made at will on this chain. */
export const isDevelopment = async (client: ChainClient): Promise<boolean> =>
  (await client.rpcMethods()).includes("dev_faucet");

/** What is there already, so that only what is missing gets done. */
export async function lookAround(
  client: ChainClient,
  subnets: readonly SubnetLine[],
  netuid: Netuid,
  wallet: WalletEntry | undefined,
  hotkeyName: string,
): Promise<Scene> {
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const { fetchSubnetPriceRao } = await import("../../../chain/subnets.ts");
  const development = await isDevelopment(client);
  const known = wallet?.hotkeys.find(({ name }) => name === hotkeyName);
  const hotkey: Hotkey | undefined = known?.address ? toHotkey(known.address) : undefined;
  const coldkey: Coldkey | undefined = wallet?.coldkey ? toColdkey(wallet.coldkey) : undefined;
  const subnet = subnets.find((candidate) => candidate.netuid === netuid);
  const graph = subnet === undefined ? undefined : await fetchMetagraph(client, netuid);
  const neuron = graph?.neurons.find((candidate) => candidate.hotkey === hotkey);
  return {
    walletExists: wallet !== undefined,
    hotkeyExists: known !== undefined,
    development,
    subnetExists: subnet !== undefined,
    registered: neuron !== undefined,
    permit: neuron?.permit ?? false,
    freeTao: coldkey === undefined ? 0 : tao((await client.balance(coldkey)).freeRao),
    slotTao: tao(subnet?.burnRao ?? 0n),
    subnetTao: tao(await fetchSubnetPriceRao(client)),
    tempo: subnet?.tempo ?? 360,
  };
}
