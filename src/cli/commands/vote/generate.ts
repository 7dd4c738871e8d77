import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import type { PageFile } from "../../../base/ports.ts";
import { escapeControl } from "../../../base/text.ts";
import { showDuration } from "../../../base/units.ts";
import { splitCommand } from "../../../brains/command-line.ts";
import type { Commission } from "../../../miner/booth.ts";
import type { Context } from "../../context.ts";
import { openDraft } from "./draft-folder.ts";
import { openInBrowser } from "./open-browser.ts";
import type { VoteSession } from "./session.ts";
import { voteNews } from "./vote-news.ts";

/** With what a person makes pages: an editor that is started for each, or a folder and tools of their own. */
export interface Workbench {
  readonly editor: string | undefined;
  readonly folder: string | undefined;
}

/** A person as generator: each prompt becomes a folder, whose page a browser shows as it grows; it is submitted after a yes. */
export async function generateByHand(ctx: Context, session: VoteSession, bench: Workbench): Promise<{ pages: number }> {
  const done = new Set<string>();
  let wake: () => void = () => undefined;
  const unsubscribe = [
    session.booth.subscribe(() => wake()),
    session.subscribe((event) => {
      if (event.type === "accepted") ctx.out.status("The page was accepted.");
      const news = voteNews(event);
      if (news?.type === "lost") ctx.out.status(`A page was lost: ${escapeControl(news.why)}`);
    }),
  ];
  let pages = 0;
  try {
    ctx.out.status("Waiting for a page to make…");
    while (!ctx.signal.aborted) {
      const [commission] = session.booth.commissions().filter(({ key }) => !done.has(key));
      if (commission === undefined) {
        const asked = new AbortController();
        wake = () => asked.abort();
        await ctx.clock.wait(60_000, AbortSignal.any([ctx.signal, asked.signal]));
        continue;
      }
      done.add(commission.key);
      const made = await make(ctx, session, commission, bench);
      if (made === "submitted") pages++;
      if (made === "leave") break;
      ctx.out.status("Waiting for a page to make…");
    }
  } finally {
    for (const stop of unsubscribe) stop();
  }
  return { pages };
}

async function make(
  ctx: Context,
  session: VoteSession,
  commission: Commission,
  bench: Workbench,
): Promise<"submitted" | "left out" | "leave"> {
  const say = (line: string): void => void ctx.io.stderr.write(`${line}\n`);
  const name = commission.key.split("/")[1] ?? "draft";
  const draft = await openDraft(
    bench.folder === undefined ? join(session.stateDir, "drafts", name) : resolve(ctx.io.cwd, bench.folder),
    commission.prompt,
  );
  say(`\nA page is wanted, ${showDuration(commission.expiresAtMs - ctx.clock.nowMs())} left:`);
  say(escapeControl(commission.prompt, { multiline: true }));
  say(`Its files are in ${draft.path}`);
  const show = (await session.preview()).showDraft(await shownFiles(draft));
  const opened = await openInBrowser(show.url, process.platform, ctx.io.env);
  say(`${opened ? "Your browser shows it" : "Look at it"} as it grows: ${show.url}`);
  const watcher = draft.watch(() => {
    void shownFiles(draft).then(show.change, () => undefined);
  });
  try {
    const files = [draft.promptFile, draft.pageFile];
    if (bench.folder === undefined) await edit(bench.editor ?? "", files);
    for (;;) {
      const again = bench.folder === undefined ? "edit again (e), " : "";
      const answer = await ask(ctx, `Submit (y), ${again}leave it (n) or quit (q)? `);
      if (answer === undefined || answer === "q") return "leave";
      if (answer === "n") return "left out";
      if (answer === "e" && bench.folder === undefined) await edit(bench.editor ?? "", files);
      if (answer !== "y") continue;
      const read = await draft.read();
      if ("problem" in read) {
        say(`It cannot be submitted: ${read.problem}.`);
        continue;
      }
      if (!session.booth.submit(commission.key, read.files)) {
        say("It is too late for this one.");
        return "left out";
      }
      ctx.out.event(
        { type: "page", at: new Date(ctx.clock.nowMs()).toISOString(), files: read.files.length },
        () => "Submitted.",
      );
      return "submitted";
    }
  } finally {
    watcher.close();
  }
}

/** What the browser shows: an unfinished draft as well. */
async function shownFiles(draft: Awaited<ReturnType<typeof openDraft>>): Promise<readonly PageFile[]> {
  const read = await draft.read();
  return "files" in read
    ? read.files
    : [{ name: "index.html", content: `<p>Nothing to see yet: ${read.problem}.</p>` }];
}

/** One question. Standard input is read only while it is open: before and after it belongs to the editor. */
async function ask(ctx: Context, question: string): Promise<string | undefined> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: ctx.io.stdin, output: ctx.io.stderr });
  const stop = (): void => lines.close();
  ctx.signal.addEventListener("abort", stop, { once: true });
  if (ctx.signal.aborted) stop();
  try {
    return await new Promise((resolve) => {
      lines.once("close", () => resolve(undefined));
      // readline takes Ctrl-C for itself while it asks.
      lines.once("SIGINT", () => {
        ctx.interrupt();
        lines.close();
      });
      lines.question(question, (answer) => resolve(answer.trim().toLowerCase()));
    });
  } finally {
    ctx.signal.removeEventListener("abort", stop);
    lines.close();
    ctx.io.stdin.pause();
  }
}

/** Runs the editor at this terminal until it ends. @throws ColosseumError `vote.editor-failed` if it cannot be started. */
function edit(editor: string, files: readonly string[]): Promise<void> {
  const [program, ...args] = splitCommand(editor);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, ...files], { stdio: "inherit" });
    child.once("error", (cause) =>
      reject(
        new ColosseumError(`The editor "${program}" cannot be started.`, {
          code: "vote.editor-failed",
          exitCode: ExitCode.io,
          hint: 'Set EDITOR, or add --editor "nano", or --folder DIR',
          cause,
        }),
      ),
    );
    child.once("exit", () => resolve());
  });
}
