import { type DispatchError, ensure, moduleError } from "../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../engine/execution.ts";
import { toCall } from "../engine/extrinsic.ts";
import { schema } from "../engine/schema.ts";
import type { ReadableState } from "../engine/state.ts";
import { StorageItem } from "../engine/storage-item.ts";
import type { RuntimeCall } from "../runtime/runtime.ts";
import { toHex } from "../scale/bytes.ts";
import type { Tagged } from "../scale/codec.ts";
import { blake2_256 } from "../scale/hashers.ts";
import { lookup, reserve, unreserve } from "./accounts.ts";
import { isSuperset, permits } from "./proxy-types.ts";

const P = "Proxy";
/** Constants of spec 461, rao and entries. */
const PROXY_BASE_RAO = 60_000_000n;
const PROXY_FACTOR_RAO = 33_000_000n;
const ANNOUNCEMENT_BASE_RAO = 36_000_000n;
const ANNOUNCEMENT_FACTOR_RAO = 68_000_000n;
const MAX_PROXIES = 20;
const MAX_PENDING = 75;

interface Definition {
  readonly delegate: string;
  readonly proxy_type: Tagged;
  readonly delay: number;
}
interface Announcement {
  readonly real: string;
  readonly call_hash: string;
  readonly height: number;
}
type PerAccount<V> = StorageItem<[account: string], V>;
const Proxies: PerAccount<readonly [readonly Definition[], bigint]> = new StorageItem(P, "Proxies");
const Announcements: PerAccount<readonly [readonly Announcement[], bigint]> = new StorageItem(P, "Announcements");
const RealPaysFee = new StorageItem<[real: string, delegate: string], undefined>(P, "RealPaysFeeConsentV1");

const need = (condition: boolean, name: string): void => ensure(condition, P, name);

/** Takes or gives back what `count` entries need beyond what is held already. @returns What is held now, rao. */
function adjust(execution: Execution, who: string, held: bigint, count: number, base: bigint, factor: bigint): bigint {
  const wanted = count === 0 ? 0n : base + factor * BigInt(count);
  if (wanted > held) reserve(execution, who, wanted - held);
  else unreserve(execution, who, held - wanted);
  return wanted;
}

const typeOrder = (type: Tagged): number => schema.encode("ProxyType", type)[0] ?? 0;
const same = (a: Definition, b: Definition): boolean =>
  a.delegate === b.delegate && a.proxy_type.type === b.proxy_type.type && a.delay === b.delay;
const sorted = (definitions: readonly Definition[]): Definition[] =>
  [...definitions].sort((a, b) => {
    if (a.delegate !== b.delegate) return a.delegate < b.delegate ? -1 : 1;
    return typeOrder(a.proxy_type) - typeOrder(b.proxy_type) || a.delay - b.delay;
  });

function store(execution: Execution, who: string, definitions: readonly Definition[]): void {
  const [, held] = Proxies.get(execution.state, who);
  const deposit = adjust(execution, who, held, definitions.length, PROXY_BASE_RAO, PROXY_FACTOR_RAO);
  if (definitions.length === 0) Proxies.remove(execution.state, who);
  else Proxies.set(execution.state, [who], [definitions, deposit]);
}

function storeAnnouncements(execution: Execution, who: string, pending: readonly Announcement[]): void {
  const [, held] = Announcements.get(execution.state, who);
  const deposit = adjust(execution, who, held, pending.length, ANNOUNCEMENT_BASE_RAO, ANNOUNCEMENT_FACTOR_RAO);
  if (pending.length === 0) Announcements.remove(execution.state, who);
  else Announcements.set(execution.state, [who], [pending, deposit]);
}

/** Drops what fits. @throws DispatchError NotFound if nothing does. */
function dropAnnouncements(
  execution: Execution,
  delegate: string,
  fits: (announcement: Announcement) => boolean,
): void {
  const [pending] = Announcements.get(execution.state, delegate);
  const kept = pending.filter((announcement) => !fits(announcement));
  need(kept.length < pending.length, "NotFound");
  storeAnnouncements(execution, delegate, kept);
}

function findProxy(state: ReadableState, real: string, delegate: string, wanted: Tagged | undefined): Definition {
  const found = Proxies.get(state, real)[0].find(
    (definition) =>
      definition.delegate === delegate && (wanted === undefined || definition.proxy_type.type === wanted.type),
  );
  if (found === undefined) throw moduleError(P, "NotProxy");
  return found;
}

/** What a proxy may do: what its type allows, and to other proxies nothing beyond its own powers. */
const filterOf =
  (type: string) =>
  (call: RuntimeCall): boolean => {
    if (call.pallet === P) {
      const { proxy_type } = call.args as { proxy_type?: Tagged };
      const changes = call.name === "add_proxy" || call.name === "remove_proxy";
      if (changes && proxy_type !== undefined && !isSuperset(type, proxy_type.type)) return false;
      if ((call.name === "remove_proxies" || call.name === "kill_pure") && type !== "Any") return false;
    }
    return permits(type, call);
  };

const resultOf = (failure: DispatchError | undefined): unknown =>
  failure === undefined ? { type: "Ok" } : { type: "Err", value: failure.error };

function perform(execution: Execution, definition: Definition, real: string, call: unknown): void {
  const filter = filterOf(definition.proxy_type.type);
  const failure = execution.dispatch({ type: "signed", who: real, filter }, toCall(call));
  execution.emit(P, "ProxyExecuted", { result: resultOf(failure) });
}

/** An account without a key: a hash of who made it, when, and as what. */
function pureAccount(who: string, type: Tagged, index: number, height: number, extrinsic: number): string {
  const parts = [Buffer.from("modlpy/proxy____", "ascii"), who, height, extrinsic, type, index];
  return toHex(blake2_256(schema.encode("([u8; 16], AccountId32, u32, u32, ProxyType, u16)", parts)));
}

const extrinsicIndex = ({ phase }: Execution): number => (phase.type === "ApplyExtrinsic" ? phase.value : 0);

/**
 * Who pays for an extrinsic: its signer, or whom it acts for where that account has agreed to.
 *
 * @see subtensor runtime/src/transaction_payment_wrapper.rs (spec 425, 14bc6f9), without its rule for batches.
 */
export function feePayer(state: ReadableState, signer: string, call: RuntimeCall): string {
  if (call.pallet !== P || call.name !== "proxy") return signer;
  const { real, call: inner } = call.args as { real: Tagged; call: unknown };
  if (real.type !== "Id") return signer;
  const account = real.value as string;
  if (!RealPaysFee.has(state, account, signer)) return signer;
  return feePayer(state, account, toCall(inner));
}

interface ProxyArgs {
  readonly delegate: unknown;
  readonly proxy_type: Tagged;
  readonly delay: number;
}

export const proxyCalls: CallHandlers = {
  proxy: (
    execution: Execution,
    origin: Origin,
    args: { real: unknown; force_proxy_type: Tagged | undefined; call: unknown },
  ) => {
    const who = ensureSigned(origin);
    const real = lookup(args.real);
    const definition = findProxy(execution.state, real, who, args.force_proxy_type);
    need(definition.delay === 0, "Unannounced");
    perform(execution, definition, real, args.call);
  },
  add_proxy: (execution: Execution, origin: Origin, { delegate, proxy_type, delay }: ProxyArgs) => {
    const delegator = ensureSigned(origin);
    const delegatee = lookup(delegate);
    need(delegator !== delegatee, "NoSelfProxy");
    const added: Definition = { delegate: delegatee, proxy_type, delay };
    const [before] = Proxies.get(execution.state, delegator);
    need(!before.some((definition) => same(definition, added)), "Duplicate");
    need(before.length < MAX_PROXIES, "TooMany");
    store(execution, delegator, sorted([...before, added]));
    execution.emit(P, "ProxyAdded", { delegator, delegatee, proxy_type, delay });
  },
  remove_proxy: (execution: Execution, origin: Origin, { delegate, proxy_type, delay }: ProxyArgs) => {
    const delegator = ensureSigned(origin);
    const delegatee = lookup(delegate);
    const [before] = Proxies.get(execution.state, delegator);
    const left = before.filter((definition) => !same(definition, { delegate: delegatee, proxy_type, delay }));
    need(left.length < before.length, "NotFound");
    store(execution, delegator, left);
    RealPaysFee.remove(execution.state, delegator, delegatee);
    execution.emit(P, "ProxyRemoved", { delegator, delegatee, proxy_type, delay });
  },
  remove_proxies: (execution: Execution, origin: Origin) => {
    const who = ensureSigned(origin);
    store(execution, who, []);
    RealPaysFee.clear(execution.state, who);
  },
  create_pure: (
    execution: Execution,
    origin: Origin,
    { proxy_type, delay, index }: { proxy_type: Tagged; delay: number; index: number },
  ) => {
    const { state, blockNumber } = execution;
    const who = ensureSigned(origin);
    const pure = pureAccount(who, proxy_type, index, blockNumber, extrinsicIndex(execution));
    need(!Proxies.has(state, pure), "Duplicate");
    const deposit = PROXY_BASE_RAO + PROXY_FACTOR_RAO;
    reserve(execution, who, deposit);
    Proxies.set(state, [pure], [[{ delegate: who, proxy_type, delay }], deposit]);
    execution.emit(P, "PureCreated", { pure, who, proxy_type, disambiguation_index: index });
  },
  kill_pure: (
    execution: Execution,
    origin: Origin,
    args: { spawner: unknown; proxy_type: Tagged; index: number; height: number; ext_index: number },
  ) => {
    const { proxy_type, index, height, ext_index } = args;
    const who = ensureSigned(origin);
    const spawner = lookup(args.spawner);
    need(pureAccount(spawner, proxy_type, index, height, ext_index) === who, "NoPermission");
    const [, deposit] = Proxies.get(execution.state, who);
    Proxies.remove(execution.state, who);
    unreserve(execution, spawner, deposit);
    execution.emit(P, "PureKilled", { pure: who, spawner, proxy_type, disambiguation_index: index });
  },
  announce: (execution: Execution, origin: Origin, args: { real: unknown; call_hash: string }) => {
    const { state, blockNumber } = execution;
    const who = ensureSigned(origin);
    const real = lookup(args.real);
    findProxy(state, real, who, undefined);
    const [pending] = Announcements.get(state, who);
    need(pending.length < MAX_PENDING, "TooMany");
    storeAnnouncements(execution, who, [...pending, { real, call_hash: args.call_hash, height: blockNumber }]);
    execution.emit(P, "Announced", { real, proxy: who, call_hash: args.call_hash });
  },
  remove_announcement: (execution: Execution, origin: Origin, args: { real: unknown; call_hash: string }) => {
    const real = lookup(args.real);
    dropAnnouncements(
      execution,
      ensureSigned(origin),
      (announcement) => announcement.real === real && announcement.call_hash === args.call_hash,
    );
  },
  reject_announcement: (execution: Execution, origin: Origin, args: { delegate: unknown; call_hash: string }) => {
    const who = ensureSigned(origin);
    dropAnnouncements(
      execution,
      lookup(args.delegate),
      (announcement) => announcement.real === who && announcement.call_hash === args.call_hash,
    );
  },
  proxy_announced: (
    execution: Execution,
    origin: Origin,
    args: { delegate: unknown; real: unknown; force_proxy_type: Tagged | undefined; call: unknown },
  ) => {
    ensureSigned(origin);
    const delegate = lookup(args.delegate);
    const real = lookup(args.real);
    const definition = findProxy(execution.state, real, delegate, args.force_proxy_type);
    const hash = toHex(blake2_256(schema.encode("RuntimeCall", args.call)));
    const missing = execution.attempt(() => {
      dropAnnouncements(
        execution,
        delegate,
        (announcement) =>
          announcement.real === real &&
          announcement.call_hash === hash &&
          execution.blockNumber - announcement.height >= definition.delay,
      );
    });
    need(missing === undefined, "Unannounced");
    perform(execution, definition, real, args.call);
  },
  /** Deposits never change here, so there is never anything to adjust; as on the real chain that costs the fee. */
  poke_deposit: (execution: Execution, origin: Origin) => {
    const who = ensureSigned(origin);
    store(execution, who, Proxies.get(execution.state, who)[0]);
    storeAnnouncements(execution, who, Announcements.get(execution.state, who)[0]);
  },
  set_real_pays_fee: (execution: Execution, origin: Origin, args: { delegate: unknown; pays_fee: boolean }) => {
    const real = ensureSigned(origin);
    const delegate = lookup(args.delegate);
    findProxy(execution.state, real, delegate, undefined);
    if (args.pays_fee) RealPaysFee.set(execution.state, [real, delegate], undefined);
    else RealPaysFee.remove(execution.state, real, delegate);
    execution.emit(P, "RealPaysFeeSet", { real, delegate, pays_fee: args.pays_fee });
  },
};
