import type { ValidatorEvent } from "./events.ts";

/** What an event says of a state that an operator should know of. */
export interface StateChange {
  readonly state: "chain-stale" | "deregistered" | "store-trouble" | "weights-missed";
  readonly isOn: boolean;
  readonly message: string;
}

/** Codes of a store that takes nothing. */
const STORE_TROUBLE = /^store\./;

const change = (state: StateChange["state"], isOn: boolean, message: string): StateChange => ({ state, isOn, message });

/** What keeps the copy of the subnet from being renewed: no chain, or a chain without the subnet. */
export const staleWords = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  code === "chain.subnet-not-exists"
    ? `The subnet is gone: ${message} What is stored stays; nothing new can be settled.`
    : `The chain is away: ${message}`;

/** The state that an event begins or ends, if it does; events repeat themselves, so it may be so already. */
export function stateChange(event: ValidatorEvent): StateChange | undefined {
  switch (event.type) {
    case "chain-stale":
      return change("chain-stale", true, staleWords(event));
    case "chain-back":
      return change("chain-stale", false, "The chain is back.");
    case "deregistered":
      return change("deregistered", true, "The hotkey is no longer registered: no weights can be set.");
    case "registered":
      return change("deregistered", false, `The hotkey is registered as uid ${event.uid}.`);
    case "weights-refused": {
      // Sent and not in a block yet is how every transaction begins, and a rate limit is a date, not a fault.
      const isOnItsWay = event.code === "validator.weights-pending" || event.code === "weights.too-soon";
      return isOnItsWay ? undefined : change("weights-missed", true, `Interval ${event.interval}: ${event.message}`);
    }
    case "weights-set":
      return change("weights-missed", false, `Weights of interval ${event.interval} are in block ${event.block}.`);
    case "weights-held":
      return event.reason === "superseded"
        ? undefined
        : change("weights-missed", false, `Interval ${event.interval} has no weights to set.`);
    case "trouble":
      return STORE_TROUBLE.test(event.code) ? change("store-trouble", true, event.message) : undefined;
    case "round-opened":
    case "completion":
    case "voting-opened":
    case "vote":
    case "task-scored":
    case "interval-settled":
      return change("store-trouble", false, "The store takes what comes again.");
    default:
      return undefined;
  }
}
