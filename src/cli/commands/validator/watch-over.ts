import { statfs } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../../../base/errors.ts";
import type { LogLevel } from "../../../ops/log-file.ts";
import type { NotifyTarget } from "../../../ops/notify.ts";
import { States } from "../../../ops/states.ts";
import type { ValidatorEvent } from "../../../validator/events.ts";
import { stateChange } from "../../../validator/health.ts";
import type { ValidatorMetrics } from "../../../validator/metrics.ts";
import type { RunningValidator } from "../../../validator/process.ts";
import type { Context } from "../../context.ts";
import { validatorEventLine } from "./event-line.ts";

export interface WatchFlags {
  readonly admin?: { readonly host: string; readonly port: number };
  readonly logFile?: string;
  readonly notify?: string;
}

/** What an operator watches, around a validator that is about to start. */
export interface WatchOver {
  onEvent(event: ValidatorEvent): void;
  /**
   * Opens the admin pages, which need somebody to tell of.
   *
   * @returns What says where they are, to be called after the ready line.
   */
  began(validator: RunningValidator): Promise<() => void>;
}

const DISK_LOW_BYTES = 256 * 1_048_576;
const LOOK_AT_DISK_MS = 60_000;

/** @throws UsageError `usage.notify`; ColosseumError `ops.log-file`, `ops.admin-…`. */
export async function watchOver(ctx: Context, flags: WatchFlags, hotkey: string, stateDir: string): Promise<WatchOver> {
  const target = flags.notify === undefined ? undefined : await notifyTarget(flags.notify);
  const { deliver } = await import("../../../ops/notify.ts");
  const states = new States(({ state, edge, message }) => {
    // All others are events of the validator, and so lines, already.
    if (state === "disk-low" && edge === "begin") {
      ctx.out.warn({ code: "validator.disk-low", message: `The disk is nearly full: ${message}` });
    }
    if (target === undefined) return;
    const at = new Date(ctx.clock.nowMs()).toISOString();
    void deliver(target, { state, edge, subject: hotkey, message, at }).then((why) => {
      if (why === undefined) return;
      const text = `The notification of ${state} failed: ${why}.`;
      ctx.out.warn({ code: "validator.notify-failed", message: text });
    });
  });
  const log = await openLog(ctx, flags.logFile);
  let running: RunningValidator | undefined;
  let metrics: ValidatorMetrics | undefined;
  if (flags.admin !== undefined) {
    const { validatorMetrics } = await import("../../../validator/metrics.ts");
    metrics = validatorMetrics(states, () => running);
  }
  return {
    onEvent: (event) => {
      const change = stateChange(event);
      if (change !== undefined) states.set(change.state, change.isOn, change.message);
      metrics?.note(event);
      log?.(event);
    },
    began: async (validator) => {
      running = validator;
      watchDisk(ctx, states, stateDir);
      if (flags.admin === undefined || metrics === undefined) return () => undefined;
      const { startAdmin } = await import("../../../ops/admin.ts");
      const { text } = metrics;
      const admin = await startAdmin(flags.admin, {
        health: () => ({
          ok: states.active.size === 0,
          hotkey,
          interval: validator.store.intervals.latest()?.n ?? null,
          states: Object.fromEntries(states.active),
        }),
        metrics: text,
      });
      ctx.defer(() => admin[Symbol.asyncDispose]());
      return () =>
        ctx.out.event(
          { type: "admin", at: new Date(ctx.clock.nowMs()).toISOString(), url: admin.url },
          () => `Admin pages at ${admin.url}: /healthz, /metrics.`,
        );
    },
  };
}

/** exec:CMD or webhook:URL. @throws UsageError `usage.notify`. */
async function notifyTarget(where: string): Promise<NotifyTarget> {
  if (where.startsWith("exec:")) {
    const { splitCommand } = await import("../../../brains/command-line.ts");
    return { exec: splitCommand(where.slice(5)) };
  }
  const url = where.startsWith("webhook:") ? where.slice(8) : "";
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return { webhook: url };
  throw new UsageError(`"${where}" is no place to notify.`, {
    code: "usage.notify",
    hint: "Use exec:CMD or webhook:https://…",
  });
}

async function openLog(ctx: Context, file: string | undefined): Promise<((event: ValidatorEvent) => void) | undefined> {
  if (file === undefined) return undefined;
  const { openLogFile } = await import("../../../ops/log-file.ts");
  const log = openLogFile(resolve(ctx.io.cwd, file), {
    level: ctx.flags.verbose > 0 ? "debug" : "info",
    onFailure: (why) => {
      const message = `The log file cannot be written any more: ${why}.`;
      ctx.out.warn({ code: "validator.log-failed", message });
    },
  });
  ctx.defer(() => log[Symbol.dispose]());
  return (event) => {
    const { at: _, ...facts } = event;
    const words = validatorEventLine(event, true)?.slice("HH:MM:SS ".length);
    log.write(levelOf(event), facts, words ?? event.type);
  };
}

function levelOf({ type }: ValidatorEvent): LogLevel {
  if (/^(trouble|warning|chain-stale|weights-refused|deregistered)$/.test(type)) return "warn";
  return /^(vote|completion|refused|scores|checked-in|task-opened)$/.test(type) ? "debug" : "info";
}

/** A disk that fills up is told before the store can take nothing. */
function watchDisk(ctx: Context, states: States, stateDir: string): void {
  const look = (): void => {
    statfs(stateDir).then(
      ({ bavail, bsize }) => {
        const free = bavail * bsize;
        states.set("disk-low", free < DISK_LOW_BYTES, `${Math.floor(free / 1_048_576)} MiB are free in ${stateDir}.`);
      },
      // Where the system does not tell, the store says so itself when it is full.
      () => undefined,
    );
  };
  look();
  const timer = setInterval(look, LOOK_AT_DISK_MS);
  timer.unref();
  ctx.defer(() => clearInterval(timer));
}
