import type { Hotkey, MechId, Netuid } from "../base/ids.ts";
import type { ChainClient } from "./client.ts";
import { SubnetMissingError } from "./errors.ts";
import { fetchMetagraph, type Metagraph, type Neuron } from "./metagraph.ts";
import { plainBigint, plainBool, plainBytes, plainList, plainNumber, plainRecord } from "./plain.ts";
import type { BeaconTiming, EpochClock } from "./reveal-round.ts";

const SUBTENSOR = "SubtensorModule";

/** The beacon that a chain opens timelocked commits with. */
export interface DrandBeacon extends BeaconTiming {
  /** 96 bytes, compressed G2. */
  readonly publicKey: Uint8Array;
  /** Newest round the chain has seen; 0 where no pulse ever came, so that nothing would be opened. */
  readonly lastStoredRound: number;
}

/** Further behind its own clock than this, a beacon is dead for the chain: nothing committed now would be opened. */
const BEACON_DEAD_AFTER_SECONDS = 600;

/** Whether pulses still reach the chain, at the chain's own time. */
export function isBeaconAlive(beacon: DrandBeacon | undefined, nowMs: number): beacon is DrandBeacon {
  if (beacon === undefined || beacon.lastStoredRound === 0) return false;
  const roundNow = (nowMs / 1_000 - beacon.genesisTime) / beacon.periodSeconds;
  return (roundNow - beacon.lastStoredRound) * beacon.periodSeconds < BEACON_DEAD_AFTER_SECONDS;
}

/** Everything that decides whether and how weights can be set, read at one block. */
export interface WeightsFacts {
  readonly netuid: Netuid;
  readonly mechid: MechId;
  readonly block: number;
  readonly hash: string;
  readonly metagraph: Metagraph;
  /** The setter; undefined where its hotkey is not registered. */
  readonly self: Neuron | undefined;
  readonly mechanisms: number;
  /** Least stake to set weights with. */
  readonly stakeThresholdRao: bigint;
  readonly rateLimitBlocks: number;
  /** Block of the setter's last weights or commit; 0 where there was none. */
  readonly lastUpdate: number;
  readonly versionKey: bigint;
  readonly commitReveal: boolean;
  readonly commitRevealVersion: number;
  readonly revealPeriodEpochs: number;
  readonly epoch: EpochClock;
  readonly beacon: DrandBeacon | undefined;
  /** The chain's own time at this block. */
  readonly nowMs: number;
  readonly blockTimeMs: number;
}

/** Where a mechanism's rows are kept: mechid × 4096 + netuid. @see subtensor subnets/mechanism.rs */
export const mechanismIndex = (netuid: number, mechid: number): number => mechid * 4_096 + netuid;

/** Reads the facts, all at the newest block. @throws SubnetMissingError */
export async function fetchWeightsFacts(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
  hotkey: Hotkey,
): Promise<WeightsFacts> {
  const { hash, number: block } = await client.head();
  const ofSubnet = (name: string) => ({ pallet: SUBTENSOR, name, args: [netuid] });
  const index = mechanismIndex(netuid, mechid);
  const [values, metagraph, beacon, blockTimeMs, isAdded] = await Promise.all([
    client.storages(
      [
        ofSubnet("MechanismCountCurrent"),
        { pallet: SUBTENSOR, name: "StakeThreshold" },
        ofSubnet("WeightsSetRateLimit"),
        { pallet: SUBTENSOR, name: "LastUpdate", args: [index] },
        ofSubnet("WeightsVersionKey"),
        ofSubnet("CommitRevealWeightsEnabled"),
        { pallet: SUBTENSOR, name: "CommitRevealWeightsVersion" },
        ofSubnet("RevealPeriodEpochs"),
        ofSubnet("LastEpochBlock"),
        ofSubnet("PendingEpochAt"),
        ofSubnet("SubnetEpochIndex"),
        ofSubnet("Tempo"),
        ofSubnet("BlocksSinceLastStep"),
        { pallet: "Timestamp", name: "Now" },
      ],
      hash,
    ),
    // Without that mechanism there is no mechagraph; the plan says so, by name.
    fetchMetagraph(client, netuid, mechid, hash).catch((error: unknown) => {
      if (mechid === 0) throw error;
      return fetchMetagraph(client, netuid, 0 as MechId, hash);
    }),
    fetchBeacon(client, hash),
    client.blockTimeMs(),
    client.storage(SUBTENSOR, "NetworksAdded", [netuid], hash),
  ]);
  if (isAdded !== true) throw new SubnetMissingError(netuid);
  const self = metagraph.neurons.find((neuron) => neuron.hotkey === hotkey);
  const [mechanisms, threshold, rateLimit, updates, versionKey, commitReveal, version, period, ...clock] = values;
  const [lastEpochBlock, pendingEpochAt, epochIndex, tempo, blocksSinceLastStep, now] = clock;
  return {
    netuid,
    mechid,
    block,
    hash,
    metagraph,
    self,
    mechanisms: plainNumber(mechanisms, "MechanismCountCurrent"),
    stakeThresholdRao: plainBigint(threshold, "StakeThreshold"),
    rateLimitBlocks: plainNumber(rateLimit, "WeightsSetRateLimit"),
    lastUpdate: self === undefined ? 0 : plainNumber(plainList(updates, "LastUpdate")[self.uid] ?? 0, "LastUpdate"),
    versionKey: plainBigint(versionKey, "WeightsVersionKey"),
    commitReveal: plainBool(commitReveal, "CommitRevealWeightsEnabled"),
    commitRevealVersion: plainNumber(version, "CommitRevealWeightsVersion"),
    revealPeriodEpochs: plainNumber(period, "RevealPeriodEpochs"),
    epoch: {
      block,
      lastEpochBlock: plainNumber(lastEpochBlock, "LastEpochBlock"),
      pendingEpochAt: plainNumber(pendingEpochAt, "PendingEpochAt"),
      epochIndex: plainNumber(epochIndex, "SubnetEpochIndex"),
      tempo: plainNumber(tempo, "Tempo"),
      blocksSinceLastStep: plainNumber(blocksSinceLastStep, "BlocksSinceLastStep"),
    },
    beacon,
    nowMs: plainNumber(now, "Timestamp.Now"),
    blockTimeMs,
  };
}

/** The beacon as the chain itself describes it; undefined where it has none. */
export async function fetchBeacon(client: ChainClient, at?: string): Promise<DrandBeacon | undefined> {
  if (!client.runtime.hasStorage("Drand", "BeaconConfig")) return undefined;
  const [config, last] = await client.storages(
    [
      { pallet: "Drand", name: "BeaconConfig" },
      { pallet: "Drand", name: "LastStoredRound" },
    ],
    at,
  );
  const { publicKey, period, genesisTime } = plainRecord(config, "Drand.BeaconConfig");
  const periodSeconds = plainNumber(period, "the beacon's period");
  if (periodSeconds === 0) return undefined;
  return {
    publicKey: plainBytes(publicKey, "the beacon's key"),
    periodSeconds,
    genesisTime: plainNumber(genesisTime, "the beacon's genesis"),
    lastStoredRound: plainNumber(last, "Drand.LastStoredRound"),
  };
}
