import { ColosseumError, ExitCode } from "../base/errors.ts";
import { isJsonObject } from "../base/json-object.ts";
import { parseCsv } from "./csv.ts";

/** One competitor: the accounts that feed it and the slot that is paid. */
export interface Agent {
  /** `null` where no registry says which slot. */
  readonly uid: number | null;
  readonly userIds: readonly string[];
  readonly handle: string | null;
  readonly hotkey: string | null;
}

/** Who competes. Several accounts may feed one uid; an account feeds one uid only. */
export interface Registry {
  readonly agents: readonly Agent[];
  /** Account id → place in `agents`. */
  readonly byUserId: ReadonlyMap<string, number>;
  /** Accounts that were named with two uids; the later line won. */
  readonly conflicts: readonly string[];
}

/** A row of a registry before rows are put together. */
export interface RegistryRow {
  readonly userId: string;
  readonly uid: number;
  readonly handle?: string | undefined;
  readonly hotkey?: string | undefined;
}

type Field = "userId" | "uid" | "handle" | "hotkey";
const FIELDS: Readonly<Record<string, Field>> = {
  userid: "userId",
  authorid: "userId",
  uid: "uid",
  handle: "handle",
  username: "handle",
  hotkey: "hotkey",
};
const fieldOf = (name: string): Field | undefined => {
  const key = name.toLowerCase().replace(/[^a-z]/g, "");
  return Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
};

const bad = (where: string, expected: string): ColosseumError =>
  new ColosseumError(`The registry is wrong at ${where}: ${expected}.`, {
    code: "arena.bad-registry",
    exitCode: ExitCode.invalid,
    hint: 'A registry is CSV with the columns user_id,uid or JSON like [{"user_id": "…", "uid": 7}].',
    details: { where },
  });

function rowOf(found: Readonly<Partial<Record<Field, unknown>>>, where: string): RegistryRow {
  const { userId, uid } = found;
  if (typeof userId !== "string" || userId.trim() === "") throw bad(where, "user_id must be a text that is not empty");
  const text = typeof uid === "number" ? String(uid) : typeof uid === "string" ? uid.trim() : "";
  if (!/^[0-9]{1,5}$/.test(text) || Number(text) > 65_535)
    throw bad(where, "uid must be a whole number from 0 to 65535");
  const word = (value: unknown): string | undefined =>
    typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  return {
    userId: userId.trim(),
    uid: Number(text),
    handle: word(found.handle)?.replace(/^@/, ""),
    hotkey: word(found.hotkey),
  };
}

/**
 * Reads registry rows from CSV with a header line; other columns are ignored.
 *
 * @throws ColosseumError `arena.bad-registry` naming the line.
 */
export function parseRegistryCsv(text: string): RegistryRow[] {
  const [header, ...rows] = parseCsv(text);
  const columns = (header?.fields ?? []).map((name) => fieldOf(name.trim()));
  if (!columns.includes("userId") || !columns.includes("uid")) {
    throw bad("line 1", "the first line must name the columns user_id and uid");
  }
  return rows.map(({ line, fields }) => {
    const found: Partial<Record<Field, unknown>> = {};
    columns.forEach((column, index) => {
      if (column !== undefined && found[column] === undefined) found[column] = fields[index] ?? "";
    });
    return rowOf(found, `line ${line}`);
  });
}

/**
 * Reads registry rows from JSON: an array of objects, the same under `agents`, or an object user id → uid.
 *
 * @throws ColosseumError `arena.bad-registry` naming the JSON path.
 */
export function parseRegistryJson(value: unknown): RegistryRow[] {
  const list = isJsonObject(value) && Array.isArray(value["agents"]) ? value["agents"] : value;
  if (Array.isArray(list)) {
    return list.map((item: unknown, index) => {
      if (!isJsonObject(item)) throw bad(`[${index}]`, "expected an object");
      const found: Partial<Record<Field, unknown>> = {};
      for (const [name, content] of Object.entries(item)) {
        const field = fieldOf(name);
        if (field !== undefined && found[field] === undefined) found[field] = content;
      }
      return rowOf(found, `[${index}]`);
    });
  }
  if (!isJsonObject(list)) throw bad("the top", "expected an array or an object");
  return Object.entries(list).map(([userId, uid]) => rowOf({ userId, uid }, `["${userId}"]`));
}

/**
 * Puts rows together: one agent per uid, in order of uid. A user id that is named again moves to the later uid.
 */
export function buildRegistry(rows: readonly RegistryRow[]): Registry {
  const rowByUser = new Map<string, RegistryRow>();
  const conflicts = new Set<string>();
  for (const row of rows) {
    const before = rowByUser.get(row.userId);
    if (before !== undefined && before.uid !== row.uid) conflicts.add(row.userId);
    rowByUser.delete(row.userId);
    rowByUser.set(row.userId, { ...before, ...definedOnly(row) });
  }
  const byUid = new Map<number, RegistryRow[]>();
  for (const row of rowByUser.values()) byUid.set(row.uid, [...(byUid.get(row.uid) ?? []), row]);
  const agents = [...byUid]
    .sort(([a], [b]) => a - b)
    .map(([uid, members]): Agent => {
      const last = <K extends "handle" | "hotkey">(key: K): string | null =>
        members.findLast((row) => row[key] !== undefined)?.[key] ?? null;
      return { uid, userIds: members.map((row) => row.userId), handle: last("handle"), hotkey: last("hotkey") };
    });
  const byUserId = new Map<string, number>();
  agents.forEach((agent, index) => {
    for (const userId of agent.userIds) byUserId.set(userId, index);
  });
  return { agents, byUserId, conflicts: [...conflicts] };
}

const definedOnly = (row: RegistryRow): RegistryRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as RegistryRow;
