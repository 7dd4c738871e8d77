import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import type { Context, OpenContext } from "../../context.ts";
import { collectUrl, parseCount } from "../miner/flags.ts";
import type { VoteFlags } from "./session.ts";

const EXAMPLES = `Examples:
  $ colosseum vote --netuid 1
  $ colosseum vote --validator http://127.0.0.1:8091 --plain
  $ colosseum vote --role generator --editor "code --wait"
`;

/** One role. @throws UsageError `usage.role`. */
function parseRole(text: string): "generator" | "discriminator" {
  if (text === "generator" || text === "discriminator") return text;
  throw new UsageError(`"${text}" is no role.`, {
    code: "usage.role",
    hint: "Use --role discriminator (default) or --role generator.",
  });
}

/** `vote`: a person plays. */
export const voteCommand = (open: OpenContext): Command =>
  new Command("vote")
    .option(
      "--validator <url>",
      "go to this validator; repeat for several (default: all that the chain names)",
      collectUrl,
    )
    .option("--role <role>", "discriminator (default), or generator: make pages in your editor", parseRole)
    .option("--budget <n>", "stop after this many votes, the nearest deadlines first", parseCount("budget"))
    .option("--editor <command>", "for pages (default: $VISUAL or $EDITOR)")
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: VoteFlags, command: Command) => {
      await using ctx = await open(command);
      await vote(ctx, flags);
    });

async function vote(ctx: Context, flags: VoteFlags): Promise<void> {
  if (!ctx.interactive && !ctx.flags.plain) {
    throw new UsageError("There is no terminal to vote at.", {
      code: "vote.no-terminal",
      hint: "With --plain it reads answers line by line; a program votes with: colosseum miner start --judge heuristic",
    });
  }
  const editor = flags.editor ?? (ctx.io.env["VISUAL"] || ctx.io.env["EDITOR"]);
  if (flags.role === "generator" && editor === undefined) {
    throw new UsageError("There is no editor to make pages with.", {
      code: "vote.no-editor",
      hint: 'Set EDITOR, or add --editor "nano"',
    });
  }
  const { openSession } = await import("./session.ts");
  const session = await openSession(ctx, flags);
  if (flags.role === "generator") {
    const { generateByHand } = await import("./generate.ts");
    const made = await generateByHand(ctx, session, editor ?? "");
    await session.stop();
    return ctx.out.status(`You made ${made.pages} page${made.pages === 1 ? "" : "s"}.`);
  }
  const limit = flags.budget ?? Number.POSITIVE_INFINITY;
  const { votes } = ctx.liveScreen
    ? await (await import("./live.ts")).voteLive(ctx, session, limit)
    : await (await import("./plain.ts")).votePlainly(ctx, session, limit);
  ctx.out.status("Sending what is under way…");
  await session.stop();
  ctx.out.status(`You voted ${votes} time${votes === 1 ? "" : "s"}.`);
}
