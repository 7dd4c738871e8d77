import type { ChainEvent } from "./execution.ts";

/** What a node says of `Timestamp.set`, which every block begins with. */
export const INHERENT_INFO = {
  weight: { ref_time: 321_973_000n, proof_size: 5_691n },
  class: { type: "Mandatory" },
  pays_fee: { type: "Yes" },
};

/** An event as `System.Events` keeps it. */
export const eventRecord = (event: ChainEvent): unknown => ({
  phase: event.phase,
  event: { type: event.pallet, value: { type: event.name, value: event.fields } },
  topics: [],
});
