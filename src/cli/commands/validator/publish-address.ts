import type { Netuid } from "../../../base/ids.ts";
import type { Signer } from "../../../base/ports.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Context } from "../../context.ts";
import type { StartFlags } from "./start-flags.ts";

/** Tells the chain where miners find this validator. A loopback address is of no use to others. */
export async function publishAddress(
  ctx: Context,
  client: ChainClient,
  netuid: Netuid,
  signer: Signer,
  flags: Pick<StartFlags, "listen" | "publicUrl">,
  url: string,
): Promise<void> {
  const { host } = flags.listen;
  const isLoopback = /^(127\.|localhost$|::1$)/.test(host);
  const isAnywhere = host === "0.0.0.0" || host === "::";
  if (flags.publicUrl === undefined && (isLoopback || isAnywhere)) {
    ctx.out.warn({
      code: "validator.not-published",
      message: isLoopback
        ? `A loopback address cannot be published on the chain; miners on this machine come with: --validator ${url}`
        : `Which address miners reach is not known here; publish one with --public-url, or they come with: --validator URL`,
    });
    return;
  }
  try {
    if (flags.publicUrl !== undefined) {
      const { fetchCommitment, publishUrl } = await import("../../../chain/commitments.ts");
      const { publishedUrl } = await import("../../../chain/commitment-fields.ts");
      const before = await fetchCommitment(client, netuid, signer.address);
      if (before === undefined || publishedUrl(before.text) !== flags.publicUrl) {
        await publishUrl(client, signer, netuid, flags.publicUrl);
      }
      ctx.out.status(`Miners find it at ${flags.publicUrl} (published as a commitment).`);
      // In front of https there is a proxy; http without one goes nowhere.
      if (isLoopback && flags.publicUrl.startsWith("http:")) {
        const message = `It listens on ${url} only, which nobody else reaches: something must forward ${flags.publicUrl} there, or add --listen 0.0.0.0:PORT.`;
        ctx.out.warn({ code: "validator.listens-locally", message });
      }
      return;
    }
    const { serveAxon } = await import("../../../chain/serve.ts");
    const { port } = new URL(url);
    await serveAxon(client, signer, netuid, host, Number(port));
    ctx.out.status(`Miners find it at ${url} (published as this hotkey's axon).`);
  } catch (error) {
    const { ColosseumError } = await import("../../../base/errors.ts");
    if (!(error instanceof ColosseumError)) throw error;
    ctx.out.warn({
      code: "validator.not-published",
      message: `The address is not on the chain: ${error.message} Miners come with: --validator ${flags.publicUrl ?? url}`,
    });
  }
}
