import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import type { Netuid } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Verification } from "../../../social/verify.ts";
import type { Context } from "../../context.ts";
import { agreeOnFinney } from "../../open-chain.ts";
import { hotkeyAddress, openHotkey } from "../../open-wallet.ts";

export interface Announced {
  readonly block: number;
  readonly extrinsic: string;
}

/**
 * Publishes where the proof of a hotkey's account is posted, as the hotkey's commitment in the subnet.
 *
 * @throws ColosseumError `arena.not-your-hotkey` (13) if the proof is another hotkey's than the chosen one; the chain's.
 */
export async function announce(
  ctx: Context,
  client: ChainClient,
  netuid: Netuid,
  { hotkey, postId }: Pick<Verification, "hotkey" | "postId">,
  flags: { readonly passwordFile?: string | undefined },
): Promise<Announced | undefined> {
  const mine = await hotkeyAddress(ctx);
  if (mine !== hotkey) {
    throw new ColosseumError(`The proof is for ${hotkey}, and the chosen hotkey is ${mine}.`, {
      code: "arena.not-your-hotkey",
      exitCode: ExitCode.refused,
      hint: "Choose its wallet with -w and -H; only the hotkey itself can announce its proof.",
    });
  }
  if (ctx.flags.dryRun) return undefined;
  await agreeOnFinney(ctx, client, `publish the post ${postId} as ${mine}'s proof in subnet ${netuid}`);
  const { fetchCommitment, arenaPostIn, publishArenaPost } = await import("../../../chain/commitments.ts");
  const before = await fetchCommitment(client, netuid, mine);
  if (before !== undefined && arenaPostIn(before.text) === postId) return undefined;
  const signer = await openHotkey(ctx, { passwordFile: flags.passwordFile });
  const { block, extrinsic } = await publishArenaPost(client, signer, netuid, postId);
  return { block, extrinsic };
}
