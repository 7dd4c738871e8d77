import { toHotkey } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { WeightsInput, WeightsReceipt } from "../../../chain/weights.ts";
import type { WeightsWish } from "../../../chain/weights-plan.ts";
import { commitFileOf } from "../../commit-file.ts";
import type { Context } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { hotkeyAddress, openHotkey } from "../../open-wallet.ts";
import { drawPlan, plannedJson, warnUnregistered } from "./plan-table.ts";
import { readScores, type ScoreFlags } from "./score-source.ts";

export interface SendFlags extends ScoreFlags {
  readonly passwordFile?: string;
}

/** `weights set` and `weights commit`: the scores of the command line through the one door. */
export async function sendWeights(
  ctx: Context,
  argument: string | undefined,
  flags: SendFlags,
  wish: WeightsWish,
): Promise<void> {
  const client = await openChain(ctx);
  const scores = await readScores(ctx, client, argument, flags);
  await sendScores(ctx, client, { netuid: ctx.netuid(), mechid: flags.mechid, scores, wish }, flags);
}

/** Scores through the one door: preview, refusal or question, signature, and what came of it. */
export async function sendScores(
  ctx: Context,
  client: ChainClient,
  input: WeightsInput,
  flags: Pick<SendFlags, "passwordFile">,
): Promise<void> {
  const { netuid } = input;
  const hotkey = toHotkey(await hotkeyAddress(ctx));
  const { previewWeights, setWeights } = await import("../../../chain/weights.ts");
  const { plan } = await previewWeights(client, input, hotkey);
  warnUnregistered(ctx, plan, netuid);
  if (plan.refusal !== undefined) throw plan.refusal;
  if (ctx.flags.dryRun) {
    ctx.out.result({ mode: plan.mode, wouldSend: true, weights: plannedJson(plan) }, () =>
      [drawPlan(plan, ctx.out.columns), "", `Would be sent in mode ${plan.mode}. Nothing was sent.`].join("\n"),
    );
    return;
  }
  await agreeOnFinney(ctx, client, `set ${plan.weights.length} weights in subnet ${netuid}`);
  const signer = await openHotkey(ctx, flags);
  const { keepCommit } = await import("../../../chain/commit-store.ts");
  const file = await commitFileOf(ctx, client, hotkey);
  ctx.out.status(
    `Sending ${plan.weights.length} weight${plan.weights.length === 1 ? "" : "s"} to subnet ${netuid} (${plan.mode})…`,
  );
  const receipt = await setWeights(client, signer, input, { keepCommit: (commit) => keepCommit(file, commit) });
  if (!receipt.verified) {
    ctx.out.warn({
      code: "weights.not-verified",
      message: "What the chain holds is not what was sent; look at it with: colosseum weights show",
    });
  }
  report(ctx, receipt);
}

function report(ctx: Context, receipt: WeightsReceipt): void {
  const { mode, block, extrinsic, revealRound, revealBlock, verified, plan } = receipt;
  const data = {
    mode,
    block,
    extrinsic,
    weights: plannedJson(plan),
    ...(revealRound === undefined ? {} : { revealRound }),
    ...(revealBlock === undefined ? {} : { revealBlock }),
    verified,
  };
  const after = {
    plain: "They count from the next epoch on.",
    timelock: `The chain opens them by itself from block ${revealBlock} on (round ${revealRound}).`,
    hash: `Reveal them from block ${revealBlock} on, within that epoch: colosseum weights reveal --netuid ${ctx.netuid()}`,
  }[mode];
  ctx.out.result(data, () =>
    [
      drawPlan(plan, ctx.out.columns),
      "",
      `${mode === "plain" ? "Set" : "Committed"} in block ${block}${verified ? ", read back and equal" : ""}.`,
      after,
    ].join("\n"),
  );
}
