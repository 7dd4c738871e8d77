import { type DrawnTask, drawLabel, drawRound } from "../../mechanism/draws.ts";
import type { Draws } from "../../mechanism/draws-stream.ts";
import type { AssignmentRecord } from "../../store/assignments.ts";
import type { IntervalRecord } from "../../store/intervals.ts";
import type { EligibleRecord, RoundRecord } from "../../store/rounds.ts";
import type { TaskRecord } from "../../store/tasks.ts";
import type { Core } from "../core.ts";
import type { Briefing } from "../ports.ts";

/** What a task's `brief` column holds. */
export interface StoredBrief {
  readonly briefing: Briefing;
  /** What the negative generator's prompt changes, if it does. */
  readonly changed: string | null;
}

/** Decides who can be drawn: checked in, registered, not the validator's own. */
export function eligibleMiners(core: Core): EligibleRecord[] {
  const found: EligibleRecord[] = [];
  for (const checkIn of core.store.checkIns.current(core.nowMs())) {
    const neuron = core.membership.neuron(checkIn.hotkey);
    if (neuron === undefined || core.membership.isOwn(checkIn.hotkey)) continue;
    found.push({
      hotkey: checkIn.hotkey,
      coldkey: neuron.coldkey,
      roles: checkIn.roles,
      taskTypes: checkIn.taskTypes,
      request: checkIn.request,
    });
  }
  return found;
}

const waited = new WeakMap<Core, string>();
/** Until when a round waits for more than the fewest, by validator. */
const gathering = new WeakMap<Core, number>();

/**
 * Opens a round: draws its tasks for everybody who is eligible now, words a prompt for each generator, and stores all of
 * it in one step.
 *
 * @returns Whether a round was opened.
 */
export async function openRound(core: Core, signal: AbortSignal): Promise<boolean> {
  const { store, settings, events } = core;
  const interval = store.intervals.latest();
  if (interval?.state !== "open" || store.rounds.active() !== undefined) return false;
  const n = store.rounds.of(interval.n).length;
  if (n >= settings.roundsPerInterval) return false;
  // Too few have checked in: not worth a question to the chain, which could only say that there are fewer.
  if (core.membership.snapshot !== undefined && store.checkIns.current(core.nowMs()).length < settings.minMiners) {
    return sayWaiting(core, interval.n, store.checkIns.current(core.nowMs()).length);
  }
  await core.membership.refresh(signal);
  const { snapshot } = core.membership;
  if (snapshot === undefined) return false;
  const eligible = eligibleMiners(core);
  const makers = eligible.filter(
    (miner) =>
      miner.roles.includes("generator") && miner.taskTypes.some((type) => core.source.taskTypes.includes(type)),
  );
  if (eligible.length < settings.minMiners || makers.length === 0) return sayWaiting(core, interval.n, eligible.length);
  if (isGathering(core, interval.n, eligible.length, signal)) return false;
  waited.delete(core);
  gathering.delete(core);

  const draws = core.draws(interval);
  const firstKindsUsed = store.rounds.latest()?.firstKindsAfter ?? 0;
  const drawn = drawRound(draws, n, eligible, interval.rules.draws, firstKindsUsed);
  const openedAtMs = core.nowMs();
  const round: RoundRecord = {
    interval: interval.n,
    n,
    state: "generating",
    openedAtMs,
    block: snapshot.block,
    firstKindsUsed,
    firstKindsAfter: drawn.firstKindsUsed,
    generateUntilMs: openedAtMs + settings.generateMs,
    votingOpensAtMs: null,
    votingEndsAtMs: null,
  };
  const firstNumber = store.tasks.nextNumber();
  const made = drawn.tasks.map((task, place) => makeTask(core, draws, interval, round, task, firstNumber + place));
  store.step(() => {
    store.rounds.insert(round, eligible);
    for (const { task, assignments } of made) {
      store.tasks.insert(task);
      for (const assignment of assignments) store.assignments.add(assignment);
    }
  });
  events.emit({
    type: "round-opened",
    interval: interval.n,
    round: n,
    tasks: made.length,
    miners: eligible.length,
    generateUntil: new Date(round.generateUntilMs).toISOString(),
  });
  for (const { task } of made) {
    const { kind, taskType, generators, negative, voters } = task.draw;
    events.emit({
      type: "task-opened",
      task: task.id,
      interval: task.interval,
      round: task.round,
      kind,
      taskType,
      generators: generators.map(({ hotkey }) => hotkey),
      negative,
      voters: voters.length,
    });
  }
  core.assigned(made.flatMap(({ assignments }) => assignments.map(({ hotkey }) => hotkey)));
  return true;
}

/** Whether the first few, for whom this validator had to wait, are given a moment to become more. */
function isGathering(core: Core, interval: number, miners: number, signal: AbortSignal): boolean {
  const { gatherMs } = core.settings;
  const others = core.membership.snapshot?.neurons.filter(({ hotkey }) => !core.membership.isOwn(hotkey)).length ?? 0;
  // Nobody was missing before: there is no rush of miners to wait for.
  if (gatherMs === 0 || !waited.has(core) || miners >= others) return false;
  const known = gathering.get(core);
  const untilMs = known ?? core.nowMs() + gatherMs;
  if (core.nowMs() >= untilMs) return false;
  if (known === undefined) {
    gathering.set(core, untilMs);
    core.events.emit({ type: "gathering", interval, miners, until: new Date(untilMs).toISOString() });
    void core.clock.wait(gatherMs, signal).then(() => core.wake());
  }
  return true;
}

/** Said once for each number, not at every look. */
function sayWaiting(core: Core, interval: number, checkedIn: number): false {
  gathering.delete(core);
  const words = `${interval}/${checkedIn}`;
  if (waited.get(core) !== words) {
    waited.set(core, words);
    core.events.emit({ type: "waiting-for-miners", interval, checkedIn, needed: core.settings.minMiners });
  }
  return false;
}

function makeTask(
  core: Core,
  draws: Draws,
  interval: IntervalRecord,
  round: RoundRecord,
  draw: DrawnTask,
  number: number,
): { readonly task: TaskRecord; readonly assignments: readonly AssignmentRecord[] } {
  const { source, store } = core;
  const stream = (purpose: string) => draws.stream(drawLabel(round.n, draw.index, purpose));
  const briefing = source.create(draw.taskType, stream("prompt"));
  const id = `t-${String(number).padStart(4, "0")}`;
  let changed: string | null = null;
  const assignments = draw.generators.map(({ hotkey, assignment }, place): AssignmentRecord => {
    const wording = stream(`wording/${hotkey}`);
    const augmented =
      draw.method === "prompt" && hotkey === draw.negative ? source.augment(briefing, stream("augment")) : undefined;
    if (augmented !== undefined) changed = augmented.what;
    return {
      id: assignment,
      task: id,
      hotkey,
      role: "generator",
      prompt: augmented?.prompt ?? source.word(briefing, wording),
      completion: `c${place + 1}`,
      firstIsA: false,
      cursor: store.assignments.lastCursor(hotkey) + 1,
      opensAtMs: round.openedAtMs,
      expiresAtMs: round.generateUntilMs,
    };
  });
  const brief: StoredBrief = { briefing, changed };
  return {
    task: {
      number,
      id,
      interval: interval.n,
      round: round.n,
      state: "generating",
      voidReason: null,
      createdAtMs: round.openedAtMs,
      votingOpensAtMs: null,
      expiresAtMs: null,
      draw,
      brief,
      prompt: source.word(briefing, stream("wording")),
      prepared: false,
      preparation: null,
      commitment: null,
    },
    assignments,
  };
}
