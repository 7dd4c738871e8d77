import { UsageError } from "../../../base/errors.ts";
import type { Network } from "../../../chain/networks.ts";
import type { ForkedSubnet } from "../../../localnet/fork/forked-subnet.ts";
import type { Context } from "../../context.ts";

/**
 * Reads the subnet that is to be copied.
 *
 * @param goesOn - The chain goes on from a state file: whatever was copied is in there.
 * @returns undefined if nothing is to be copied.
 * @throws UsageError `usage.netuid`, `usage.fork-root`; and what reading a chain throws.
 */
export async function forkedSubnet(
  ctx: Context,
  network: Network | undefined,
  goesOn: boolean,
): Promise<ForkedSubnet | undefined> {
  if (network === undefined) return undefined;
  const netuid = ctx.netuid();
  if (netuid === 0) {
    throw new UsageError("Root (netuid 0) is no subnet that could be copied.", {
      code: "usage.fork-root",
      hint: "Name the subnet: --netuid N. Its validators' stakes on root come along.",
    });
  }
  if (goesOn) {
    ctx.out.warn({
      code: "localnet.fork-not-read",
      message:
        "The state file is there, so the chain goes on from it; --fork reads nothing. Move the file away to copy anew.",
    });
    return undefined;
  }
  const { ChainClient } = await import("../../../chain/client.ts");
  const { fetchSubnet } = await import("../../../localnet/fork/fetch-subnet.ts");
  await using client = await ChainClient.connect({ network, clock: ctx.clock, signal: ctx.signal });
  ctx.signal.addEventListener("abort", () => client.close(), { once: true });
  const subnet = await fetchSubnet(client, netuid, (text) => ctx.out.status(text));
  if (subnet.leftOut.length > 0) {
    ctx.out.warn({
      code: "localnet.fork-incomplete",
      message: `That chain keeps these in another form; here they begin at their defaults: ${subnet.leftOut.join(", ")}.`,
    });
  }
  return subnet;
}
