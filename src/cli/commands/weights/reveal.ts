import { Command } from "commander";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import { type MechId, parseMechId, toMechId } from "../../../base/ids.ts";
import { commitFileOf } from "../../commit-file.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { hotkeyAddress, openHotkey } from "../../open-wallet.ts";

/** `weights reveal`: opens the oldest hash commit that the chain still holds. */
export const weightsReveal = (open: OpenContext): Command =>
  new Command("reveal")
    .description("Open weights that were committed by hash, with the salt that was kept")
    .option("--mechid <mechid>", "a mechanism of the subnet", parseMechId, toMechId(0))
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", "Examples:\n  $ colosseum weights reveal --netuid 1 -w validator\n")
    .action(async (flags: { mechid: MechId; passwordFile?: string }, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const hotkey = await hotkeyAddress(ctx);
      const client = await openChain(ctx);
      const { forgetCommit, readCommits } = await import("../../../chain/commit-store.ts");
      const { revealWeights } = await import("../../../chain/weights-reveal.ts");
      const { fetchHashCommits } = await import("../../../chain/weights-stored.ts");
      const file = await commitFileOf(ctx, client, hotkey);
      const held = await fetchHashCommits(client, netuid, flags.mechid, hotkey);
      const kept = (await readCommits(file)).filter((commit) => commit.mechid === flags.mechid);
      const commit = kept.find(({ hash }) => held.some((one) => one.hash === hash)) ?? kept.at(-1);
      if (commit === undefined) throw nothingKept(netuid, held.length);
      if (ctx.flags.dryRun) {
        const { uids, values, revealEpoch, firstRevealBlock } = commit;
        ctx.out.result(
          { wouldReveal: commit.hash, uids, values, revealEpoch, firstRevealBlock },
          () => `Would open the commit ${commit.hash} from block ${firstRevealBlock} on. Nothing was sent.`,
        );
        return;
      }
      const signer = await openHotkey(ctx, flags);
      const { block, extrinsic, verified } = await revealWeights(client, signer, commit);
      await forgetCommit(file, commit.hash);
      ctx.out.result(
        { block, extrinsic, verified },
        () => `Revealed in block ${block}${verified ? ", read back and equal" : "; what the chain holds differs"}.`,
      );
    });

const nothingKept = (netuid: number, held: number): ColosseumError =>
  new ColosseumError(
    held === 0
      ? `No commit of this hotkey waits in subnet ${netuid}.`
      : `The chain holds ${held} ${held === 1 ? "commit" : "commits"} of this hotkey, but their salt was not kept on this machine.`,
    {
      code: "weights.no-commit",
      exitCode: ExitCode.refused,
      hint:
        held === 0
          ? `Commit first: colosseum weights commit --hash --netuid ${netuid}`
          : "Reveal them where they were committed (same --home), or let them expire.",
      details: { netuid, held },
    },
  );
