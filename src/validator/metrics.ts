import { Counter, Gauge, Registry } from "prom-client";
import type { States } from "../ops/states.ts";
import type { ValidatorEvent } from "./events.ts";
import type { RunningValidator } from "./process.ts";

/** States that always have a line of their own, so that an alert has something to look at while all is well. */
const STATES = ["chain-stale", "deregistered", "disk-low", "store-trouble", "weights-missed"];

export interface ValidatorMetrics {
  /** Counts an event. */
  note(event: ValidatorEvent): void;
  /** Prometheus text of now. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/**
 * What Prometheus reads of a validator. Counters begin at zero with the process, gauges are read from the store when
 * they are asked for.
 *
 * @param running - undefined until the validator has started.
 */
export function validatorMetrics(states: States, running: () => RunningValidator | undefined): ValidatorMetrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
    new Counter({ name: `colosseum_validator_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
    new Gauge({ name: `colosseum_validator_${name}`, help, labelNames: [...labelNames], registers });

  const votes = counter("votes_total", "Votes accepted, replaced ones included.");
  const completions = counter("completions_total", "Outputs accepted, replaced ones included.");
  const tasks = counter("tasks_total", "Tasks that came to an end.", ["kind", "outcome"]);
  const settled = counter("intervals_settled_total", "Settled intervals.");
  const sent = counter("weights_set_total", "Settlements whose weights are in a block.", ["mode"]);
  const refusedWeights = counter("weights_refused_total", "Attempts to set weights that failed.", ["code"]);
  const trouble = counter("trouble_total", "Steps that failed and are tried again.", ["duty", "code"]);
  const refusals = gauge("refusals", "Requests refused since the start.", ["code"]);
  const state = gauge("state", "1 while the state is on.", ["state"]);
  const interval = gauge("interval", "The newest interval.");
  const checkedIn = gauge("checked_in_miners", "Miners whose check-in is valid.");
  const weightsBlock = gauge("weights_block", "Block of the last weights that were set.");
  const memory = gauge("resident_memory_bytes", "Resident memory of the process.");

  return {
    note: (event) => {
      if (event.type === "vote") votes.inc();
      else if (event.type === "completion") completions.inc();
      else if (event.type === "task-scored") tasks.inc({ kind: event.kind, outcome: "scored" });
      else if (event.type === "task-void") tasks.inc({ kind: event.kind, outcome: "void" });
      else if (event.type === "interval-settled") settled.inc();
      else if (event.type === "weights-set") {
        sent.inc({ mode: event.mode });
      } else if (event.type === "weights-refused") refusedWeights.inc({ code: event.code });
      else if (event.type === "trouble") trouble.inc({ duty: event.duty, code: event.code });
    },
    text: async () => {
      for (const name of STATES) state.set({ state: name }, states.active.has(name) ? 1 : 0);
      memory.set(process.memoryUsage.rss());
      const validator = running();
      if (validator !== undefined) {
        for (const [code, count] of validator.refusals) refusals.set({ code }, count);
        interval.set(validator.store.intervals.latest()?.n ?? -1);
        weightsBlock.set(validator.store.settlements.lastBlock() ?? 0);
        checkedIn.set(validator.store.checkIns.current(Date.now()).length);
      }
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
