import { toNetuid } from "../../base/ids.ts";
import type { ChainClient } from "../../chain/client.ts";
import { SubnetMissingError } from "../../chain/errors.ts";
import { plainBigint, plainList, plainNumber, plainRecord } from "../../chain/plain.ts";
import { schema } from "../engine/schema.ts";
import { StorageItem } from "../engine/storage-item.ts";
import { mechanismIndex, ROOT_NETUID } from "../pallets/subtensor/storage.ts";
import { ByteReader, ByteWriter, equalBytes, fromHex } from "../scale/bytes.ts";
import { type CopiedItem, copiedItems } from "./copied-items.ts";
import { accountIn, fetchStakes } from "./fetch-stakes.ts";
import { type ForeignEntry, ForeignState } from "./foreign-state.ts";
import type { ForkedSubnet } from "./forked-subnet.ts";
import { inGroups } from "./in-groups.ts";

const SUBTENSOR = "SubtensorModule";

/**
 * Reads a subnet of another chain at its newest block: hyperparameters, neurons with their weights, bonds and last
 * epoch, stakes on their hotkeys in the subnet and on root, what its people have. Only questions are asked.
 *
 * @param tell - Hears what is being read.
 * @throws SubnetMissingError; ChainUnreachableError, ChainDeadlineError where the other chain does not answer.
 */
export async function fetchSubnet(
  client: ChainClient,
  netuid: number,
  tell: (text: string) => void = () => undefined,
): Promise<ForkedSubnet> {
  const head = await client.head();
  const foreign = new ForeignState(client, head.hash);
  const one = async (name: string): Promise<string | null> =>
    (await foreign.values([{ pallet: SUBTENSOR, name, keys: [netuid] }]))[0] ?? null;
  if (foreign.decoded(SUBTENSOR, "NetworksAdded", await one("NetworksAdded")) !== true)
    throw new SubnetMissingError(toNetuid(netuid));
  tell(`Reading subnet ${netuid} at block ${head.number} of ${client.endpoint}…`);

  const mechanisms = foreign.has(SUBTENSOR, "MechanismCountCurrent")
    ? plainNumber(foreign.decoded(SUBTENSOR, "MechanismCountCurrent", await one("MechanismCountCurrent")), "mechanisms")
    : 1;
  const indexes = Array.from({ length: mechanisms }, (_, mecid) => mechanismIndex(netuid, mecid));
  const hotkeys = (await foreign.entries(SUBTENSOR, "Keys", [netuid]))
    .sort((a, b) => Number(a.keys[1]) - Number(b.keys[1]))
    .map(({ hex }) => accountIn(foreign.decoded(SUBTENSOR, "Keys", hex)));

  tell(`Reading the stakes on ${hotkeys.length} hotkeys…`);
  const owners = await ownersOf(foreign, [...new Set([...hotkeys, ...(await parentsOf(foreign, hotkeys, netuid))])]);
  const stakes = await fetchStakes(foreign, [netuid, ROOT_NETUID], owners);
  const owner = accountIn(foreign.decoded(SUBTENSOR, "SubnetOwner", await one("SubnetOwner")));
  const coldkeys = [...new Set([owner, ...owners.map(({ coldkey }) => coldkey)])];

  const copy = new Copy();
  const who = { netuid, indexes, hotkeys: owners.map(({ hotkey }) => hotkey), coldkeys };
  for (const item of copiedItems()) {
    if (!foreign.has(item.pallet, item.name)) continue;
    for (const { keys, hex } of await read(foreign, item, who)) copy.take(item, keys, hex);
  }
  return {
    endpoint: client.endpoint,
    netuid,
    block: head.number,
    neurons: hotkeys.length,
    entries: copy.entries,
    stakes,
    balances: await balancesOf(foreign, coldkeys),
    owners,
    leftOut: [...copy.leftOut],
  };
}

interface Who {
  readonly netuid: number;
  /** Where its mechanisms keep what is theirs. */
  readonly indexes: readonly number[];
  readonly hotkeys: readonly string[];
  readonly coldkeys: readonly string[];
}

/** A subnet's part of a storage item. */
async function read(foreign: ForeignState, item: CopiedItem, who: Who): Promise<ForeignEntry[]> {
  const { pallet, name, by } = item;
  const values = async (wanted: readonly (readonly (string | number)[])[]): Promise<ForeignEntry[]> => {
    const found = await foreign.values(wanted.map((keys) => ({ pallet, name, keys })));
    return wanted.flatMap((keys, index) => {
      // That chain's default, where one holds, need not be this one's.
      const hex = found[index] ?? foreign.fallback(pallet, name);
      return hex === null ? [] : [{ keys, hex }];
    });
  };
  switch (by) {
    case "chain":
      return await values([[]]);
    case "subnet":
      return await values([[who.netuid]]);
    case "mechanism":
      return await values(who.indexes.map((index) => [index]));
    case "hotkey":
      return await values(who.hotkeys.map((hotkey) => [hotkey]));
    case "coldkey":
      return await values(who.coldkeys.map((coldkey) => [coldkey]));
    case "member":
      return await values(who.hotkeys.map((hotkey) => [hotkey, who.netuid]));
    case "subnet-map":
      return await foreign.entries(pallet, name, [who.netuid]);
    case "mechanism-map":
      return (await inGroups(who.indexes, (index) => foreign.entries(pallet, name, [index]))).flat();
  }
}

/** Hotkeys elsewhere that lend their stake to the subnet's. */
async function parentsOf(foreign: ForeignState, hotkeys: readonly string[], netuid: number): Promise<string[]> {
  if (!foreign.has(SUBTENSOR, "ParentKeys")) return [];
  const found = await foreign.values(
    hotkeys.map((hotkey) => ({ pallet: SUBTENSOR, name: "ParentKeys", keys: [hotkey, netuid] })),
  );
  return found.flatMap((hex) =>
    plainList(foreign.decoded(SUBTENSOR, "ParentKeys", hex), "parents").map((pair) =>
      accountIn(plainList(pair, "a parent")[1] ?? null),
    ),
  );
}

async function ownersOf(foreign: ForeignState, hotkeys: readonly string[]): Promise<ForkedSubnet["owners"]> {
  const found = await foreign.values(hotkeys.map((hotkey) => ({ pallet: SUBTENSOR, name: "Owner", keys: [hotkey] })));
  return hotkeys.map((hotkey, index) => ({
    hotkey,
    coldkey: accountIn(foreign.decoded(SUBTENSOR, "Owner", found[index] ?? null)),
  }));
}

async function balancesOf(foreign: ForeignState, accounts: readonly string[]): Promise<ForkedSubnet["balances"]> {
  const found = await foreign.values(
    accounts.map((account) => ({ pallet: "System", name: "Account", keys: [account] })),
  );
  return accounts.map((account, index) => {
    const record = plainRecord(foreign.decoded("System", "Account", found[index] ?? null), "an account");
    return { account, freeRao: plainBigint(plainRecord(record["data"], "a balance")["free"], "a balance") };
  });
}

/** What is taken over, in this chain's layout. */
class Copy {
  readonly entries: [string, string][] = [];
  readonly leftOut = new Set<string>();

  take(item: CopiedItem, keys: readonly (string | number)[], hex: string): void {
    if (fits(item, hex)) {
      const key = new StorageItem<readonly unknown[], unknown>(item.pallet, item.name).key(...keys);
      this.entries.push([key, hex.slice(2)]);
    } else this.leftOut.add(`${item.pallet}.${item.name}`);
  }
}

/** Whether the bytes are exactly one value of the type that this chain has there. */
function fits({ entry }: CopiedItem, hex: string): boolean {
  const bytes = fromHex(hex);
  const codec = schema.types.codecOf(entry.value);
  try {
    const reader = new ByteReader(bytes);
    const value = codec.decode(reader);
    const writer = new ByteWriter();
    codec.encode(writer, value);
    return reader.left === 0 && equalBytes(writer.finish(), bytes);
  } catch {
    // Another chain's bytes may be anything; what does not decode is not taken.
    return false;
  }
}
