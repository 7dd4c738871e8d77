import { type Netuid, toNetuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import { formatTao, showTao } from "../base/units.ts";
import type { ChainClient } from "./client.ts";
import { ChainShapeError, SubnetMissingError } from "./errors.ts";
import { costOf } from "./paid.ts";
import { type Plain, plainBigint, plainBool, plainBytes, plainNumber, plainRecord, plainText } from "./plain.ts";
import { refusedBeforehand } from "./refused-beforehand.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";

const SUBTENSOR = "SubtensorModule";

/** One subnet in a list. */
export interface SubnetLine {
  readonly netuid: Netuid;
  readonly name: string;
  readonly symbol: string;
  readonly n: number;
  readonly maxUids: number;
  readonly tempo: number;
  readonly burnRao: bigint;
  readonly registrationAllowed: boolean;
  readonly ownerColdkey: string;
  /** Started: stake can be added and emission is paid. */
  readonly started: boolean;
  readonly commitReveal: boolean;
}

const FIELDS = [
  "SubnetworkN",
  "MaxAllowedUids",
  "Tempo",
  "Burn",
  "NetworkRegistrationAllowed",
  "SubnetOwner",
  "SubtokenEnabled",
  "CommitRevealWeightsEnabled",
  "TokenSymbol",
] as const;

/** All subnets there are, by netuid; one question for the list and one for what is in it. */
export async function fetchSubnets(client: ChainClient): Promise<SubnetLine[]> {
  const { hash } = await client.head();
  const netuids = (await client.entries(SUBTENSOR, "NetworksAdded", [], hash))
    .filter(({ value }) => value === true)
    .map(({ args }) => plainNumber(args[0], "a netuid"))
    .sort((a, b) => a - b);
  const hasIdentities = client.runtime.hasStorage(SUBTENSOR, "SubnetIdentitiesV3");
  const names = hasIdentities ? [...FIELDS, "SubnetIdentitiesV3" as const] : FIELDS;
  const items = netuids.flatMap((netuid) => names.map((name) => ({ pallet: SUBTENSOR, name, args: [netuid] })));
  const values = await client.storages(items, hash);
  return netuids.map((netuid, row) => {
    const at = (name: (typeof names)[number]): Plain =>
      values[row * names.length + names.indexOf(name as never)] ?? null;
    return {
      netuid: toNetuid(netuid),
      name: hasIdentities ? identityName(at("SubnetIdentitiesV3")) : "",
      symbol: Buffer.from(plainBytes(at("TokenSymbol"), "a symbol")).toString("utf8"),
      n: plainNumber(at("SubnetworkN"), "SubnetworkN"),
      maxUids: plainNumber(at("MaxAllowedUids"), "MaxAllowedUids"),
      tempo: plainNumber(at("Tempo"), "Tempo"),
      burnRao: plainBigint(at("Burn"), "Burn"),
      registrationAllowed: plainBool(at("NetworkRegistrationAllowed"), "NetworkRegistrationAllowed"),
      ownerColdkey: plainText(at("SubnetOwner"), "SubnetOwner"),
      started: plainBool(at("SubtokenEnabled"), "SubtokenEnabled"),
      commitReveal: plainBool(at("CommitRevealWeightsEnabled"), "CommitRevealWeightsEnabled"),
    };
  });
}

const identityName = (identity: Plain): string =>
  identity === null
    ? ""
    : Buffer.from(plainBytes(plainRecord(identity, "an identity")["subnetName"] ?? "0x", "a name")).toString("utf8");

/** What creating a subnet costs now. */
export async function fetchSubnetPriceRao(client: ChainClient): Promise<bigint> {
  const answer = await client.runtimeCall("SubnetRegistrationRuntimeApi", "get_network_registration_cost");
  return plainBigint(answer, "the price of a subnet");
}

export interface SubnetCreated {
  readonly netuid: Netuid;
  readonly costRao: bigint;
  readonly feeRao: bigint;
  readonly block: number;
  readonly extrinsic: string;
}

/**
 * Creates a subnet; its owner is the coldkey, its uid 0 the hotkey.
 *
 * @throws ChainRefusedError; before sending where the coldkey cannot pay.
 */
export async function createSubnet(
  client: ChainClient,
  coldkey: Signer,
  hotkey: string,
  options: SubmitOptions = {},
): Promise<SubnetCreated> {
  const [priceRao, { freeRao }] = await Promise.all([fetchSubnetPriceRao(client), client.balance(coldkey.address)]);
  if (freeRao < priceRao) {
    const words = `The coldkey has ${showTao(freeRao)}, and a subnet costs ${showTao(priceRao)} now`;
    const details = { priceTao: formatTao(priceRao), balanceTao: formatTao(freeRao) };
    throw refusedBeforehand("CannotAffordLockCost", details, words);
  }
  const call = { pallet: SUBTENSOR, name: "register_network", args: { hotkey } };
  const inclusion = await submit(client, call, coldkey, { ...options, about: { hotkey, ...options.about } });
  const added = inclusion.events.find(({ name }) => name === "NetworkAdded");
  if (added === undefined) throw new ChainShapeError("the new subnet", "an event NetworkAdded");
  return {
    netuid: toNetuid(plainNumber(added.fields[0], "the new netuid")),
    costRao: await costOf(client, inclusion, coldkey.address),
    feeRao: inclusion.feeRao,
    block: inclusion.block,
    extrinsic: inclusion.extrinsic,
  };
}

/** Starts a subnet's emission; only its owner may. @throws ChainRefusedError */
export async function startSubnet(
  client: ChainClient,
  coldkey: Signer,
  netuid: Netuid,
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const [added, enabled] = await client.storages([
    { pallet: SUBTENSOR, name: "NetworksAdded", args: [netuid] },
    { pallet: SUBTENSOR, name: "FirstEmissionBlockNumber", args: [netuid] },
  ]);
  if (added !== true) throw new SubnetMissingError(netuid);
  if (enabled !== null && enabled !== undefined)
    throw refusedBeforehand("FirstEmissionBlockNumberAlreadySet", { netuid });
  const call = { pallet: SUBTENSOR, name: "start_call", args: { netuid } };
  return await submit(client, call, coldkey, { ...options, about: { netuid, ...options.about } });
}
