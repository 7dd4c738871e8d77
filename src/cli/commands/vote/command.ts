import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { escapeControl } from "../../../base/text.ts";
import type { Context, OpenContext } from "../../context.ts";
import { showLine } from "../../shell-line.ts";
import { collectUrl, parseCount } from "../miner/flags.ts";
import type { VoteFlags, VoteSession } from "./session.ts";
import { voteNews } from "./vote-news.ts";

const EXAMPLES = `Examples:
  $ colosseum vote --demo               in the demo of another terminal
  $ colosseum vote --netuid 1
  $ colosseum vote --validator http://127.0.0.1:8091 --plain
  $ colosseum vote --netuid 1 --budget 20
  $ colosseum vote --role generator --editor "code --wait"
  $ colosseum vote --role generator --folder ./page
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
    .option("--demo", "join the demo that runs on this machine; makes a key and a slot of its own there")
    .option("--role <role>", "discriminator (default), or generator: make pages in your editor", parseRole)
    .option("--budget <n>", "votes a day (UTC), those first that may earn most", parseCount("budget"))
    .option("--editor <command>", "for pages (default: $VISUAL or $EDITOR)")
    .option("--folder <dir>", "make pages in this folder with tools of your own, instead of an editor")
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: VoteFlags, command: Command) => {
      await using ctx = await open(command);
      if (flags.demo === true) await (await import("./join-demo.ts")).joinDemo(ctx, flags);
      else await vote(ctx, flags);
    });

async function vote(ctx: Context, flags: VoteFlags): Promise<void> {
  if (!ctx.interactive && !ctx.flags.plain) {
    throw new UsageError("There is no terminal to vote at.", {
      code: "vote.no-terminal",
      hint: "With --plain it reads answers line by line; a program votes with: colosseum miner start --judge heuristic",
    });
  }
  const editor = flags.editor ?? (ctx.io.env["VISUAL"] || ctx.io.env["EDITOR"]);
  if (flags.role === "generator" && editor === undefined && flags.folder === undefined) {
    throw new UsageError("There is no editor to make pages with.", {
      code: "vote.no-editor",
      hint: 'Set EDITOR, or add --editor "nano", or --folder DIR',
    });
  }
  const { openSession } = await import("./session.ts");
  const session = await openSession(ctx, flags);
  if (flags.role === "generator") {
    const { generateByHand } = await import("./generate.ts");
    const { pages } = await generateByHand(ctx, session, { editor, folder: flags.folder });
    return leave(ctx, session, flags, `You made ${pages} page${pages === 1 ? "" : "s"}.`);
  }
  if (ctx.liveScreen) await (await import("./live.ts")).voteLive(ctx, session);
  else await (await import("./plain.ts")).votePlainly(ctx, session);
  const { duels } = session.quota;
  await leave(ctx, session, flags, `You voted ${duels} time${duels === 1 ? "" : "s"}.`);
}

async function leave(ctx: Context, session: VoteSession, flags: VoteFlags, done: string): Promise<void> {
  ctx.out.status("Sending what is under way…");
  session.subscribe((event) => {
    const news = voteNews(event);
    if (news?.type === "lost") ctx.out.status(escapeControl(news.why));
  });
  const kept = await session.stop();
  ctx.out.status(done);
  ctx.out.next(showLine(["miner", "status", ...(flags.validator ?? []).flatMap((url) => ["--validator", url])]));
  const { unkept } = session.person;
  if (unkept !== undefined) {
    ctx.out.warn({ code: "vote.not-counted", message: `How many votes you cast today could not be kept: ${unkept}.` });
  }
  if (kept === 0) return;
  ctx.out.warn({
    code: "vote.unsent",
    message: `${kept} answer${kept === 1 ? " is" : "s are"} not delivered yet and kept; the next "colosseum vote" or "miner start" of this hotkey sends ${kept === 1 ? "it" : "them"}, until the deadline.`,
  });
}
