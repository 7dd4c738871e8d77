import { schema } from "../engine/schema.ts";
import type { StorageEntry } from "../runtime/pallet-table.ts";
import type { TypeNode } from "../scale/type-expression.ts";

/** Pallets in which subnets keep something. */
const PALLETS = ["SubtensorModule", "Commitments", "Swap"] as const;

/**
 * Not copied as they are: stakes, which are read as amounts and given out anew, because chains keep shares in different
 * forms; and commits, which were sealed for that chain's beacon or owed to its blocks.
 */
const NOT_COPIED: ReadonlySet<string> = new Set([
  "Alpha",
  "AlphaV2",
  "AlphaSharePoolEpoch",
  "AlphaShareEpoch",
  "TotalHotkeyAlpha",
  "TotalHotkeyShares",
  "TotalHotkeySharesV2",
  "TotalAlphaStaked",
  "WeightCommits",
  "TimelockedWeightCommits",
  "CRV3WeightCommits",
  "CRV3WeightCommitsV2",
  "LoadedEmission",
]);

/** Values of the whole chain on which what a subnet pays and permits depends. */
const CHAIN_WIDE = [
  "TaoWeight",
  "StakeThreshold",
  "BlockEmission",
  "SubnetOwnerCut",
  "SubnetMovingAlpha",
  "AdminFreezeWindow",
  "OwnerHyperparamRateLimit",
  "MinDelegateTake",
  "MaxDelegateTake",
  "TxDelegateTakeRateLimit",
  "MinChildkeyTake",
  "MaxChildkeyTake",
] as const;

/** By a hotkey or a coldkey alone. */
const PER_HOTKEY: ReadonlySet<string> = new Set(["Delegates", "LastTxBlockDelegateTake"]);
const PER_COLDKEY: ReadonlySet<string> = new Set(["IdentitiesV2"]);

/** A storage item and by what a subnet's part of it is found. */
export interface CopiedItem {
  readonly pallet: string;
  readonly name: string;
  readonly entry: StorageEntry;
  /**
   * `chain`: one value; `subnet`: one by netuid; `subnet-map`: entries below the netuid; `mechanism`, `mechanism-map`:
   * the same by the number of a mechanism; `hotkey`, `coldkey`: one by such a key; `member`: one by hotkey and netuid.
   */
  readonly by: "chain" | "subnet" | "subnet-map" | "mechanism" | "mechanism-map" | "hotkey" | "coldkey" | "member";
}

const isNamed = (type: TypeNode | undefined, name: string): boolean => type?.kind === "named" && type.name === name;

function keyedBy({ name, keys }: StorageEntry): CopiedItem["by"] | undefined {
  if (PER_HOTKEY.has(name)) return "hotkey";
  if (PER_COLDKEY.has(name)) return "coldkey";
  const [first, second] = keys;
  const map = keys.length > 1 ? "-map" : "";
  if (isNamed(first, "NetUid")) return `subnet${map}`;
  if (isNamed(first, "NetUidStorageIndex")) return `mechanism${map}`;
  if (keys.length === 2 && isNamed(first, "AccountId32") && isNamed(second, "NetUid")) return "member";
  return undefined;
}

/** Everything that belongs to a subnet, found in the tables of this chain: what they gain is copied too. */
export function copiedItems(): CopiedItem[] {
  const chainWide: readonly string[] = CHAIN_WIDE;
  return PALLETS.flatMap((pallet) =>
    schema.pallet(pallet).storage.flatMap((entry): CopiedItem[] => {
      const { name } = entry;
      if (NOT_COPIED.has(name)) return [];
      if (pallet === "SubtensorModule" && chainWide.includes(name)) return [{ pallet, name, entry, by: "chain" }];
      const by = keyedBy(entry);
      return by === undefined ? [] : [{ pallet, name, entry, by }];
    }),
  );
}
