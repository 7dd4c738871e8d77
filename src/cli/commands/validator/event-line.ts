import { escapeControl, shortAddress } from "../../../base/text.ts";
import type { ValidatorEvent } from "../../../validator/events.ts";
import { staleWords } from "../../../validator/health.ts";

const time = (at: string): string => at.slice(11, 19);
const names = (hotkeys: readonly string[]): string => hotkeys.map(shortAddress).join(" and ");
const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** One event as a line for people; undefined for what only machines want. Everything from outside is escaped. */
export function validatorEventLine(event: ValidatorEvent, verbose: boolean): string | undefined {
  const line = wording(event, verbose);
  return line === undefined ? undefined : `${time(event.at)} ${line}`;
}

const STAGES: Readonly<Record<string, string>> = {
  generating: "outputs",
  preparing: "preparing",
  voting: "votes",
};

function resumedWords({ at, interval, state, round }: Extract<ValidatorEvent, { type: "resumed" }>): string {
  if (round === null) return `interval ${interval} is ${state}`;
  const isOver = round.endsAt === null || round.endsAt < at;
  const until = isOver ? "" : ` until ${time(round.endsAt)}, as it was opened`;
  return `interval ${interval}, round ${round.n}, ${many(round.tasks, "task")}, ${STAGES[round.state] ?? round.state}${until}`;
}

function wording(event: ValidatorEvent, verbose: boolean): string | undefined {
  switch (event.type) {
    case "interval-waiting":
      return `Interval ${event.interval}: drawing begins with block ${event.beaconHeight}.`;
    case "interval-opened":
      return `Interval ${event.interval} is open (seed ${event.commitment.slice(0, 14)}…).`;
    case "checked-in":
      return event.again && !verbose
        ? undefined
        : `${shortAddress(event.hotkey)} checked in as ${event.roles.join(" and ")}.`;
    case "waiting-for-miners":
      return `Waiting for miners: ${event.checkedIn} of ${event.needed} can play.`;
    case "gathering":
      return `${many(event.miners, "miner")} can play; the round waits for more until ${time(event.until)}.`;
    case "resumed":
      return `Going on where it stopped: ${resumedWords(event)}.`;
    case "round-opened":
      return `Round ${event.round} of interval ${event.interval}: ${many(event.tasks, "task")} for ${many(event.miners, "miner")}, outputs until ${time(event.generateUntil)}.`;
    case "task-opened":
      return verbose ? `${event.task}: a ${event.kind} by ${names(event.generators)}.` : undefined;
    case "completion":
      return verbose ? `${event.task}: an output by ${shortAddress(event.hotkey)} (${event.bytes} bytes).` : undefined;
    case "voting-opened":
      return `Voting is open on ${many(event.tasks.length, "task")} until ${time(event.votingEnds)}.`;
    case "vote":
      return verbose ? `${event.task}: a vote by ${shortAddress(event.hotkey)}.` : undefined;
    case "task-void":
      return `${event.task} (${event.kind}) is void: ${event.reason}.`;
    case "task-scored": {
      const trapped = event.earned.filter(({ reason }) => reason === "trapped").length;
      return `${event.task} (${event.kind}): ${many(event.votes, "vote")}${trapped > 0 ? `, ${trapped} trapped` : ""}.`;
    }
    case "scores":
      return undefined;
    case "interval-settled":
      return `Interval ${event.interval} is settled: ${many(event.tasks, "task")}, ${many(event.votes, "vote")}.`;
    case "weights-sent":
      return verbose ? `Weights of interval ${event.interval} are sent (${event.extrinsic}).` : undefined;
    case "weights-set":
      return `Weights of interval ${event.interval} are in block ${event.block}: ${many(event.weights.length, "miner")}${event.verified ? ", read back" : ", but the chain reads back something else"}.`;
    case "weights-revealed":
      return `Committed weights are revealed in block ${event.block}${event.verified ? ", read back" : ", but the chain reads back something else"}.`;
    case "weights-held":
      return event.reason === "nobody-scored"
        ? `Interval ${event.interval} sets no weights: nobody scored.`
        : `Interval ${event.interval} sets no weights of its own: a newer settlement takes its place.`;
    case "weights-refused":
      return `Weights of interval ${event.interval}: ${escapeControl(event.message)}${event.retryAt === null ? "" : ` Trying again at ${time(event.retryAt)}.`}`;
    case "refused":
      return verbose
        ? `Refused ${event.code} from ${event.hotkey === null ? event.address : escapeControl(event.hotkey)}.`
        : undefined;
    case "chain-stale":
      return escapeControl(staleWords(event));
    case "chain-back":
      return "The chain is back.";
    case "deregistered":
      return "This validator's hotkey is no longer registered in the subnet: it can set no weights.";
    case "registered":
      return `This validator's hotkey is registered as uid ${event.uid}.`;
    case "trouble":
      return `${escapeControl(event.message)} Trying again. (${event.code})`;
    case "warning":
      return `warning: ${escapeControl(event.message)}`;
    case "mechanism":
      return `${event.level === "warn" ? "warning: " : ""}${escapeControl(event.message)}`;
    case "stopped":
      return "Stopped.";
    default: {
      const never: never = event;
      return never;
    }
  }
}
