import { ColosseumError, ExitCode } from "../../base/errors.ts";
import { fromHex, isHex, toHex } from "../scale/bytes.ts";
import type { Header } from "./header.ts";
import { headerHash } from "./header.ts";
import { StateTree } from "./state-tree.ts";

export const DUMP_FORMAT = "colosseum/localnet-state@1";

/** A whole chain at one block: enough to go on from there as if it had never stopped. */
export interface ChainDump {
  readonly format: typeof DUMP_FORMAT;
  readonly genesis: string;
  readonly header: Header;
  readonly timestampMs: number;
  /** How far the chain's clock was ahead of the real one. */
  readonly timeOffsetMs: number;
  /** Storage key → value, 0x-hex, in order of key. */
  readonly state: Readonly<Record<string, string>>;
}

export const dumpTree = (tree: StateTree): Record<string, string> => {
  const state: Record<string, string> = {};
  for (const [key, value] of tree.entries()) state[`0x${key}`] = toHex(value);
  return state;
};

const invalid = (why: string): ColosseumError =>
  new ColosseumError(`This is no state of an embedded chain: ${why}.`, {
    code: "localnet.invalid-state",
    exitCode: ExitCode.invalid,
    hint: "Make one with: colosseum localnet dump FILE",
  });

const isHash = (value: unknown): value is string => isHex(value) && value.length === 66;
const isWhole = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** @throws ColosseumError `localnet.invalid-state` (exit 12) naming what is wrong. */
export function parseDump(value: unknown): ChainDump {
  if (typeof value !== "object" || value === null) throw invalid("it is not an object");
  const dump = value as Partial<Record<keyof ChainDump, unknown>>;
  if (dump.format !== DUMP_FORMAT) throw invalid(`its "format" is not "${DUMP_FORMAT}"`);
  if (!isHash(dump.genesis)) throw invalid('"genesis" is no block hash');
  const header = dump.header as Partial<Header> | null | undefined;
  if (typeof header !== "object" || header === null || !isWhole(header.number))
    throw invalid('"header" has no block number');
  for (const field of ["parentHash", "stateRoot", "extrinsicsRoot"] as const) {
    if (!isHash(header[field])) throw invalid(`"header.${field}" is no hash`);
  }
  if (!isWhole(dump.timestampMs)) throw invalid('"timestampMs" is no time');
  if (typeof dump.timeOffsetMs !== "number" || !Number.isFinite(dump.timeOffsetMs))
    throw invalid('"timeOffsetMs" is no time');
  if (typeof dump.state !== "object" || dump.state === null) throw invalid('"state" is not an object');
  for (const [key, item] of Object.entries(dump.state)) {
    if (!isHex(key) || !isHex(item)) throw invalid(`the entry "${key.slice(0, 40)}" is no hex`);
  }
  return value as ChainDump;
}

/** The state of a dump, and the hash of the block it belongs to. */
export function loadTree(dump: ChainDump): { tree: StateTree; hash: string } {
  let tree = StateTree.empty;
  for (const [key, value] of Object.entries(dump.state)) tree = tree.set(key.slice(2).toLowerCase(), fromHex(value));
  return { tree, hash: dump.header.number === 0 ? dump.genesis : headerHash(dump.header) };
}
