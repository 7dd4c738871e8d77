import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapeControl } from "../../../base/text.ts";
import { showDuration } from "../../../base/units.ts";
import { splitCommand } from "../../../brains/command-line.ts";
import type { Commission } from "../../../miner/booth.ts";
import { FILE_NAME } from "../../../protocol/limits.ts";
import { filesSchema } from "../../../protocol/messages.ts";
import type { Context } from "../../context.ts";
import { minerStateDir } from "../miner/state-dir.ts";
import type { VoteSession } from "./session.ts";

const STARTER =
  '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Page</title>\n</head>\n<body>\n\n</body>\n</html>\n';

/** A person as generator: each prompt opens in the editor; what is saved is submitted after a yes. */
export async function generateByHand(ctx: Context, session: VoteSession, editor: string): Promise<{ pages: number }> {
  const { createInterface } = await import("node:readline/promises");
  const questions = createInterface({ input: ctx.io.stdin, output: ctx.io.stderr });
  ctx.signal.addEventListener("abort", () => questions.close(), { once: true });
  const done = new Set<string>();
  let pages = 0;
  try {
    ctx.out.status("Waiting for a page to make…");
    while (!ctx.signal.aborted) {
      const [commission] = session.booth.commissions().filter(({ key }) => !done.has(key));
      if (commission === undefined) {
        await ctx.clock.wait(500, ctx.signal);
        continue;
      }
      done.add(commission.key);
      if (await make(ctx, session, commission, editor, (text) => questions.question(text, { signal: ctx.signal })))
        pages++;
    }
  } finally {
    questions.close();
  }
  return { pages };
}

async function make(
  ctx: Context,
  session: VoteSession,
  commission: Commission,
  editor: string,
  ask: (text: string) => Promise<string>,
): Promise<boolean> {
  const folder = join(minerStateDir(ctx, undefined, session.hotkey), "drafts", commission.key.split("/")[1] ?? "draft");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, "PROMPT.txt"), `${commission.prompt}\n`, { mode: 0o600 });
  await writeFile(join(folder, "index.html"), STARTER, { mode: 0o600, flag: "wx" }).catch(() => undefined);
  const say = (line: string): void => void ctx.io.stderr.write(`${line}\n`);
  say(`\nA page is wanted, ${showDuration(commission.expiresAtMs - ctx.clock.nowMs())} left:`);
  say(escapeControl(commission.prompt, { multiline: true }));
  say(`Its files are in ${folder}`);
  for (;;) {
    await edit(editor, [join(folder, "PROMPT.txt"), join(folder, "index.html")]);
    const files = await readDraft(folder);
    const checked = filesSchema.safeParse(files);
    if (!checked.success) say(`It cannot be submitted: ${checked.error.issues[0]?.message ?? "malformed"}.`);
    else {
      const [url] = await session.preview({
        key: commission.key,
        prompt: "",
        a: checked.data,
        b: [],
        opensAtMs: 0,
        expiresAtMs: 0,
      });
      say(`Look at it: ${url}`);
    }
    const answer = (await ask("Submit (y), edit again (e) or leave it (n)? ")).trim().toLowerCase();
    if (answer === "n") return false;
    if (answer !== "y" || !checked.success) continue;
    if (session.booth.submit(commission.key, checked.data)) {
      ctx.out.event(
        { type: "page", at: new Date(ctx.clock.nowMs()).toISOString(), files: checked.data.length },
        () => "Submitted.",
      );
      return true;
    }
    say("It is too late for this one.");
    return false;
  }
}

/** The files of a draft, the prompt left out. */
async function readDraft(folder: string) {
  const names = (await readdir(folder)).filter(
    (name) => name !== "PROMPT.txt" && FILE_NAME.test(name) && !name.endsWith("~") && !name.startsWith("."),
  );
  return Promise.all(names.map(async (name) => ({ name, content: await readFile(join(folder, name), "utf8") })));
}

function edit(editor: string, files: readonly string[]): Promise<void> {
  const [program, ...args] = splitCommand(editor);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, ...files], { stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
}
