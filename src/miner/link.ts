import type { Clock } from "../base/clock.ts";
import { ColosseumError, messageOf } from "../base/errors.ts";
import type { Assignment, Role } from "../protocol/messages.ts";
import { backoffMs } from "./backoff.ts";
import type { ValidatorClient } from "./client.ts";
import { OtherSubnetError, RefusedError } from "./errors.ts";
import type { OnMinerEvent } from "./events.ts";

/** At least this long between two polls that brought nothing: a validator that ignores `wait` must not heat the machine. */
const MIN_POLL_MS = 500;
const POLL_WAIT_SECONDS = 25;
const TASK_TYPES = ["page", "text"];

export interface LinkOptions {
  readonly client: ValidatorClient;
  readonly roles: readonly Role[];
  readonly taskTypes?: readonly string[];
  /** Refuse a validator of another subnet. */
  readonly netuid?: number;
  readonly clock: Clock;
  readonly onEvent: OnMinerEvent;
  readonly onAssignment: (assignment: Assignment) => void;
  readonly signal: AbortSignal;
}

/**
 * Keeps in touch with one validator until `signal` aborts: info, check-in (renewed before it ends), long polls with a
 * cursor. Whatever the validator does, this goes on with growing pauses; it never throws.
 */
export async function keepLink(options: LinkOptions): Promise<void> {
  const { client, clock, onEvent, signal } = options;
  let failures = 0;
  /** What was told of the validator last; a check-in that is refused again and again does not find it anew each time. */
  let told = "";
  while (!signal.aborted) {
    try {
      const info = await client.info(signal);
      if (options.netuid !== undefined && info.netuid !== options.netuid) {
        throw new OtherSubnetError(client.url, info.netuid, options.netuid);
      }
      const { validator, netuid, preset } = info;
      const news = JSON.stringify([validator, netuid, preset]);
      if (news !== told) {
        onEvent({ type: "validator-online", url: client.url, validator, netuid, preset });
        if (client.skewMs !== 0) onEvent({ type: "clock-skew", validator, skewMs: Math.round(client.skewMs) });
      }
      told = news;
      await whileCheckedIn(options, info.limits.maxWaitSeconds, () => {
        failures = 0;
      });
    } catch (thrown) {
      if (signal.aborted) return;
      const after = thrown instanceof RefusedError ? (thrown.retryAfterMs ?? 0) : 0;
      const retryInMs = Math.max(
        after,
        backoffMs(failures++, Math.random(), 500, thrown instanceof RefusedError ? 60_000 : 30_000),
      );
      const code = thrown instanceof ColosseumError ? thrown.code : "bug";
      if (thrown instanceof RefusedError) {
        onEvent({
          type: "check-in-refused",
          url: client.url,
          validator: client.validator ?? client.url,
          code: thrown.refusal,
          message: thrown.message,
          retryInMs,
        });
      } else {
        told = "";
        onEvent({ type: "validator-offline", url: client.url, code, message: messageOf(thrown), retryInMs });
      }
      await clock.wait(retryInMs, signal);
    }
  }
}

/** One check-in after the other, polling in between; returns when the session was lost, throws when the wire breaks. */
async function whileCheckedIn(options: LinkOptions, maxWaitSeconds: number, onGood: () => void): Promise<void> {
  const { client, clock, onEvent, signal } = options;
  const wait = Math.max(1, Math.min(POLL_WAIT_SECONDS, maxWaitSeconds));
  let cursor: string | undefined;
  while (!signal.aborted) {
    const session = await client.checkIn(
      { roles: [...options.roles], taskTypes: [...(options.taskTypes ?? TASK_TYPES)] },
      signal,
    );
    onEvent({
      type: "checked-in",
      url: client.url,
      validator: client.validator ?? "",
      roles: options.roles,
      until: session.expiresAt,
    });
    const grantedMs = Math.max(0, Date.parse(session.expiresAt) - clock.nowMs() - client.skewMs);
    // Renewed at two thirds, so that one lost request does not cost the place in a draw.
    const renewAtMs = clock.nowMs() + Math.max(5_000, (grantedMs * 2) / 3);
    while (!signal.aborted && clock.nowMs() < renewAtMs) {
      const startedMs = clock.nowMs();
      const secondsLeft = Math.max(1, Math.min(wait, Math.ceil((renewAtMs - startedMs) / 1_000)));
      try {
        const answer = await client.assignments(session.sessionKey, cursor, secondsLeft, signal);
        onGood();
        // A cursor that stands still while assignments come would send them for ever.
        const stuck = answer.cursor === cursor || answer.assignments.length === 0;
        cursor = answer.cursor;
        for (const assignment of answer.assignments) options.onAssignment(assignment);
        const tookMs = clock.nowMs() - startedMs;
        if (stuck && tookMs < MIN_POLL_MS) await clock.wait(MIN_POLL_MS - tookMs, signal);
      } catch (thrown) {
        if (thrown instanceof RefusedError && thrown.refusal === "session-unknown") {
          await clock.wait(MIN_POLL_MS, signal);
          break;
        }
        throw thrown;
      }
    }
  }
}
