import type { State } from "../../engine/state.ts";
import {
  Bonds,
  Incentive,
  LastUpdate,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  mechanismIndex,
  TimelockedWeightCommits,
  WeightCommits,
  Weights,
} from "./storage.ts";

/** Changes how many mechanisms a subnet has; what the last ones stored goes with them, and the split of emission too. */
export function setMechanismCount(state: State, netuid: number, count: number): void {
  const before = MechanismCountCurrent.get(state, netuid);
  if (before === count) return;
  for (let mecid = count; mecid < before; mecid++) {
    const index = mechanismIndex(netuid, mecid);
    for (const item of [Weights, Bonds, WeightCommits, TimelockedWeightCommits]) item.clear(state, index);
    Incentive.remove(state, index);
    LastUpdate.remove(state, index);
  }
  MechanismCountCurrent.set(state, [netuid], count);
  MechanismEmissionSplit.remove(state, netuid);
}
