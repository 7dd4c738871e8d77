import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import type { Hotkey } from "../base/ids.ts";
import { toHotkey } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { Brain } from "../brains/brain.ts";
import type { Role } from "../protocol/messages.ts";
import { lockFile } from "../store/lock.ts";
import { connectValidator } from "./client.ts";
import type { OnMinerEvent } from "./events.ts";
import { type Inbox, openInbox } from "./inbox.ts";
import { memoryJournal, openJournal } from "./journal.ts";
import { keepLink } from "./link.ts";
import { type Outbox, openOutbox } from "./outbox.ts";
import type { ValidatorAddress, ValidatorDirectory } from "./ports.ts";
import type { Transport } from "./transport.ts";

/** How often the directory is asked for new validators, and how often while none is known. */
const SEARCH_EVERY_MS = 300_000;
const SEARCH_AGAIN_MS = 15_000;
const NOBODY = {
  type: "no-validators",
  code: "miner.no-validators",
  message:
    "No validator of this subnet with permit and stake has published where it is; looking again every 15 seconds. Name one with --validator URL.",
  retryInMs: SEARCH_AGAIN_MS,
} as const;
/** How long a stop waits for answers in work and for the last acknowledgements. */
const GRACE_MS = 30_000;

export interface MinerOptions {
  readonly signer: Signer;
  /** URLs, or addresses with the hotkey that must answer there. */
  readonly validators: readonly (string | ValidatorAddress)[];
  /** Finds more of them, at the start and every five minutes; whom it no longer names is left. */
  readonly directory?: ValidatorDirectory;
  /** Default: every role that has a brain. */
  readonly roles?: readonly Role[];
  /** The generator's. */
  readonly brain?: Brain;
  /** The discriminator's. */
  readonly judge?: Brain;
  readonly clock: Clock;
  /** A folder of this hotkey's own; without it nothing survives the process. */
  readonly stateDir?: string;
  readonly onEvent?: OnMinerEvent;
  readonly netuid?: number;
  readonly taskTypes?: readonly string[];
  /** Brain calls at the same time; default 4. */
  readonly concurrency?: number;
  /** Makes built-in brains repeatable; default: the hotkey. */
  readonly seed?: string;
  readonly transport?: Transport;
  readonly graceMs?: number;
  /** Takes the assignments instead of the brains: a person's booth. */
  readonly inbox?: Inbox;
}

export interface RunningMiner {
  readonly hotkey: Hotkey;
  /** Answers that no validator has acknowledged yet; after a stop they are kept for the next start. */
  readonly unsent: number;
  /** Finishes what is in work, sends it, and lets go of everything. Safe to call twice. */
  stop(): Promise<void>;
}

interface Link {
  /** By the directory; false for one that the user named. */
  readonly found: boolean;
  readonly outbox: Outbox;
  readonly running: Promise<void>;
  readonly leave: () => void;
}

/**
 * Starts a miner: it comes to each validator, checks in, answers what it is asked, keeps the receipts. It opens no
 * port, and no validator, however broken or hostile, ends it or keeps it from the others.
 *
 * @throws ColosseumError `store.locked` if another process uses the same state.
 */
export async function startMiner(options: MinerOptions): Promise<RunningMiner> {
  const { signer, clock } = options;
  const onEvent: OnMinerEvent = options.onEvent ?? (() => undefined);
  const roles = options.roles ?? [
    ...(options.brain ? (["generator"] as const) : []),
    ...(options.judge ? (["discriminator"] as const) : []),
  ];
  const { stateDir } = options;
  // Two processes on one journal would answer everything twice and forget each other's answers.
  const lock =
    stateDir === undefined ? undefined : lockFile(join(stateDir, "miner.lock"), "A miner or voter with this hotkey");
  const journal = stateDir === undefined ? memoryJournal() : openJournal(stateDir, clock.nowMs());
  const polling = new AbortController();
  const inbox =
    options.inbox ??
    openInbox({
      clock,
      brains: {
        ...(options.brain !== undefined && roles.includes("generator") ? { generator: options.brain } : {}),
        ...(options.judge !== undefined && roles.includes("discriminator") ? { discriminator: options.judge } : {}),
      },
      concurrency: options.concurrency ?? 4,
      seed: options.seed ?? signer.address,
      onEvent,
    });
  const links = new Map<string, Link>();
  /** Polled no more; what is under way to them is still sent. */
  const left = new Set<Link>();
  /** When the time of an assignment is over, by validator and id: two addresses may lead to one validator. */
  const seen = new Map<string, number>();

  function open(address: ValidatorAddress, found: boolean): void {
    const url = address.url.replace(/\/+$/, "");
    if (links.has(url) || polling.signal.aborted) return;
    const leaving = new AbortController();
    const client = connectValidator(
      { ...address, url },
      { signer, clock, ...(options.transport === undefined ? {} : { transport: options.transport }) },
    );
    const outbox = openOutbox(client, journal, clock, onEvent);
    let resumed = false;
    const running = keepLink({
      client,
      roles,
      ...(options.taskTypes === undefined ? {} : { taskTypes: options.taskTypes }),
      ...(options.netuid === undefined ? {} : { netuid: options.netuid }),
      clock,
      signal: AbortSignal.any([polling.signal, leaving.signal]),
      onEvent: (event) => {
        onEvent(event);
        if (event.type !== "checked-in" || resumed) return;
        resumed = true;
        // Answers that a killed process had made but not delivered.
        for (const answer of journal.pending()) if (answer.validator === client.validator) outbox.post(answer);
      },
      onAssignment: (assignment) => {
        const validator = client.validator ?? url;
        for (const [key, untilMs] of seen) if (untilMs < clock.nowMs()) seen.delete(key);
        const key = `${validator}/${assignment.id}`;
        const pending = journal
          .pending()
          .some((answer) => answer.validator === validator && answer.assignment === assignment.id);
        if (seen.has(key) || pending || journal.isDone(validator, assignment.id)) return;
        const expiresAtMs = Date.parse(assignment.expiresAt);
        seen.set(key, expiresAtMs);
        inbox.take(validator, assignment, (answer) => {
          if (answer === undefined) journal.done(validator, assignment.id, expiresAtMs);
          else outbox.post(answer);
        });
      },
    });
    links.set(url, { found, outbox, running, leave: () => leaving.abort() });
  }

  /** Stops polling whom the directory does not name any more. */
  function leaveAllBut(found: readonly ValidatorAddress[]): void {
    const named = new Set(found.map(({ url }) => url.replace(/\/+$/, "")));
    for (const [url, link] of links) {
      if (!link.found || named.has(url)) continue;
      link.leave();
      links.delete(url);
      left.add(link);
      void link.running
        .then(() => link.outbox.drained(polling.signal))
        .then(() => {
          if (link.outbox.waiting > 0) return;
          link.outbox.close();
          left.delete(link);
        });
    }
  }

  const addressOf = (validator: string | ValidatorAddress): ValidatorAddress =>
    typeof validator === "string" ? { url: validator } : validator;
  for (const { validator, assignment, answer } of journal.overdue) {
    const role = "files" in answer ? "generator" : "discriminator";
    onEvent({ type: "expired", validator, id: assignment, role });
  }
  for (const validator of options.validators) open(addressOf(validator), false);

  async function search(directory: ValidatorDirectory): Promise<void> {
    let alone = false;
    while (!polling.signal.aborted) {
      try {
        const found = await directory.find(polling.signal);
        leaveAllBut(found);
        for (const address of found) open(address, true);
        if (links.size === 0 && !alone) onEvent(NOBODY);
        alone = links.size === 0;
      } catch {
        // The directory's own owner reports a chain that is away; known validators go on without it.
      }
      await clock.wait(links.size === 0 ? SEARCH_AGAIN_MS : SEARCH_EVERY_MS, polling.signal);
    }
  }
  const searching = options.directory === undefined ? Promise.resolve() : search(options.directory);

  let stopping: Promise<void> | undefined;
  async function shutDown(): Promise<void> {
    const all = [...links.values(), ...left];
    onEvent({ type: "stopping", underWay: inbox.thinking + all.reduce((sum, { outbox }) => sum + outbox.waiting, 0) });
    polling.abort();
    const grace = new AbortController();
    const timer = clock.wait(options.graceMs ?? GRACE_MS, grace.signal).then(() => grace.abort());
    const graceOver = new Promise<void>((resolve) =>
      grace.signal.addEventListener("abort", () => resolve(), { once: true }),
    );
    await Promise.race([inbox.finish(), graceOver]);
    await Promise.all(all.map(({ outbox }) => outbox.drained(grace.signal)));
    grace.abort();
    inbox.abort();
    for (const { outbox } of all) outbox.close();
    await Promise.all([timer, searching, ...all.map(({ running }) => running)]);
    await Promise.all([
      options.brain?.close?.(),
      options.judge === options.brain ? undefined : options.judge?.close?.(),
    ]);
    journal.close();
    lock?.[Symbol.dispose]();
    onEvent({ type: "stopped" });
  }
  return {
    hotkey: toHotkey(signer.address),
    get unsent() {
      return journal.pending().filter(({ expiresAtMs }) => expiresAtMs > clock.nowMs()).length;
    },
    stop: () => {
      stopping ??= shutDown();
      return stopping;
    },
  };
}
