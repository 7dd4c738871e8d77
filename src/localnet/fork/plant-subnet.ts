import type { Execution } from "../engine/execution.ts";
import { setFree } from "../pallets/accounts.ts";
import { addStakeRao } from "../pallets/subtensor/share-pool.ts";
import { OwnedHotkeys, Owner, ROOT_NETUID, TotalNetworks, TotalStake } from "../pallets/subtensor/storage.ts";
import { fromHex } from "../scale/bytes.ts";
import type { ForkedSubnet } from "./forked-subnet.ts";

/** Puts the copy of a subnet into a chain that has none yet; it keeps its netuid. */
export function plantSubnet(execution: Execution, subnet: ForkedSubnet): void {
  const { state } = execution;
  for (const [key, value] of subnet.entries) state.set(key, fromHex(value));
  TotalNetworks.update(state, [], (count) => count + 1);
  for (const { hotkey, coldkey } of subnet.owners) {
    Owner.set(state, [hotkey], coldkey);
    const owned = OwnedHotkeys.get(state, coldkey);
    if (!owned.includes(hotkey)) OwnedHotkeys.set(state, [coldkey], [...owned, hotkey]);
  }
  for (const { netuid, hotkey, coldkey, rao } of subnet.stakes) {
    addStakeRao(state, hotkey, coldkey, netuid, rao);
    if (netuid === ROOT_NETUID) TotalStake.update(state, [], (total) => total + rao);
  }
  for (const { account, freeRao } of subnet.balances) setFree(execution, account, freeRao);
}
