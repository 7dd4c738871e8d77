import {
  type Coldkey,
  type Hotkey,
  type MechId,
  type Netuid,
  toColdkey,
  toHotkey,
  toUid,
  type Uid,
} from "../base/ids.ts";
import { U16_MAX } from "../base/weight-row.ts";
import type { ChainClient } from "./client.ts";
import { commitmentText, publishedUrl } from "./commitment-fields.ts";
import { axonUrl } from "./endpoint.ts";
import { SubnetMissingError } from "./errors.ts";
import {
  bytesToHex,
  type Plain,
  plainBigint,
  plainBool,
  plainBytes,
  plainList,
  plainNumber,
  plainRecord,
  plainText,
} from "./plain.ts";
import { nextPruned, pruneRanks } from "./pruning.ts";
import type { Runtime } from "./runtime.ts";

export interface Neuron {
  readonly uid: Uid;
  readonly hotkey: Hotkey;
  readonly coldkey: Coldkey;
  readonly stakeRao: bigint;
  /** Fraction of 1. */
  readonly incentive: number;
  /** Fraction of 1. */
  readonly dividends: number;
  /** Of the last epoch. */
  readonly emissionRao: bigint;
  /** May set weights for others. */
  readonly permit: boolean;
  readonly active: boolean;
  /** Block of the last weights; 0 where there were none. */
  readonly lastUpdate: number;
  readonly registeredAtBlock: number;
  /** Blocks during which it cannot be replaced by a newcomer. */
  readonly immunityBlocksLeft: number;
  /** Rank from the bottom, 1 = lowest; null where it is never replaced. */
  readonly pruneRank: number | null;
  /** Where it is reached: a published URL, else the served address; null where there is neither. */
  readonly endpoint: string | null;
  /** What it published on the chain, as text; null where it is none or no text. */
  readonly commitment: string | null;
}

/** A subnet and everybody in it, at one block. */
export interface Metagraph {
  readonly netuid: Netuid;
  readonly mechid: MechId;
  readonly block: number;
  readonly n: number;
  readonly maxUids: number;
  readonly name: string;
  readonly symbol: string;
  readonly ownerHotkey: Hotkey;
  readonly ownerColdkey: Coldkey;
  readonly tempo: number;
  readonly lastEpochBlock: number;
  readonly blocksSinceEpoch: number;
  readonly burnRao: bigint;
  readonly registrationAllowed: boolean;
  readonly immunityPeriod: number;
  readonly minAllowedWeights: number;
  readonly maxWeightsLimit: number;
  readonly weightsVersion: bigint;
  readonly weightsRateLimit: number;
  readonly commitRevealEnabled: boolean;
  readonly maxValidators: number;
  /** Who would go if the subnet were full and a newcomer came; undefined where nobody can be replaced. */
  readonly nextPruned: Uid | undefined;
  readonly neurons: readonly Neuron[];
}

const API = "SubnetInfoRuntimeApi";
const SUBTENSOR = "SubtensorModule";

/** The fields that are asked for; their numbers are the positions in the chain's own struct. */
const FIELDS = [
  "name",
  "symbol",
  "ownerHotkey",
  "ownerColdkey",
  "block",
  "tempo",
  "lastStep",
  "blocksSinceLastStep",
  "minAllowedWeights",
  "maxWeightsLimit",
  "weightsVersion",
  "weightsRateLimit",
  "maxValidators",
  "numUids",
  "maxUids",
  "burn",
  "registrationAllowed",
  "immunityPeriod",
  "commitRevealWeightsEnabled",
  "hotkeys",
  "coldkeys",
  "axons",
  "active",
  "validatorPermit",
  "lastUpdate",
  "emission",
  "dividends",
  "incentives",
  "blockAtRegistration",
  "totalStake",
  "commitments",
] as const;

/**
 * A subnet with all its neurons in one runtime call (and, beside it, the two numbers that decide about pruning).
 *
 * @param at - Hash of the block; the newest if absent.
 * @throws SubnetMissingError
 */
export async function fetchMetagraph(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId = 0 as MechId,
  at?: string,
): Promise<Metagraph> {
  const [answer, rules] = await Promise.all([askMetagraph(client, netuid, mechid, at), askPruning(client, netuid, at)]);
  if (answer === null) throw new SubnetMissingError(netuid);
  return readMetagraph(client.runtime, netuid, mechid, plainRecord(answer, "the metagraph"), rules);
}

async function askMetagraph(client: ChainClient, netuid: Netuid, mechid: MechId, at?: string): Promise<Plain> {
  const { runtime } = client;
  const [selective, whole] =
    mechid === 0 ? ["get_selective_metagraph", "get_metagraph"] : ["get_selective_mechagraph", "get_mechagraph"];
  const which = mechid === 0 ? [netuid] : [netuid, mechid];
  if (!runtime.hasApi(API, selective)) return await client.runtimeCall(API, whole, which, at);
  const order = runtime.apiResultFields(API, selective);
  const indexes = FIELDS.map((field) => order.indexOf(field)).filter((index) => index >= 0);
  return await client.runtimeCall(API, selective, [...which, indexes], at);
}

interface PruningNumbers {
  readonly immuneOwnerUids: number;
  readonly minNonImmuneUids: number;
}

async function askPruning(client: ChainClient, netuid: Netuid, at?: string): Promise<PruningNumbers> {
  const wanted = ["ImmuneOwnerUidsLimit", "MinNonImmuneUids"].map((name) => ({
    pallet: SUBTENSOR,
    name,
    args: [netuid],
  }));
  const known = wanted.filter(({ pallet, name }) => client.runtime.hasStorage(pallet, name));
  const values = await client.storages(known, at);
  const setting = (name: string, fallback: number): number => {
    const index = known.findIndex((item) => item.name === name);
    return index < 0 ? fallback : plainNumber(values[index], name);
  };
  return { immuneOwnerUids: setting("ImmuneOwnerUidsLimit", 1), minNonImmuneUids: setting("MinNonImmuneUids", 10) };
}

function readMetagraph(
  runtime: Runtime,
  netuid: Netuid,
  mechid: MechId,
  raw: { readonly [name: string]: Plain },
  pruning: PruningNumbers,
): Metagraph {
  const number = (field: string): number => plainNumber(raw[field], field);
  const list = (field: string): readonly Plain[] => plainList(raw[field], field);
  const text = (field: string): string => Buffer.from(plainBytes(raw[field] ?? [], field)).toString("utf8");
  const block = number("block");
  const immunityPeriod = number("immunityPeriod");
  const [hotkeys, coldkeys, axons, stakes] = [list("hotkeys"), list("coldkeys"), list("axons"), list("totalStake")];
  const [incentives, dividends, emission] = [list("incentives"), list("dividends"), list("emission")];
  const [permits, active, updates] = [list("validatorPermit"), list("active"), list("lastUpdate")];
  const registered = list("blockAtRegistration");
  const published = readCommitments(runtime, raw["commitments"] ?? null);
  const neurons = hotkeys.map((key, index): Omit<Neuron, "pruneRank"> => {
    const hotkey = plainText(key, "a hotkey");
    const registeredAtBlock = plainNumber(registered[index], "a registration block");
    const commitment = published.get(hotkey) ?? null;
    const axon = plainRecord(axons[index], "an axon");
    return {
      uid: toUid(index),
      hotkey: toHotkey(hotkey),
      coldkey: toColdkey(plainText(coldkeys[index], "a coldkey")),
      stakeRao: plainBigint(stakes[index], "a stake"),
      // An epoch has not run before the first neuron was there: vectors may be shorter than the list of hotkeys.
      incentive: plainNumber(incentives[index] ?? 0, "an incentive") / U16_MAX,
      dividends: plainNumber(dividends[index] ?? 0, "dividends") / U16_MAX,
      emissionRao: plainBigint(emission[index] ?? 0, "an emission"),
      permit: plainBool(permits[index] ?? false, "a permit"),
      active: plainBool(active[index] ?? false, "an active flag"),
      lastUpdate: plainNumber(updates[index] ?? 0, "a last update"),
      registeredAtBlock,
      immunityBlocksLeft: Math.max(0, registeredAtBlock + immunityPeriod - block),
      endpoint:
        (commitment === null ? undefined : publishedUrl(commitment)) ??
        axonUrl({
          ip: plainBigint(axon["ip"], "an axon's ip"),
          port: plainNumber(axon["port"], "an axon's port"),
          ipType: plainNumber(axon["ipType"], "an axon's ip type"),
        }),
      commitment,
    };
  });
  const ownerHotkey = toHotkey(plainText(raw["ownerHotkey"], "the owner's hotkey"));
  const ownerColdkey = toColdkey(plainText(raw["ownerColdkey"], "the owner's coldkey"));
  const rules = { ownerHotkey, ownerColdkey, ...pruning };
  const ranks = pruneRanks(neurons, rules);
  const next = nextPruned(neurons, rules);
  return {
    netuid,
    mechid,
    block,
    n: number("numUids"),
    maxUids: number("maxUids"),
    name: text("name"),
    symbol: text("symbol"),
    ownerHotkey,
    ownerColdkey,
    tempo: number("tempo"),
    lastEpochBlock: number("lastStep"),
    blocksSinceEpoch: number("blocksSinceLastStep"),
    burnRao: plainBigint(raw["burn"], "burn"),
    registrationAllowed: plainBool(raw["registrationAllowed"], "registrationAllowed"),
    immunityPeriod,
    minAllowedWeights: number("minAllowedWeights"),
    maxWeightsLimit: number("maxWeightsLimit"),
    weightsVersion: plainBigint(raw["weightsVersion"], "weightsVersion"),
    weightsRateLimit: number("weightsRateLimit"),
    commitRevealEnabled: plainBool(raw["commitRevealWeightsEnabled"], "commitRevealWeightsEnabled"),
    maxValidators: number("maxValidators"),
    nextPruned: next === undefined ? undefined : toUid(next),
    neurons: neurons.map((neuron) => ({ ...neuron, pruneRank: ranks.get(neuron.uid) ?? null })),
  };
}

/** Text commitments by hotkey; the chain gives each as the bytes of its registration record. */
function readCommitments(runtime: Runtime, value: Plain): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (value === null) return found;
  for (const entry of plainList(value, "commitments")) {
    const [hotkey, bytes] = plainList(entry, "a commitment");
    const text = commitmentText(runtime, bytesToHex(plainBytes(bytes, "a commitment")));
    if (text !== undefined) found.set(plainText(hotkey, "a hotkey"), text);
  }
  return found;
}
