import { Command } from "commander";
import { ExitCode } from "../../../base/errors.ts";
import { parseHotkey } from "../../../base/ids.ts";
import { escapeControl } from "../../../base/text.ts";
import type { Verification } from "../../../social/verify.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { wrapText } from "../../wrap-text.ts";
import { type Announced, announce } from "./announce.ts";
import { parsePost } from "./handle.ts";
import { arenaScope, fetchUids } from "./scope.ts";
import { openSource, type SourceFlags, withSourceFlags } from "./source-flags.ts";
import { arenaStorePath } from "./store-path.ts";
import { type RuleFlags, verifyRules, withRuleFlags } from "./verify-flags.ts";

interface VerifyFlags extends SourceFlags, RuleFlags {
  readonly post: string;
  readonly address?: string;
  readonly announce: boolean;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum arena verify --post https://x.com/my_agent/status/1234567890123456789 --netuid 1
  $ colosseum arena verify --post 1234567890123456789 --netuid 1 -w agent --announce
`;

/** `arena verify`: whether a post proves that an account belongs to a hotkey; takes the account in if it does. */
export const arenaVerify = (open: OpenContext): Command =>
  withRuleFlags(withSourceFlags(new Command("verify")))
    .description("Check the post by which an X account is claimed, and take the account in")
    .requiredOption("--post <url|id>", "the post", parsePost)
    .option("--address <ss58>", "only this hotkey will do", parseHotkey)
    .option(
      "--announce",
      "publish on the chain where the proof is, so that validators find it (signs with the hotkey)",
      false,
    )
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: VerifyFlags, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const source = await openSource(ctx, flags);
      const client = await openChain(ctx, { reading: !flags.announce });
      const uids = await fetchUids(client, netuid);
      const { ArenaStore } = await import("../../../store/arena-store.ts");
      const { accountOf, verifyPost } = await import("../../../social/verify.ts");
      using store = ArenaStore.open(arenaStorePath(ctx.paths.stateDir));
      const nowSeconds = Math.floor(ctx.clock.nowMs() / 1_000);
      const scope = arenaScope(client, netuid);
      const rules = await verifyRules(flags, flags.address);
      const verification = await verifyPost({ source, store, scope, uids, nowSeconds }, flags.post, rules);
      if (verification.verified && !ctx.flags.dryRun) store.accounts.put(scope, accountOf(verification, nowSeconds));
      const announced =
        verification.verified && flags.announce ? await announce(ctx, client, netuid, verification, flags) : undefined;
      if (!verification.verified) ctx.exitWith(ExitCode.findings);
      ctx.out.result({ ...verification, announced: announced ?? null }, () =>
        drawVerification(verification, ctx.out.columns, announced),
      );
    });

const SIGNS = { ok: "ok  ", fail: "FAIL", skip: "-   " } as const;
const INDENT = " ".repeat(17);

/** Each check on a line, what to do below those that failed, and what came of it. */
export function drawVerification(verification: Verification, width: number, announced?: Announced): string {
  const { verified, checks, handle, hotkey, uid } = verification;
  // Where something failed, what could not be asked for that reason is no news.
  const shown = verified ? checks : checks.filter(({ status }) => status !== "skip");
  const lines = shown.flatMap(({ id, status, message, hint }) => [
    ...wrapText(`${SIGNS[status]} ${id.padEnd(11)} ${escapeControl(message)}`, width, INDENT),
    ...(status === "fail" && hint !== null ? wrapText(`${INDENT}${escapeControl(hint)}`, width, INDENT) : []),
  ]);
  const failed = checks.filter(({ status }) => status === "fail").length;
  const told = announced === undefined ? [] : [`Announced on the chain in block ${announced.block}.`];
  return [
    ...lines,
    "",
    ...(verified
      ? [`@${escapeControl(handle ?? "")} competes for ${hotkey} (uid ${uid}).`, ...told]
      : [`Not verified: ${failed} ${failed === 1 ? "check" : "checks"} failed.`]),
  ].join("\n");
}
