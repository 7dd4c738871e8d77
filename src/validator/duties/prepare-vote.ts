import { ColosseumError, messageOf } from "../../base/errors.ts";
import type { PageFile } from "../../base/ports.ts";
import type { Random } from "../../base/random.ts";
import { drawLabel } from "../../mechanism/draws.ts";
import type { Draws } from "../../mechanism/draws-stream.ts";
import { type PassedChecks, planTrap, readTrapNotes, trapOutcome, writeChecks } from "../../mechanism/draws-trap.ts";
import { taskCommitment } from "../../mechanism/task-commitment.ts";
import { bytesOf, padFiles, sizesShown } from "../../pages/pad.ts";
import { contentHash } from "../../protocol/content-hash.ts";
import type { CompletionRecord } from "../../store/answers.ts";
import type { AssignmentRecord } from "../../store/assignments.ts";
import type { RoundRecord } from "../../store/rounds.ts";
import type { TaskRecord } from "../../store/tasks.ts";
import type { Core } from "../core.ts";
import type { Briefing } from "../ports.ts";
import type { ValidatorSettings } from "../settings.ts";
import type { StoredBrief } from "./open-round.ts";

/**
 * Closes the generating stage: at its deadline, or earlier once everybody asked has answered where that is set. From
 * then on no output is taken.
 *
 * @returns Whether it was closed.
 */
export async function closeGeneration(core: Core): Promise<boolean> {
  const { store, settings } = core;
  const round = store.rounds.active();
  if (round?.state !== "generating") return false;
  const now = core.nowMs();
  const early =
    settings.closeEarly &&
    core.progress.complete(round) &&
    store.tasks.nextWithoutBaseline(round.interval, round.n) === undefined;
  if (now <= round.generateUntilMs && !early) return false;
  store.step(() => {
    // An output of this very millisecond is in; the next one is late.
    store.assignments.closeGeneration(round.interval, round.n, Math.min(now, round.generateUntilMs) - (early ? 1 : 0));
    store.rounds.setState(round.interval, round.n, "preparing");
  });
  return true;
}

/** When a round that is prepared opens its voting: never before the time that preparing is given. */
export const votingDueMs = (settings: ValidatorSettings, round: RoundRecord): number =>
  settings.closeEarly ? 0 : round.generateUntilMs + settings.prepareMs;

/**
 * Makes one task after the other ready for its vote (every output reprinted and padded, in a trap one damaged), then opens the
 * voting on all of them at one instant. Killed in between, it goes on with the next task.
 *
 * @returns Whether a task was prepared or the voting opened.
 */
export async function prepareVote(core: Core, signal: AbortSignal): Promise<boolean> {
  const { store, events } = core;
  const round = store.rounds.active();
  if (round?.state !== "preparing") return false;
  const interval = store.intervals.get(round.interval);
  if (interval === undefined) return false;
  const next = store.tasks.nextUnprepared(round.interval, round.n);
  if (next === undefined) {
    if (core.nowMs() < votingDueMs(core.settings, round)) return false;
    openVoting(core, round, store.tasks.ofRound(round.interval, round.n));
    return true;
  }
  const ready = await prepareTask(core, core.draws(interval), next, signal).catch((error: unknown) => {
    if (signal.aborted) throw error;
    // Outputs are hostile: one that cannot be worked on costs its task, never the round.
    const code = error instanceof ColosseumError ? error.code : "bug";
    events.emit({ type: "trouble", duty: `prepareVote ${next.id}`, code, message: messageOf(error) });
    return { voidReason: "cannot-prepare" };
  });
  store.step(() => {
    if ("voidReason" in ready) return store.tasks.makeVoid(next.id, ready.voidReason, core.nowMs());
    for (const { id, files, hash } of ready.shown) store.answers.setShown(next.id, id, files, hash);
    store.tasks.markPrepared(next.id, ready.preparation, ready.commitment);
  });
  if ("voidReason" in ready) {
    events.emit({ type: "task-void", task: next.id, kind: next.draw.kind, reason: ready.voidReason });
  }
  return true;
}

interface Ready {
  readonly shown: readonly { readonly id: string; readonly files: readonly PageFile[]; readonly hash: string }[];
  readonly preparation: Readonly<Record<string, string>>;
  readonly commitment: string;
}

async function prepareTask(
  core: Core,
  draws: Draws,
  task: TaskRecord,
  signal: AbortSignal,
): Promise<Ready | { readonly voidReason: string }> {
  const { source, store } = core;
  const stream = (purpose: string) => draws.stream(drawLabel(task.round, task.draw.index, purpose));
  const completions = store.answers.completions(task.id);
  if (completions.length < 2) return { voidReason: "missing-completion" };
  const { briefing } = task.brief as StoredBrief;
  const trap = task.draw.kind === "trap" ? await setTrap(core, task, completions, stream("damage"), signal) : undefined;
  if (trap !== undefined && "voidReason" in trap) return trap;
  const printed = completions.map(({ id, files }) => {
    const prepared = trap?.damaged?.id === id ? trap.damaged.files : files;
    return { id, files: source.reprint(briefing, prepared, stream(`edit/${id}`)) };
  });
  const sizes = sizesShown(printed.map(({ files }) => bytesOf(files)));
  const shown = printed.map(({ id, files }, place): Ready["shown"][number] => {
    const padded = padFiles(files, sizes[place] ?? 0);
    return { id, files: padded, hash: contentHash(padded) };
  });
  const salt = draws.bytes(drawLabel(task.round, task.draw.index, "salt"));
  const baseline = completions.find(({ source }) => source === "validator")?.sha256 ?? null;
  const commitment = taskCommitment(salt, task.prompt, baseline);
  return { shown, preparation: trap?.preparation ?? {}, commitment };
}

interface SetTrap {
  readonly preparation: Readonly<Record<string, string>>;
  readonly damaged?: { readonly id: string; readonly files: readonly PageFile[] };
}

/** Makes the negative output of a drawn trap the worse one, and notes what an auditor needs to see that it had to be so. */
async function setTrap(
  core: Core,
  { draw, brief }: TaskRecord,
  completions: readonly CompletionRecord[],
  random: Random,
  signal: AbortSignal,
): Promise<SetTrap | { readonly voidReason: string }> {
  const { source } = core;
  const { briefing, changed } = brief as StoredBrief;
  const method = draw.method ?? "damage";
  const drawn = draw.generators[0]?.hotkey === draw.negative ? 0 : 1;
  const checks = await checkBoth(core, briefing, completions, signal);
  const { negative, damages } = planTrap(drawn, method, changed !== null, checks);
  const notes: Record<string, string> = {};
  if (changed !== null) notes["changed"] = changed;
  if (checks !== undefined) notes["checks"] = writeChecks(checks);
  const target = completions[negative];
  let damaged: SetTrap["damaged"];
  if (damages && target !== undefined) {
    const below = checks?.passed[negative === 0 ? 1 : 0];
    const done = await source.damage(briefing, target.files, random, below, signal);
    if (done === undefined && checks === undefined) return { voidReason: "nothing-to-damage" };
    if (done !== undefined) {
      damaged = { id: target.id, files: done.files };
      notes["damage"] = done.what;
      if (done.passed !== undefined) notes["after"] = String(done.passed);
    }
  }
  const outcome = trapOutcome(drawn, method, readTrapNotes(notes));
  if (outcome.kind === "duel") return { preparation: { ...notes, playedAs: "duel" } };
  const hotkey = target?.hotkey;
  if (hotkey !== undefined && hotkey !== draw.negative) notes["negative"] = hotkey;
  return damaged === undefined ? { preparation: notes } : { preparation: notes, damaged };
}

/** Both outputs under the task's hidden checks; undefined where there are none. */
async function checkBoth(
  core: Core,
  briefing: Briefing,
  completions: readonly CompletionRecord[],
  signal: AbortSignal,
): Promise<PassedChecks | undefined> {
  const [first, second] = completions;
  if (first === undefined || second === undefined) return undefined;
  const one = await core.source.check(briefing, first.files, signal);
  const two = one === undefined ? undefined : await core.source.check(briefing, second.files, signal);
  return one === undefined || two === undefined ? undefined : { passed: [one.passed, two.passed], of: one.of };
}

function openVoting(core: Core, round: RoundRecord, tasks: readonly TaskRecord[]): void {
  const { store, settings, events } = core;
  const ready = tasks.filter((task) => task.prepared && task.state === "generating");
  const opensAtMs = core.nowMs();
  const endsAtMs = opensAtMs + settings.voteMs;
  if (ready.length === 0) {
    store.step(() => store.rounds.setState(round.interval, round.n, "scoring"));
    return;
  }
  // One list per voter, in the order of ids: neither order nor cursor says which task came first.
  const byVoter = new Map<string, AssignmentRecord[]>();
  for (const task of ready) {
    for (const voter of task.draw.voters) {
      const list = byVoter.get(voter.hotkey) ?? [];
      byVoter.set(voter.hotkey, list);
      list.push({
        id: voter.assignment,
        task: task.id,
        hotkey: voter.hotkey,
        role: "discriminator",
        prompt: null,
        completion: null,
        firstIsA: voter.firstIsA,
        cursor: 0,
        opensAtMs,
        expiresAtMs: endsAtMs,
      });
    }
  }
  store.step(() => {
    for (const [hotkey, list] of byVoter) {
      const last = store.assignments.lastCursor(hotkey);
      list.sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const [place, assignment] of list.entries())
        store.assignments.add({ ...assignment, cursor: last + place + 1 });
    }
    for (const task of ready) store.tasks.openVoting(task.id, opensAtMs, endsAtMs);
    store.rounds.openVoting(round.interval, round.n, opensAtMs, endsAtMs);
  });
  events.emit({
    type: "voting-opened",
    interval: round.interval,
    round: round.n,
    tasks: ready.map(({ id }) => id),
    votingEnds: new Date(endsAtMs).toISOString(),
  });
  core.assigned([...byVoter.keys()]);
}
