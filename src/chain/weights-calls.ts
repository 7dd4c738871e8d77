import type { ChainClient } from "./client.ts";
import type { CallSpec } from "./runtime.ts";

const SUBTENSOR = "SubtensorModule";

/** The mechanism's own call; chains without mechanisms have only the old one. */
export function weightsCall(
  client: ChainClient,
  facts: { readonly netuid: number; readonly mechid: number },
  [ofMechanism, plainName]: readonly [string, string],
  args: Readonly<Record<string, unknown>>,
): CallSpec {
  return client.runtime.hasCall(SUBTENSOR, ofMechanism)
    ? { pallet: SUBTENSOR, name: ofMechanism, args: { netuid: facts.netuid, mecid: facts.mechid, ...args } }
    : { pallet: SUBTENSOR, name: plainName, args: { netuid: facts.netuid, ...args } };
}
