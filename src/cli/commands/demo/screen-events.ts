import type { DemoEvent } from "../../../demo/events.ts";
import type { ArenaEvent } from "../../../ui/arena-events.ts";
import type { ValidatorEvent } from "../../../validator/events.ts";
import { plainLine } from "./plain-line.ts";

/** The screen's facts in a demo event, in order; none where the screen shows nothing of it. */
export function screenEvents(event: DemoEvent, names: ReadonlyMap<string, string>): readonly ArenaEvent[] {
  const atMs = Date.parse(event.at);
  switch (event.type) {
    case "block":
      return [{ type: "block", atMs, number: event.number }];
    case "neuron":
      return [{ type: "neuron", uid: event.uid, hotkey: event.hotkey, name: event.name, brain: event.brain }];
    case "epoch-paid": {
      const values = new Map(event.incentive.map(({ uid, value }) => [uid, value]));
      return [{ type: "incentive", atMs, block: event.block, values }];
    }
    case "validator":
      return validatorEvents(event, event.event, atMs, names);
    default: {
      const text = plainLine(event, names);
      return text === undefined ? [] : [{ type: "step", atMs, text: text.trim() }];
    }
  }
}

function validatorEvents(
  demoEvent: DemoEvent,
  event: ValidatorEvent,
  atMs: number,
  names: ReadonlyMap<string, string>,
): readonly ArenaEvent[] {
  switch (event.type) {
    case "round-opened":
      return [{ type: "round", atMs, round: event.interval + 1, interval: event.interval }];
    case "task-opened": {
      const { task: id, kind, generators, voters } = event;
      return [{ type: "task", id, stage: "generating", kind, generators, invited: voters }];
    }
    case "completion":
      return event.again ? [] : [{ type: "completion", task: event.task, hotkey: event.hotkey }];
    case "voting-opened":
      return event.tasks.map((id) => ({ type: "task", id, stage: "voting" }));
    case "vote":
      return event.again ? [] : [{ type: "vote", task: event.task, hotkey: event.hotkey }];
    case "task-scored":
      return [{ type: "task", id: event.task, stage: "scored" }];
    case "task-void":
      return [{ type: "task", id: event.task, stage: "void", reason: event.reason }];
    case "scores":
      return [{ type: "scores", interval: event.interval, scores: new Map(Object.entries(event.scores)) }];
    case "weights-set":
      return [
        {
          type: "settled",
          atMs,
          interval: event.interval,
          block: event.block,
          weights: new Map(event.weights.map(({ hotkey, value }) => [hotkey, value])),
        },
      ];
    case "weights-refused":
    case "trouble":
    case "warning":
    case "chain-stale":
    case "refused": {
      const text = plainLine(demoEvent, names);
      return text === undefined ? [] : [{ type: "note", atMs, level: "warn", text: text.trim() }];
    }
    default:
      return [];
  }
}
