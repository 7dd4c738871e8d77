import type { Execution } from "../../engine/execution.ts";
import type { ReadableState, State } from "../../engine/state.ts";
import { need } from "./checks.ts";
import { ChildKeys, ParentKeys, PendingChildKeys, type Relations, SubtokenEnabled } from "./storage.ts";

const MAX_CHILDREN = 5;
const ALL = (1n << 64n) - 1n;

const hotkeysOf = (relations: Relations): string[] => relations.map(([, hotkey]) => hotkey);
/** In the order of the accounts, as the chain keeps what it has checked. */
const sorted = (relations: Relations): Relations => [...relations].sort(([, a], [, b]) => (a < b ? -1 : 1));
const without = (relations: Relations, hotkey: string): Relations => relations.filter(([, who]) => who !== hotkey);
const including = (relations: Relations, hotkey: string, proportion: bigint): Relations =>
  hotkeysOf(relations).includes(hotkey)
    ? relations.map(([before, who]) => [who === hotkey ? proportion : before, who] as const)
    : [...relations, [proportion, hotkey]];

type Side = typeof ChildKeys;
const write = (side: Side, state: State, hotkey: string, netuid: number, relations: Relations): void => {
  if (relations.length === 0) side.remove(state, hotkey, netuid);
  else side.set(state, [hotkey, netuid], relations);
};

const sumOf = (relations: Relations): bigint => relations.reduce((sum, [proportion]) => sum + proportion, 0n);

/**
 * What a hotkey's children must be, given who its parents are.
 *
 * @throws DispatchError InvalidChild, TooManyChildren, ProportionOverflow, ChildParentInconsistency, in this order.
 */
export function needConsistent(hotkey: string, children: Relations, parents: Relations): void {
  need(!hotkeysOf(children).includes(hotkey), "InvalidChild");
  need(children.length <= MAX_CHILDREN, "TooManyChildren");
  need(sumOf(children) <= ALL, "ProportionOverflow");
  const above = new Set(hotkeysOf(parents));
  need(!hotkeysOf(children).some((child) => above.has(child)), "ChildParentInconsistency");
}

/** Writes one side of a hotkey's relations and the other side of everybody concerned. */
function writeBoth(state: State, netuid: number, hotkey: string, side: Side, other: Side, relations: Relations): void {
  const before = side.get(state, hotkey, netuid);
  write(side, state, hotkey, netuid, sorted(relations));
  const now = new Set(hotkeysOf(relations));
  for (const [proportion, who] of relations)
    write(other, state, who, netuid, including(other.get(state, who, netuid), hotkey, proportion));
  for (const who of hotkeysOf(before))
    if (!now.has(who)) write(other, state, who, netuid, without(other.get(state, who, netuid), hotkey));
}

const setChildrenOf = (state: State, netuid: number, hotkey: string, children: Relations): void =>
  writeBoth(state, netuid, hotkey, ChildKeys, ParentKeys, children);

/** Puts scheduled children into force; those that no longer fit are dropped without a word, as on the real chain. */
export function applyChildren(execution: Execution, netuid: number, hotkey: string, children: Relations): void {
  const { state } = execution;
  const failure = execution.attempt(() => {
    needConsistent(hotkey, children, ParentKeys.get(state, hotkey, netuid));
    setChildrenOf(state, netuid, hotkey, children);
  });
  if (failure === undefined) execution.emit("SubtensorModule", "SetChildren", [hotkey, netuid, children]);
}

/** After an epoch: children whose cool-down is over come into force. */
export function applyPendingChildren(execution: Execution, netuid: number): void {
  const { state, blockNumber } = execution;
  const started = SubtokenEnabled.get(state, netuid);
  for (const [[, hotkey], [children, coolDown]] of [...PendingChildKeys.entries(state, netuid)]) {
    if (started && coolDown >= BigInt(blockNumber)) continue;
    applyChildren(execution, netuid, hotkey, children);
    PendingChildKeys.remove(state, netuid, hotkey);
  }
}

/** The new hotkey takes the old one's place among parents and children. @throws DispatchError as {@link needConsistent} */
export function moveRelations(state: State, netuid: number, from: string, to: string): void {
  const children = ChildKeys.get(state, from, netuid);
  const parents = ParentKeys.get(state, from, netuid);
  setChildrenOf(state, netuid, from, []);
  writeBoth(state, netuid, from, ParentKeys, ChildKeys, []);
  need(!hotkeysOf(children).includes(to) && !hotkeysOf(parents).includes(to), "InvalidChild");
  const pending = pendingOf(state, netuid, from);
  if (pending !== undefined) {
    needConsistent(to, pending[0], parents);
    PendingChildKeys.remove(state, netuid, from);
    PendingChildKeys.set(state, [netuid, to], pending);
  }
  setChildrenOf(state, netuid, to, children);
  writeBoth(state, netuid, to, ParentKeys, ChildKeys, parents);
  for (const [[, hotkey], [planned, coolDown]] of [...PendingChildKeys.entries(state, netuid)]) {
    const place = planned.find(([, who]) => who === from);
    if (place !== undefined)
      PendingChildKeys.set(state, [netuid, hotkey], [[...without(planned, from), [place[0], to]], coolDown]);
  }
}

const pendingOf = (state: ReadableState, netuid: number, hotkey: string): readonly [Relations, bigint] | undefined =>
  PendingChildKeys.has(state, netuid, hotkey) ? PendingChildKeys.get(state, netuid, hotkey) : undefined;
