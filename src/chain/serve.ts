import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { parseIp } from "./endpoint.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";

const notServable = (address: string, why: string): ColosseumError =>
  new ColosseumError(`${address} cannot be published on the chain: ${why}.`, {
    code: "chain.not-servable",
    exitCode: ExitCode.usage,
    hint: "Give a public IP address and a port, such as 203.0.113.7:8091, or publish a URL as a commitment.",
    details: { address },
  });

/**
 * Publishes where a hotkey is reached (`serve_axon`), as v11 does: version 1, protocol 4, placeholders 0.
 *
 * @param ip - IPv4 or IPv6 text; loopback is refused here as the chain would refuse it.
 * @throws ColosseumError `chain.not-servable` (exit 2) before anything is sent; ChainRefusedError.
 */
export async function serveAxon(
  client: ChainClient,
  signer: Signer,
  netuid: Netuid,
  ip: string,
  port: number,
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const address = parseIp(ip);
  if (address === undefined) throw notServable(`${ip}:${port}`, `"${ip}" is no IP address`);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw notServable(`${ip}:${port}`, "the port is out of range");
  const isLoopback = address.ipType === 4 ? address.ip >> 24n === 127n : address.ip === 1n;
  if (isLoopback) throw notServable(`${ip}:${port}`, "a loopback address is of no use to others");
  const call = {
    pallet: "SubtensorModule",
    name: "serve_axon",
    args: {
      netuid,
      version: 1,
      ip: address.ip,
      port,
      ip_type: address.ipType,
      protocol: 4,
      placeholder1: 0,
      placeholder2: 0,
    },
  };
  return await submit(client, call, signer, {
    ...options,
    about: { netuid, hotkey: signer.address, address: `${ip}:${port}`, ...options.about },
  });
}
