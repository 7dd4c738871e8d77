import type { MechId, Netuid } from "../base/ids.ts";
import type { ChainClient } from "./client.ts";
import { plainBigint, plainBool, plainList, plainNumber, plainRecord } from "./plain.ts";

const SUBTENSOR = "SubtensorModule";
/** What is left after the owner's cut goes half to miners, half to validators. @see subtensor coinbase/run_coinbase.rs */
const MINERS_HALF = 2n;
const U16_MAX = 65_535n;
const DAY_MS = 86_400_000;

/**
 * What a mechanism pays all its miners together in a day if everything stays as it is: the subnet's alpha of one block,
 * less the owner's cut, halved, by the mechanism's part, at the moving price in TAO.
 *
 * @returns rao; 0 for a subnet that emits nothing (yet), undefined where the chain does not tell.
 */
export async function mechanismPayPerDay(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
): Promise<bigint | undefined> {
  const { runtime } = client;
  const names = ["SubnetAlphaOutEmission", "SubnetMovingPrice", "MechanismCountCurrent", "MechanismEmissionSplit"];
  if (names.some((name) => !runtime.hasStorage(SUBTENSOR, name))) return undefined;
  const cutEnabled = runtime.hasStorage(SUBTENSOR, "OwnerCutEnabled");
  const [values, blockTimeMs] = await Promise.all([
    client.storages([
      ...names.map((name) => ({ pallet: SUBTENSOR, name, args: [netuid] })),
      { pallet: SUBTENSOR, name: "SubnetOwnerCut" },
      ...(cutEnabled ? [{ pallet: SUBTENSOR, name: "OwnerCutEnabled", args: [netuid] }] : []),
    ]),
    client.blockTimeMs(),
  ]);
  const [alpha, price, count, split, cut, enabled] = values;
  const mechanisms = plainNumber(count, "MechanismCountCurrent");
  if (mechid >= mechanisms) return 0n;
  const parts =
    split === null || split === undefined
      ? Array.from({ length: mechanisms }, () => 1)
      : plainList(split, "MechanismEmissionSplit").map((part) => plainNumber(part, "a part of the emission"));
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total === 0) return 0n;
  const isCut = enabled === undefined || enabled === null || plainBool(enabled, "OwnerCutEnabled");
  const kept = U16_MAX - (isCut ? BigInt(plainNumber(cut, "SubnetOwnerCut")) : 0n);
  const miners = (plainBigint(alpha, "SubnetAlphaOutEmission") * kept) / U16_MAX / MINERS_HALF;
  const mine = (miners * BigInt(parts[mechid] ?? 0)) / BigInt(total);
  // A fixed-point number of 32 places: its bits over 2^32.
  const priceBits = plainBigint(plainRecord(price, "SubnetMovingPrice")["bits"], "SubnetMovingPrice");
  const blocks = BigInt(Math.round(DAY_MS / Math.max(1, blockTimeMs)));
  return (mine * blocks * priceBits) >> 32n;
}
