import type { ReadableState } from "../engine/state.ts";
import { padded } from "../pallets/subtensor/neurons.ts";
import { stakeWeightRao } from "../pallets/subtensor/stake-weight.ts";
import * as s from "../pallets/subtensor/storage.ts";
import { axonOf, PRUNING_SCORE } from "./metagraph-views.ts";
import type { ApiHandlers } from "./runtime-apis.ts";

const NO_PROMETHEUS: s.PrometheusInfo = { block: 0n, version: 0, ip: 0n, port: 0, ip_type: 0 };

/** One neuron with everything; the lite form leaves its rows out by its own table of fields. */
function neurons(state: ReadableState, netuid: number): unknown[] {
  const n = s.SubnetworkN.get(state, netuid);
  const columns = {
    active: padded(s.Active.get(state, netuid), n, false),
    emission: padded(s.Emission.get(state, netuid), n, 0n),
    incentive: padded(s.Incentive.get(state, netuid), n, 0),
    consensus: padded(s.Consensus.get(state, netuid), n, 0),
    validatorTrust: padded(s.ValidatorTrust.get(state, netuid), n, 0),
    dividends: padded(s.Dividends.get(state, netuid), n, 0),
    lastUpdate: padded(s.LastUpdate.get(state, netuid), n, 0n),
    permit: padded(s.ValidatorPermit.get(state, netuid), n, false),
  };
  return Array.from({ length: n }, (_, uid) => {
    const hotkey = s.Keys.get(state, netuid, uid);
    const coldkey = s.Owner.get(state, hotkey);
    return {
      hotkey,
      coldkey,
      uid,
      netuid,
      active: columns.active[uid],
      axon_info: axonOf(state, netuid, hotkey),
      prometheus_info: s.Prometheus.get(state, netuid, hotkey) ?? NO_PROMETHEUS,
      stake: [[coldkey, stakeWeightRao(state, netuid, hotkey)]],
      rank: columns.incentive[uid],
      emission: columns.emission[uid],
      incentive: columns.incentive[uid],
      consensus: columns.consensus[uid],
      trust: 0,
      validator_trust: columns.validatorTrust[uid],
      dividends: columns.dividends[uid],
      last_update: columns.lastUpdate[uid],
      validator_permit: columns.permit[uid],
      weights: s.Weights.get(state, netuid, uid),
      bonds: s.Bonds.get(state, netuid, uid),
      pruning_score: PRUNING_SCORE,
    };
  });
}

/** NeuronInfoRuntimeApi. */
export const neuronApis: ApiHandlers = {
  NeuronInfoRuntimeApi_get_neurons: ({ tree }, [netuid]) => neurons(tree, netuid as number),
  NeuronInfoRuntimeApi_get_neurons_lite: ({ tree }, [netuid]) => neurons(tree, netuid as number),
  NeuronInfoRuntimeApi_get_neuron: ({ tree }, [netuid, uid]) => neurons(tree, netuid as number)[uid as number],
  NeuronInfoRuntimeApi_get_neuron_lite: ({ tree }, [netuid, uid]) => neurons(tree, netuid as number)[uid as number],
};
