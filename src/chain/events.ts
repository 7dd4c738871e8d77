import { type Plain, plainList, plainNumber, plainRecord } from "./plain.ts";
import type { Runtime } from "./runtime.ts";

/** One event of one extrinsic, by the chain's names. */
export interface ChainEvent {
  readonly pallet: string;
  readonly name: string;
  /** Fields in order, and by name where the metadata names them. */
  readonly fields: readonly Plain[];
  readonly named: { readonly [name: string]: Plain };
}

interface DecodedEvent {
  readonly section: string;
  readonly method: string;
  readonly data: { toJSON(): unknown; readonly names: readonly string[] | null };
}

/**
 * The events that belong to one extrinsic of a block.
 *
 * @param hex - The value of System.Events at that block, or null where nothing happened.
 * @param index - The extrinsic's place in the block.
 */
export function eventsOf(runtime: Runtime, hex: string | null, index: number): ChainEvent[] {
  if (hex === null) return [];
  const records = runtime.registry.createType("Vec<FrameSystemEventRecord>", Buffer.from(hex.slice(2), "hex"));
  const found: ChainEvent[] = [];
  for (const record of records as unknown as Iterable<{ phase: unknown; event: DecodedEvent }>) {
    const phase = record.phase as { isApplyExtrinsic: boolean; asApplyExtrinsic: { toNumber(): number } };
    if (!phase.isApplyExtrinsic || phase.asApplyExtrinsic.toNumber() !== index) continue;
    const { section, method, data } = record.event;
    const fields = data.toJSON() as Plain[];
    const names = data.names ?? [];
    found.push({
      pallet: section.charAt(0).toUpperCase() + section.slice(1),
      name: method,
      fields,
      named: Object.fromEntries(names.map((name, at) => [name, fields[at] ?? null])),
    });
  }
  return found;
}

/** Why a dispatched call failed. */
export interface DispatchFailure {
  /** `HotKeyNotRegisteredInSubNet`, `BadOrigin`, `Token.FundsUnavailable`. */
  readonly name: string;
  readonly pallet: string | undefined;
  readonly docs: string;
}

/** Names a dispatch error as its JSON form came: module errors from metadata, the others by their variant. */
export function dispatchFailure(runtime: Runtime, error: Plain): DispatchFailure {
  if (typeof error === "string")
    return { name: error.charAt(0).toUpperCase() + error.slice(1), pallet: undefined, docs: "" };
  const record = plainRecord(error, "a dispatch error");
  if (record["module"] !== undefined) {
    const { index, error: code } = plainRecord(record["module"], "a module error");
    const palletIndex = plainNumber(index, "a pallet index");
    // The error is four bytes, of which the first is the variant; older runtimes give one number.
    const variant =
      typeof code === "string" ? Number.parseInt(code.slice(2, 4), 16) : plainNumber(code, "an error index");
    const named = runtime.moduleError(palletIndex, variant);
    return named ?? { name: `Module${palletIndex}Error${variant}`, pallet: undefined, docs: "" };
  }
  const [kind = "unknown", detail] = Object.entries(record)[0] ?? [];
  const variant = kind.charAt(0).toUpperCase() + kind.slice(1);
  return {
    name: typeof detail === "string" ? `${variant}.${detail.charAt(0).toUpperCase()}${detail.slice(1)}` : variant,
    pallet: undefined,
    docs: "",
  };
}

/** The failure an extrinsic's events tell of, inside a sudo, proxy or batch too; undefined where all went well. */
export function failureIn(runtime: Runtime, events: readonly ChainEvent[]): DispatchFailure | undefined {
  for (const { pallet, name, fields } of events) {
    if (pallet === "System" && name === "ExtrinsicFailed") return dispatchFailure(runtime, fields[0] ?? null);
    const isWrapped =
      (pallet === "Sudo" && (name === "Sudid" || name === "SudoAsDone")) ||
      (pallet === "Proxy" && name === "ProxyExecuted") ||
      (pallet === "Multisig" && name === "MultisigExecuted");
    if (isWrapped) {
      const failed = fields.find(isErr);
      if (failed !== undefined) return dispatchFailure(runtime, plainRecord(failed, "a result")["err"] ?? null);
    }
    if (pallet === "Utility" && name === "BatchInterrupted") return dispatchFailure(runtime, fields[1] ?? null);
    if (pallet === "Utility" && name === "ItemFailed") return dispatchFailure(runtime, fields[0] ?? null);
  }
  return undefined;
}

const isErr = (value: Plain): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && "err" in value;

/** The fee an extrinsic paid, from its events; 0 where it paid none. */
export function feeIn(events: readonly ChainEvent[]): bigint {
  const paid = events.find(({ pallet, name }) => pallet === "TransactionPayment" && name === "TransactionFeePaid");
  const [, fee] = paid === undefined ? [] : plainList(paid.fields as Plain, "a fee event");
  return fee === undefined || fee === null ? 0n : BigInt(fee as string | number);
}
