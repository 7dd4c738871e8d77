import type { Formula } from "../arena/formula.ts";
import type { ArenaScores } from "../arena/scorer.ts";
import type { Clock } from "../base/clock.ts";
import { ColosseumError, messageOf } from "../base/errors.ts";
import type { MechanismFact, SecondMechanism } from "../base/ports.ts";
import { shortAddress } from "../base/text.ts";
import { showDuration } from "../base/units.ts";
import { FeedError } from "../feeds/errors.ts";
import type { PostSource } from "../feeds/source.ts";
import type { ArenaScope } from "../store/accounts.ts";
import type { ArenaStore } from "../store/arena-store.ts";
import { PostIngest } from "../store/post-ingest.ts";
import type { ArenaChain, Member } from "./chain-ports.ts";
import { registryOf, scoreStore, scoresByHotkey } from "./scoring.ts";
import { sweep } from "./sweep.ts";
import { accountOf, type Verification, type VerifyRules, verifyPost } from "./verify.ts";

/** What the arena's process needs of the world. */
export interface ArenaDeps {
  readonly store: ArenaStore;
  readonly scope: ArenaScope;
  readonly chain: ArenaChain;
  /** Where posts come from; without one only what `arena ingest` takes in is scored. */
  readonly source: PostSource | undefined;
  readonly clock: Clock;
}

export interface ArenaSettings {
  readonly mechid: number;
  readonly formula: Formula;
  /** `key=value` changes of the formula. */
  readonly settings: readonly string[];
  readonly windowSeconds: number;
  /** From one turn to the next. */
  readonly everyMs: number;
  readonly verify: VerifyRules;
}

/** First pause after a turn that failed; doubles up to the time between turns. */
const RETRY_MS = 5_000;
/** A proof that did not hold is looked at again after this long: a renamed account, a source that lagged. */
const LOOK_AGAIN_MS = 3_600_000;

/** The chain counts in blocks: a moment more than it says, so that the block is really there. */
const BLOCK_SLACK_MS = 1_000;

type Report = (fact: MechanismFact) => void;

/**
 * The social arena on schedule: who left frees its account, new proofs are checked, posts are read, scores become
 * weights of the mechanism. One turn after another until the signal aborts; a turn that fails is reported and tried
 * again, and what it had read stays read.
 */
export function arenaProcess(deps: ArenaDeps, settings: ArenaSettings): SecondMechanism {
  const rejected = new Map<string, number>();
  return {
    mechid: settings.mechid,
    run: async (signal, report) => {
      const turns = strand(deps, settings, signal, report, () => turn(deps, settings, rejected, signal, report));
      const reveals = strand(deps, settings, signal, report, () => reveal(deps, settings, report));
      await Promise.all([turns, reveals]);
    },
  };
}

/** Does a step again and again until the signal aborts; one that fails is reported once and tried again. */
async function strand(
  { clock }: ArenaDeps,
  { everyMs }: ArenaSettings,
  signal: AbortSignal,
  report: Report,
  step: () => Promise<number>,
): Promise<void> {
  let failures = 0;
  let said = "";
  while (!signal.aborted) {
    let pauseMs: number;
    try {
      pauseMs = await step();
      failures = 0;
      said = "";
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      pauseMs = Math.min(everyMs, RETRY_MS * 2 ** (failures - 1));
      const code = error instanceof ColosseumError ? error.code : "bug";
      const message = `Arena: ${messageOf(error)} Trying again.`;
      if (message !== said) report({ level: "warn", code, message });
      said = message;
    }
    await clock.wait(pauseMs, signal);
  }
}

/** How often it is looked whether weights wait to be opened. */
const REVEAL_MOST_MS = 60_000;

async function reveal({ chain }: ArenaDeps, { mechid }: ArenaSettings, report: Report): Promise<number> {
  const { block, expired, againInMs } = await chain.reveal();
  if (block !== undefined) {
    report({
      level: "info",
      code: "arena.weights-revealed",
      message: `Arena: weights of mechanism ${mechid} were opened in block ${block}.`,
    });
  }
  if (expired > 0) {
    report({
      level: "warn",
      code: "weights.commit-expired",
      message: `Arena: ${expired} commit(s) were not opened in their epoch, so their weights never counted.`,
    });
  }
  return Math.min(REVEAL_MOST_MS, Math.max(BLOCK_SLACK_MS, againInMs ?? REVEAL_MOST_MS));
}

/** One turn; → milliseconds until the next. */
async function turn(
  deps: ArenaDeps,
  settings: ArenaSettings,
  rejected: Map<string, number>,
  signal: AbortSignal,
  report: Report,
): Promise<number> {
  const { store, scope, chain } = deps;
  const members = await chain.members();
  const uids = new Map(members.map(({ hotkey, uid }) => [hotkey, uid]));
  for (const { hotkey, handle } of store.accounts.settle(scope, uids)) {
    report({
      level: "info",
      code: "arena.account-freed",
      message: `Arena: @${handle} is free again, ${shortAddress(hotkey)} left the subnet.`,
      details: { hotkey, handle },
    });
  }
  signal.throwIfAborted();
  if (deps.source !== undefined) {
    await checkProofs(deps, deps.source, settings, { members, uids, rejected, signal, report });
    await readPosts(deps, deps.source, settings, signal, report);
  }
  signal.throwIfAborted();
  const scores = scoreNow(deps, settings);
  const waitMs = await publish(deps, settings, scores, report);
  return waitMs > 0 ? Math.min(settings.everyMs, waitMs + BLOCK_SLACK_MS) : settings.everyMs;
}

async function checkProofs(
  { store, scope, clock }: ArenaDeps,
  source: PostSource,
  settings: ArenaSettings,
  now: {
    readonly members: readonly Member[];
    readonly uids: ReadonlyMap<string, number>;
    readonly rejected: Map<string, number>;
    readonly signal: AbortSignal;
    readonly report: Report;
  },
): Promise<void> {
  for (const [key, atMs] of now.rejected) if (clock.nowMs() - atMs >= LOOK_AGAIN_MS) now.rejected.delete(key);
  for (const { hotkey, postId } of now.members) {
    if (postId === undefined || store.accounts.ofHotkey(scope, hotkey)?.postId === postId) continue;
    const key = `${hotkey} ${postId}`;
    if (now.rejected.has(key)) continue;
    now.signal.throwIfAborted();
    const nowSeconds = Math.floor(clock.nowMs() / 1_000);
    const world = { source, store, scope, uids: now.uids, nowSeconds };
    let verification: Verification;
    try {
      verification = await verifyPost(world, postId, { ...settings.verify, hotkey });
    } catch (error) {
      // Anybody may announce a number that the source chokes on; it must not keep the others from their scores.
      if (!(error instanceof FeedError) || error.code !== "feeds.bad-answer") throw error;
      now.rejected.set(key, clock.nowMs());
      now.report({
        level: "warn",
        code: "arena.proof-rejected",
        message: `Arena: the proof of ${shortAddress(hotkey)} cannot be looked at: ${error.message}`,
        details: { hotkey, postId, checks: [] },
      });
      continue;
    }
    if (verification.verified) {
      store.accounts.put(scope, { ...accountOf(verification, nowSeconds), postId });
      now.report({
        level: "info",
        code: "arena.account-verified",
        message: `Arena: @${verification.handle} competes for ${shortAddress(hotkey)} (uid ${verification.uid}).`,
        details: { hotkey, userId: verification.userId, handle: verification.handle },
      });
      continue;
    }
    now.rejected.set(key, clock.nowMs());
    const failed = verification.checks.filter(({ status }) => status === "fail");
    now.report({
      level: "warn",
      code: "arena.proof-rejected",
      message: `Arena: the proof of ${shortAddress(hotkey)} does not hold: ${failed.map(({ id, message }) => `${message} (${id})`).join(" ")}`,
      details: { hotkey, postId, checks: failed },
    });
  }
}

async function readPosts(
  { store, scope, clock }: ArenaDeps,
  source: PostSource,
  settings: ArenaSettings,
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  const nowSeconds = (): number => Math.floor(clock.nowMs() / 1_000);
  const ingest = new PostIngest(store, nowSeconds);
  const accounts = store.accounts.all(scope);
  // A window of all posts is read in full once and by the week afterwards; files bring what is older.
  const reach = Math.min(settings.windowSeconds, 7 * 86_400);
  const renamed = await sweep(source, accounts, { store, ingest, nowSeconds, signal, since: nowSeconds() - reach });
  for (const { from, to } of renamed) {
    report({ level: "info", code: "arena.account-renamed", message: `Arena: @${from} is called @${to} now.` });
  }
  const counts = ingest.flush();
  report({
    level: "info",
    code: "arena.posts-read",
    message: `Arena: ${counts.read} posts of ${accounts.length} account${accounts.length === 1 ? "" : "s"} read, ${counts.new} new, ${counts.updated} with new counts.`,
    details: { ...counts },
  });
}

function scoreNow({ store, scope, clock }: ArenaDeps, settings: ArenaSettings): ArenaScores {
  const { formula, windowSeconds } = settings;
  const registry = registryOf(store.accounts.all(scope));
  const at = Math.floor(clock.nowMs() / 1_000);
  return scoreStore(store, { formula, settings: settings.settings, options: { registry, windowSeconds, at } });
}

async function publish(
  { chain }: ArenaDeps,
  settings: ArenaSettings,
  scores: ArenaScores,
  report: Report,
): Promise<number> {
  const byHotkey = scoresByHotkey(scores);
  if (![...byHotkey.values()].some((score) => score > 0)) {
    report({
      level: "info",
      code: "arena.nobody-scored",
      message: `Arena: nobody has a score above 0 (${scores.scored} posts scored), so no weights are set.`,
    });
    return 0;
  }
  const waitMs = await chain.waitMs();
  if (waitMs > 0) {
    report({
      level: "info",
      code: "arena.weights-wait",
      message: `Arena: the chain takes the next weights in ${showDuration(waitMs)}.`,
    });
    return waitMs;
  }
  const { mode, block, extrinsic, agents, verified } = await chain.send(byHotkey);
  report({
    level: verified ? "info" : "warn",
    code: "arena.weights-set",
    message: `Arena: weights of mechanism ${settings.mechid} are in block ${block}: ${agents} agent${agents === 1 ? "" : "s"}${verified ? ", read back" : ", but the chain reads back something else"}.`,
    details: { mode, block, extrinsic, agents, verified },
  });
  return 0;
}
