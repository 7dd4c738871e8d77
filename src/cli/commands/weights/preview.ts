import { Command } from "commander";
import { toHotkey } from "../../../base/ids.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { hotkeyAddress } from "../../open-wallet.ts";
import { drawPlan, plannedJson, warnUnregistered, whenAllowed } from "./plan-table.ts";
import { readScores, type ScoreFlags, withScoreFlags } from "./score-source.ts";

const EXAMPLES = `Examples:
  $ colosseum weights preview scores.json --netuid 1 -w validator
  $ colosseum simulate tasks.json --json | colosseum weights preview - --netuid 1
`;

export const weightsPreview = (open: OpenContext): Command =>
  withScoreFlags(new Command("preview").description("What would be sent, and whether the chain would take it"))
    .addHelpText("before", EXAMPLES)
    .action(async (argument: string | undefined, flags: ScoreFlags, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const hotkey = toHotkey(await hotkeyAddress(ctx));
      const client = await openChain(ctx, { reading: true });
      const { previewWeights } = await import("../../../chain/weights.ts");
      const scores = await readScores(ctx, client, argument, flags);
      const { facts, plan } = await previewWeights(client, { netuid, mechid: flags.mechid, scores }, hotkey);
      warnUnregistered(ctx, plan, netuid);
      const refusal = plan.refusal === undefined ? null : { code: plan.refusal.code, message: plan.refusal.message };
      const data = {
        netuid,
        mechid: flags.mechid,
        hotkey,
        uid: facts.self?.uid ?? null,
        block: facts.block,
        mode: plan.mode,
        weights: plannedJson(plan),
        canSetInBlocks: plan.canSetInBlocks,
        refusal,
      };
      ctx.out.result(data, () =>
        [
          ...(plan.weights.length === 0 ? [] : [drawPlan(plan, ctx.out.columns), ""]),
          `Mode: ${plan.mode}. Can be set ${whenAllowed(plan.canSetInBlocks, facts)}.`,
          ...(refusal === null ? [] : [`The chain would refuse: ${refusal.message} (${refusal.code})`]),
        ].join("\n"),
      );
    });
