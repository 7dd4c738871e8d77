import { join } from "node:path";
import { ExitCode } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";
import { findDemo } from "../demo/running-demo.ts";
import type { VoteFlags } from "./session.ts";

/** The wallet of whoever joins, beside those of the demo's miners. */
const GUEST = "you";

/** `vote --demo`: a key, money and a slot in the demo that runs on this machine, then the vote itself. */
export async function joinDemo(ctx: Context, flags: VoteFlags): Promise<void> {
  const { network, netuid, validator, wallets } = await findDemo(ctx);
  const home = ctx.home === undefined ? [] : ["--home", ctx.home];
  const who = [
    ...["-n", network],
    ...["--netuid", String(netuid)],
    ...["-w", GUEST, "-H", "default"],
    ...["--wallet-path", wallets],
    ...["--validator", validator],
    ...home,
  ];
  const words = join(wallets, `${GUEST}.words`);
  ctx.out.status("Joining the demo: a wallet of its own, money of its chain, a slot…");
  const init = ["init", "--as", "miner", "--brain", "human", "--save", "none", "--no-start", "--yes", "--quiet"];
  const code = await ctx.runLine([...init, "--no-password", "--mnemonic-file", words, ...who], "nowhere");
  if (code !== ExitCode.ok) return ctx.exitWith(code);
  ctx.exitWith(await ctx.runLine(["vote", ...who, ...passedOn(ctx, flags)], "result"));
}

function passedOn(ctx: Context, { role, budget, editor, folder }: VoteFlags): string[] {
  const given = (flag: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [flag, String(value)];
  return [
    ...given("--role", role),
    ...given("--budget", budget),
    ...given("--editor", editor),
    ...given("--folder", folder),
    ...(ctx.flags.plain ? ["--plain"] : []),
    ...(ctx.flags.json ? ["--json"] : []),
    ...(ctx.flags.quiet ? ["--quiet"] : []),
    ...(ctx.flags.color ? [] : ["--no-color"]),
    ...(ctx.flags.input ? [] : ["--no-input"]),
  ];
}
