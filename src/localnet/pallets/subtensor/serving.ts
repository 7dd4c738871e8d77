import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import { CustomRefusal, Refusal } from "../../engine/invalid-transaction.ts";
import type { ReadableState } from "../../engine/state.ts";
import { need, needSubnet } from "./checks.ts";
import { Axons, NeuronCertificates, Prometheus, ServingRateLimit, Uids } from "./storage.ts";

interface Endpoint {
  readonly netuid: number;
  readonly version: number;
  readonly ip: bigint;
  readonly port: number;
  readonly ip_type: number;
}
interface AxonArgs extends Endpoint {
  readonly protocol: number;
  readonly placeholder1: number;
  readonly placeholder2: number;
}

const IPV4_LOOPBACK = 0x7f00_0001n;
const IPV4_MAX = 0xffff_ffffn;
const IPV6_LOOPBACK = 1n;
const IPV6_MAX = (1n << 128n) - 1n;

/** @see subtensor subnets/serving.rs (spec 425): 0 is allowed for an axon, loopback never. */
const validIp = (ip: bigint, type: number): boolean =>
  type === 4 ? ip < IPV4_MAX && ip !== IPV4_LOOPBACK : ip !== IPV6_MAX && ip !== IPV6_LOOPBACK;

const isTooSoon = (state: ReadableState, netuid: number, lastBlock: bigint | undefined, block: number): boolean => {
  const limit = ServingRateLimit.get(state, netuid);
  return limit > 0n && lastBlock !== undefined && lastBlock > 0n && BigInt(block) - lastBlock < limit;
};

/** @throws DispatchError with the first reason, in the chain's order. */
function validate(execution: Execution, hotkey: string, args: Endpoint, lastBlock: bigint | undefined): void {
  const { state, blockNumber } = execution;
  needSubnet(state, args.netuid);
  need(Uids.get(state, args.netuid, hotkey) !== undefined, "HotKeyNotRegisteredInNetwork");
  need(args.ip_type === 4 || args.ip_type === 6, "InvalidIpType");
  need(validIp(args.ip, args.ip_type), "InvalidIpAddress");
  need(!isTooSoon(state, args.netuid, lastBlock, blockNumber), "ServingRateLimitExceeded");
  need(args.port !== 0, "InvalidPort");
}

/** The same reasons as the pool tells them, before a block is bothered. @throws InvalidTransaction */
export function checkServeInPool(state: ReadableState, block: number, hotkey: string, args: Endpoint): void {
  const { netuid, ip, port, ip_type } = args;
  if (Uids.get(state, netuid, hotkey) === undefined) throw Refusal.custom(CustomRefusal.hotkeyNotRegisteredInNetwork);
  if ((ip_type !== 4 && ip_type !== 6) || !validIp(ip, ip_type)) throw Refusal.custom(CustomRefusal.invalidIpAddress);
  const last = Axons.get(state, netuid, hotkey)?.block;
  // The block it would enter is the next one.
  if (isTooSoon(state, netuid, last, block + 1)) throw Refusal.custom(CustomRefusal.servingRateLimitExceeded);
  if (port === 0) throw Refusal.custom(CustomRefusal.invalidPort);
}

function serveAxon(execution: Execution, origin: Origin, args: AxonArgs): string {
  const { state, blockNumber } = execution;
  const hotkey = ensureSigned(origin);
  validate(execution, hotkey, args, Axons.get(state, args.netuid, hotkey)?.block);
  const { netuid, version, ip, port, ip_type, protocol, placeholder1, placeholder2 } = args;
  Axons.set(state, [netuid, hotkey], {
    block: BigInt(blockNumber),
    version,
    ip,
    port,
    ip_type,
    protocol,
    placeholder1,
    placeholder2,
  });
  execution.emit("SubtensorModule", "AxonServed", [netuid, hotkey]);
  return hotkey;
}

/** A certificate is one byte for the algorithm and at most 64 of key. */
const MAX_CERTIFICATE_KEY = 64;

export const servingCalls: CallHandlers = {
  serve_axon: (execution: Execution, origin: Origin, args: AxonArgs) => void serveAxon(execution, origin, args),
  serve_axon_tls: (execution: Execution, origin: Origin, args: AxonArgs & { certificate: Uint8Array }) => {
    const hotkey = serveAxon(execution, origin, args);
    const [algorithm] = args.certificate;
    const key = args.certificate.subarray(1);
    if (algorithm === undefined || key.length === 0 || key.length > MAX_CERTIFICATE_KEY) return;
    NeuronCertificates.set(execution.state, [args.netuid, hotkey], { public_key: key, algorithm });
  },
  serve_prometheus: (execution: Execution, origin: Origin, args: Endpoint) => {
    const { state, blockNumber } = execution;
    const hotkey = ensureSigned(origin);
    validate(execution, hotkey, args, Prometheus.get(state, args.netuid, hotkey)?.block);
    const { netuid, version, ip, port, ip_type } = args;
    Prometheus.set(state, [netuid, hotkey], { block: BigInt(blockNumber), version, ip, port, ip_type });
    execution.emit("SubtensorModule", "PrometheusServed", [netuid, hotkey]);
  },
};
