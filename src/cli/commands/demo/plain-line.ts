import { shortAddress } from "../../../base/text.ts";
import type { DemoEvent } from "../../../demo/events.ts";
import type { ValidatorEvent } from "../../../validator/events.ts";

/** What a demo event says to somebody without a live screen; undefined where it would only be noise. */
export function plainLine(event: DemoEvent, names: ReadonlyMap<string, string>): string | undefined {
  switch (event.type) {
    case "step":
      return event.text;
    case "extrinsic":
      return `  block ${String(event.block).padStart(4)}  ${event.by}: ${event.call}  ${event.extrinsic.slice(0, 10)}…`;
    case "neuron":
      return `  uid ${event.uid}  ${event.name} (${event.brain})`;
    case "ready":
      return "Vote yourself, from another terminal: colosseum vote --demo";
    case "epoch-paid":
      return `Epoch at block ${event.block} paid: ${event.incentive.map(({ uid, value }) => `uid ${uid} ${value.toFixed(4)}`).join(", ")}`;
    case "validator":
      return validatorLine(event.event, (hotkey) => names.get(hotkey) ?? shortAddress(hotkey));
    case "block":
      return undefined;
    default: {
      const never: never = event;
      return never;
    }
  }
}

function validatorLine(event: ValidatorEvent, name: (hotkey: string) => string): string | undefined {
  switch (event.type) {
    case "round-opened":
      return `Interval ${event.interval}: ${event.tasks} tasks for ${event.miners} miners`;
    case "task-opened":
      return `  ${event.task}  ${event.kind.padEnd(9)} ${event.generators.map(name).join(" × ")}${event.kind === "synthetic" ? " × baseline" : ""}`;
    case "voting-opened":
      return `Voting is open on ${event.tasks.length} tasks`;
    case "task-scored":
      return `  ${event.task}  ${event.kind.padEnd(9)} ${event.votes} votes`;
    case "task-void":
      return `  ${event.task}  ${event.kind.padEnd(9)} void: ${event.reason}`;
    case "interval-settled":
      return `Interval ${event.interval} is settled: ${event.tasks} tasks, ${event.votes} votes`;
    case "weights-set":
      return `Weights in block ${event.block} (${event.verified ? "read back, equal" : "not verified"}): ${event.weights.map(({ uid, value }) => `uid ${uid} ${value}`).join(", ")}`;
    case "weights-held":
      return `No weights for interval ${event.interval}: ${event.reason}`;
    case "weights-refused":
    case "trouble":
    case "warning":
    case "chain-stale":
      return `warning: ${event.message}`;
    case "refused":
      return `  refused: ${event.code} from ${event.hotkey === null ? event.address : name(event.hotkey)}`;
    default:
      return undefined;
  }
}
