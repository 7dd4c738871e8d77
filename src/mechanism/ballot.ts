import type { JsonObject } from "../base/json-object.ts";
import { withRoom } from "./columns.ts";
import type { HotkeyTable } from "./hotkey-table.ts";
import { compareInstants, type Instant, type InstantCell, readInstant } from "./instant.ts";
import { Marks } from "./marks.ts";
import { listOf, optionalWholeOf, readTime, TIME, textOf } from "./task-fields.ts";
import { TASK_KINDS, type TaskKind } from "./task-log.ts";
import { ProblemFound, type TaskProblem } from "./task-problem.ts";

/** A vote whose completion does not exist. */
export const UNKNOWN = -1;

/** So many votes out of order in a row, and no order is looked for in the rest of the task. */
const MOST_MISSES = 4;

/**
 * One task in columns of numbers: what scoring works on. Loading checks the format's rules on the way, so that a
 * task is walked once. The object is meant to be loaded again and again; columns are only valid up to their counts.
 */
export class Ballot {
  readonly hotkeys: HotkeyTable;
  id = "";
  kind: TaskKind = "duel";
  interval: number | undefined;
  /** Whether everybody may vote. */
  open = false;
  validator = 0;
  /** The hotkey with the inferior output in a trap, else {@link UNKNOWN}. */
  negative = UNKNOWN;
  expiresAt: Instant = { seconds: 0, nanos: 0 };

  generators = new Int32Array(16);
  generatorCount = 0;
  invited = new Int32Array(256);
  invitedCount = 0;
  /** Author of each completion. */
  authors = new Int32Array(16);
  /** 1 for the validator's completion. */
  fromValidator = new Uint8Array(16);
  completionCount = 0;
  voters = new Int32Array(256);
  /** Index of the chosen completion, or {@link UNKNOWN}. */
  choices = new Int32Array(256);
  /** 1 for a vote within the voting time. */
  inTime = new Uint8Array(256);
  atSeconds = new Float64Array(256);
  atNanos = new Int32Array(256);
  voteCount = 0;

  readonly #completionIds: string[] = [];
  #invitedNames: readonly unknown[] = [];
  /** Who would vote next, did votes come in the order of the invitations. */
  #nextInvited = 0;
  #misses = 0;
  readonly #cell: InstantCell = { seconds: 0, nanos: 0 };
  readonly #opens: InstantCell = { seconds: 0, nanos: 0 };
  readonly #expires: InstantCell = { seconds: 0, nanos: 0 };
  readonly #marks = new Marks();
  readonly #authorsSeen = new Marks();

  constructor(hotkeys: HotkeyTable) {
    this.hotkeys = hotkeys;
  }

  /** Makes room for that many of each. */
  reserve(generators: number, invited: number, completions: number, votes: number): void {
    this.generators = withRoom(this.generators, generators);
    this.invited = withRoom(this.invited, invited);
    if (completions > this.authors.length) {
      this.authors = withRoom(this.authors, completions);
      this.fromValidator = withRoom(this.fromValidator, completions);
    }
    if (votes <= this.voters.length) return;
    this.voters = withRoom(this.voters, votes);
    this.choices = withRoom(this.choices, votes);
    this.inTime = withRoom(this.inTime, votes);
    this.atSeconds = withRoom(this.atSeconds, votes);
    this.atNanos = withRoom(this.atNanos, votes);
  }

  /**
   * Loads one task.
   *
   * @param value - Any JSON value; nothing about it is believed.
   * @param trusted - Skips the rules about who may be named where (the real Dojo code has cases that break them);
   * types and times are still checked.
   * @param until - Votes after it are not loaded.
   * @returns What is wrong with it, or null. After a problem the columns mean nothing.
   */
  load(value: unknown, trusted: boolean, until: Instant | undefined): TaskProblem | null {
    try {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new ProblemFound("", "a task, an object", value);
      }
      this.#load(value as JsonObject, trusted, until);
      return null;
    } catch (error) {
      if (!(error instanceof ProblemFound)) throw error;
      const id = (value as JsonObject | null)?.["id"];
      const { path, expected, found } = error;
      return { path, expected, found, id: typeof id === "string" ? id : undefined };
    }
  }

  #load(task: JsonObject, trusted: boolean, until: Instant | undefined): void {
    this.id = textOf(task, "id");
    const kind = task["kind"];
    const index = TASK_KINDS.indexOf(kind as TaskKind);
    if (index < 0) throw new ProblemFound("kind", '"synthetic", "duel" or "trap"', kind);
    this.kind = TASK_KINDS[index] as TaskKind;
    this.interval = optionalWholeOf(task, "interval");
    if (task["taskType"] !== undefined) textOf(task, "taskType");
    this.#loadTimes(task);
    this.validator = this.hotkeys.idOf(textOf(task, "validator"));
    this.#loadGenerators(listOf(task, "generators"), trusted);
    this.#loadCompletions(listOf(task, "completions"), trusted);
    this.#loadNegative(task, trusted);
    this.#loadInvited(task, trusted);
    this.#loadVotes(listOf(task, "votes"), until);
  }

  #loadTimes(task: JsonObject): void {
    const cell = this.#cell;
    readTime(task["createdAt"], "createdAt", cell);
    const opens = this.#opens;
    opens.seconds = cell.seconds;
    opens.nanos = cell.nanos;
    if (task["votingOpensAt"] !== undefined) {
      readTime(task["votingOpensAt"], "votingOpensAt", opens);
      if (compareInstants(opens, cell) < 0) {
        throw new ProblemFound("votingOpensAt", "a time not before createdAt", task["votingOpensAt"]);
      }
    }
    readTime(task["expiresAt"], "expiresAt", this.#expires);
    if (compareInstants(this.#expires, opens) < 0) {
      const before = task["votingOpensAt"] === undefined ? "createdAt" : "votingOpensAt";
      throw new ProblemFound("expiresAt", `a time not before ${before}`, task["expiresAt"]);
    }
    this.expiresAt = this.#expires;
  }

  #loadGenerators(generators: readonly unknown[], trusted: boolean): void {
    this.#marks.clear();
    this.reserve(generators.length, 0, 0, 0);
    this.generatorCount = 0;
    for (let i = 0; i < generators.length; i++) {
      const hotkey = generators[i];
      if (typeof hotkey !== "string") throw new ProblemFound(`generators[${i}]`, "a hotkey, a text", hotkey);
      const id = this.hotkeys.idOf(hotkey);
      if (!trusted && this.#marks.has(id)) {
        throw new ProblemFound(`generators[${i}]`, "each generator once", hotkey);
      }
      this.#marks.add(id);
      this.generators[this.generatorCount++] = id;
    }
  }

  /** Expects the marks of {@link #loadGenerators}. */
  #loadCompletions(completions: readonly unknown[], trusted: boolean): void {
    this.completionCount = 0;
    this.reserve(0, 0, completions.length, 0);
    this.#authorsSeen.clear();
    for (let i = 0; i < completions.length; i++) {
      const completion = completions[i];
      if (typeof completion !== "object" || completion === null || Array.isArray(completion)) {
        throw new ProblemFound(`completions[${i}]`, "a completion, an object", completion);
      }
      const { id, by, source } = completion as { id: unknown; by: unknown; source: unknown };
      if (typeof id !== "string") throw new ProblemFound(`completions[${i}].id`, "a text", id);
      if (typeof by !== "string") throw new ProblemFound(`completions[${i}].by`, "a hotkey, a text", by);
      if (source !== "miner" && source !== "validator") {
        throw new ProblemFound(`completions[${i}].source`, '"miner" or "validator"', source);
      }
      const author = this.hotkeys.idOf(by);
      if (!trusted) {
        if (source === "validator" && author !== this.validator) {
          throw new ProblemFound(`completions[${i}].by`, "the task's validator, as its source is the validator", by);
        }
        if (source === "miner" && !this.#marks.has(author)) {
          throw new ProblemFound(`completions[${i}].by`, "one of the task's generators", by);
        }
        if (this.#authorsSeen.has(author)) {
          throw new ProblemFound(`completions[${i}].by`, "one completion for each hotkey", by);
        }
        if (this.#completionIndex(id) !== UNKNOWN) {
          throw new ProblemFound(`completions[${i}].id`, "each completion id once", id);
        }
      }
      this.#authorsSeen.add(author);
      this.#completionIds[this.completionCount] = id;
      this.authors[this.completionCount] = author;
      this.fromValidator[this.completionCount] = source === "validator" ? 1 : 0;
      this.completionCount++;
    }
  }

  /** Expects the marks of {@link #loadGenerators}. */
  #loadNegative(task: JsonObject, trusted: boolean): void {
    this.negative = UNKNOWN;
    if (this.kind !== "trap") return;
    const negative = task["negative"];
    if (typeof negative !== "string") {
      throw new ProblemFound("negative", "the hotkey whose output is the inferior one, as this is a trap", negative);
    }
    this.negative = this.hotkeys.idOf(negative);
    if (!trusted && this.negative !== this.validator && !this.#marks.has(this.negative)) {
      throw new ProblemFound("negative", "one of the task's generators or its validator", negative);
    }
  }

  #loadInvited(task: JsonObject, trusted: boolean): void {
    this.invitedCount = 0;
    this.#invitedNames = [];
    this.open = task["discriminators"] === undefined;
    if (this.open) return;
    const invited = listOf(task, "discriminators");
    this.#invitedNames = invited;
    this.reserve(0, invited.length, 0, 0);
    this.#marks.clear();
    for (let i = 0; i < invited.length; i++) {
      const hotkey = invited[i];
      if (typeof hotkey !== "string") throw new ProblemFound(`discriminators[${i}]`, "a hotkey, a text", hotkey);
      const id = this.hotkeys.idOf(hotkey);
      if (!trusted && this.#marks.has(id)) {
        throw new ProblemFound(`discriminators[${i}]`, "each discriminator once", hotkey);
      }
      this.#marks.add(id);
      this.invited[this.invitedCount++] = id;
    }
  }

  #loadVotes(votes: readonly unknown[], until: Instant | undefined): void {
    const cell = this.#cell;
    const opens = this.#opens;
    const expires = this.#expires;
    this.reserve(0, 0, 0, votes.length);
    this.#nextInvited = 0;
    this.#misses = 0;
    let count = 0;
    let lastAt: unknown;
    for (let i = 0; i < votes.length; i++) {
      const vote = votes[i];
      if (typeof vote !== "object" || vote === null || Array.isArray(vote)) {
        throw new ProblemFound(`votes[${i}]`, "a vote, an object", vote);
      }
      const { voter, completion, at } = vote as { voter: unknown; completion: unknown; at: unknown };
      if (typeof voter !== "string") throw new ProblemFound(`votes[${i}].voter`, "a hotkey, a text", voter);
      if (typeof completion !== "string") {
        throw new ProblemFound(`votes[${i}].completion`, "a completion's id, a text", completion);
      }
      if (at !== lastAt || i === 0) {
        if (typeof at !== "string" || !readInstant(at, cell)) throw new ProblemFound(`votes[${i}].at`, TIME, at);
        lastAt = at;
      }
      if (until !== undefined && compareInstants(cell, until) > 0) continue;
      this.voters[count] = this.#voter(voter);
      this.choices[count] = this.#completionIndex(completion);
      this.inTime[count] = compareInstants(cell, opens) >= 0 && compareInstants(cell, expires) <= 0 ? 1 : 0;
      this.atSeconds[count] = cell.seconds;
      this.atNanos[count] = cell.nanos;
      count++;
    }
    this.voteCount = count;
  }

  /** Votes often come in the order of the invitations, and a comparison is cheaper than a look-up. */
  #voter(name: string): number {
    if (this.#misses === MOST_MISSES) return this.hotkeys.idOf(name);
    const names = this.#invitedNames;
    let next = this.#nextInvited;
    if (name !== names[next] && name === names[next + 1]) next++;
    if (name !== names[next]) {
      this.#misses++;
      return this.hotkeys.idOf(name);
    }
    this.#misses = 0;
    this.#nextInvited = next + 1;
    return this.invited[next] ?? 0;
  }

  #completionIndex(id: string): number {
    for (let i = 0; i < this.completionCount; i++) if (this.#completionIds[i] === id) return i;
    return UNKNOWN;
  }
}
