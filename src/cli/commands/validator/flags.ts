import { UsageError } from "../../../base/errors.ts";
import { parseDurationMs } from "../../../base/units.ts";
import { TASK_KINDS, type TaskKind } from "../../../mechanism/task-log.ts";
import { TASK_TYPES, type TaskType } from "../../../validator/task-types.ts";

/** HOST:PORT, with IPv6 in brackets. @throws UsageError `usage.listen`. */
export function parseListen(text: string): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):([0-9]{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || port > 65_535) {
    throw new UsageError(`"${text}" is no address to listen on.`, {
      code: "usage.listen",
      hint: "For example: --listen 127.0.0.1:8091, or 0.0.0.0:8091 for the whole network",
    });
  }
  return { host, port };
}

/** A whole number in a range. @throws UsageError `usage.NAME`. */
export function parseWhole(name: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      throw new UsageError(`--${name} is a whole number from ${min} to ${max}, not "${text}".`, {
        code: `usage.${name}`,
        hint: `For example: --${name} ${Math.max(min, Math.min(max, 8))}`,
      });
    }
    return value;
  };
}

/** A duration between bounds. @throws UsageError `usage.duration`. */
export function parseDuration(name: string, minMs: number): (text: string) => number {
  return (text) => {
    const ms = parseDurationMs(text);
    if (ms < minMs || ms > 30 * 86_400_000) {
      throw new UsageError(`--${name} is from ${minMs} ms to 30 days, not "${text}".`, {
        code: "usage.duration",
        hint: `For example: --${name} 20m`,
      });
    }
    return ms;
  };
}

/** synthetic,duel,trap in any order and number. @throws UsageError `usage.first-kinds`. */
export function parseKinds(text: string): TaskKind[] {
  const kinds = text.split(",").map((part) => part.trim());
  const known = kinds.filter((kind): kind is TaskKind => (TASK_KINDS as readonly string[]).includes(kind));
  if (known.length !== kinds.length) {
    throw new UsageError(`"${text}" is no list of kinds of tasks.`, {
      code: "usage.first-kinds",
      hint: "For example: --first-kinds synthetic,duel,trap",
    });
  }
  return known;
}

/** page,text in any order, each once. @throws UsageError `usage.task-types`. */
export function parseTaskTypes(text: string): TaskType[] {
  const types = text.split(",").map((part) => part.trim());
  const known = types.filter((type): type is TaskType => (TASK_TYPES as readonly string[]).includes(type));
  if (known.length !== types.length || new Set(known).size !== known.length) {
    throw new UsageError(`"${text}" is no list of task types.`, {
      code: "usage.task-types",
      hint: `There are ${TASK_TYPES.join(" and ")}; for example: --task-types ${TASK_TYPES.join(",")}`,
    });
  }
  return known;
}

/** http(s), without user, password, query or fragment. @throws UsageError `usage.public-url`. */
export function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url !== undefined && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !bare || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${text}" is no URL that a validator can publish.`, {
      code: "usage.public-url",
      hint: "For example: --public-url https://arena.example.org",
    });
  }
  return url.href.replace(/\/+$/, "");
}
