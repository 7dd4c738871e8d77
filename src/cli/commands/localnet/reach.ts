import { Option } from "commander";
import type { LocalnetClient } from "../../../localnet/client.ts";
import type { Context } from "../../context.ts";
import { parsePort } from "./block-time.ts";

export interface ReachFlags {
  readonly port?: number;
}

/** For commands that talk to a running chain: its port on this machine, instead of --network. */
export const portOption = (): Option =>
  new Option("--port <port>", "the chain's port on this machine, instead of --network").argParser(parsePort);

/** Where the running embedded chain is: --port, else the configured network's first endpoint. @throws UsageError `usage.network` */
export async function reach(ctx: Context, flags: ReachFlags): Promise<{ client: LocalnetClient; endpoint: string }> {
  const { localnetClient } = await import("../../../localnet/client.ts");
  const { parseNetwork } = await import("../../../chain/networks.ts");
  const endpoint =
    flags.port === undefined
      ? (parseNetwork(ctx.config.network.value ?? "local").endpoints[0] ?? "")
      : `ws://127.0.0.1:${flags.port}`;
  return { client: localnetClient(endpoint, { signal: ctx.signal }), endpoint };
}
