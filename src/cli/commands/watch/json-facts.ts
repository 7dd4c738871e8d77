import { formatTao } from "../../../base/units.ts";
import type { NeuronLine, WatchEvent } from "../../../ui/watch-events.ts";

const RAO = 1e9;

/** An amount of the screen as every JSON of colosseum has it: a decimal string with 9 places. */
export const taoText = (tao: number): string => formatTao(BigInt(Math.round(tao * RAO)));

/** A neuron of the screen with its amounts as decimal strings. */
export const neuronJson = (neuron: NeuronLine): object => ({
  ...neuron,
  stakeTao: taoText(neuron.stakeTao),
  emissionTao: taoText(neuron.emissionTao),
});

/** What a line of `watch --json` says beside its type and time. */
export function jsonFacts(event: WatchEvent): object {
  const { atMs: _, type, ...facts } = event;
  if (event.type !== "metagraph") return facts;
  return { ...facts, burnTao: taoText(event.burnTao), neurons: event.neurons.map(neuronJson) };
}
