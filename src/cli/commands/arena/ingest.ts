import { resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { escapeControl } from "../../../base/text.ts";
import { parseDurationMs } from "../../../base/units.ts";
import type { Who } from "../../../feeds/source.ts";
import type { ArenaStore } from "../../../store/arena-store.ts";
import type { PostIngest } from "../../../store/post-ingest.ts";
import type { Context, OpenContext } from "../../context.ts";
import { openSource, type SourceFlags, withSourceFlags } from "./source-flags.ts";
import { arenaStorePath } from "./store-path.ts";
import { scopeOf } from "./stored-registry.ts";

interface IngestFlags extends SourceFlags {
  readonly since: number;
  readonly registry?: string;
}

const EXAMPLES = `Examples:
  $ colosseum arena ingest posts/
  $ colosseum arena ingest monday.jsonl tuesday.csv.gz --json
  $ colosseum arena ingest --source x --token-file token.txt --netuid 1
`;
const WEEK_MS = 7 * 86_400_000;

/** `arena ingest [FILES…]`: posts into the store, each once: from files, or of the accounts that compete. */
export const arenaIngest = (open: OpenContext): Command =>
  withSourceFlags(new Command("ingest"))
    .description("Take posts from files or a service into the store; reading them again changes nothing")
    .argument("[files...]", "files or folders of posts (JSON in any nesting, JSON Lines, CSV; .gz too)")
    .option(
      "--since <time>",
      "with --source: read so far back, also what is known, for its counters",
      parseDurationMs,
      WEEK_MS,
    )
    .option("--registry <file>", "with --source: whose posts; default: the accounts that `arena verify` took in")
    .addHelpText("before", EXAMPLES)
    .action(async (paths: string[], flags: IngestFlags, command: Command) => {
      await using ctx = await open(command);
      if (paths.length === 0 && flags.source === undefined) {
        throw new UsageError("Which posts? Neither files nor a --source were given.", {
          code: "usage.files",
          hint: "Name files or folders, or read a service: --source x",
        });
      }
      const { ArenaStore } = await import("../../../store/arena-store.ts");
      const { PostIngest } = await import("../../../store/post-ingest.ts");
      using store = ArenaStore.open(arenaStorePath(ctx.paths.stateDir));
      const ingest = new PostIngest(store, () => Math.floor(ctx.clock.nowMs() / 1_000));
      let files = 0;
      if (paths.length > 0) {
        const { readPostFiles } = await import("./read-files.ts");
        files = (await readPostFiles(ctx, paths, [], ingest)).files;
      }
      if (flags.source !== undefined) await readService(ctx, store, ingest, flags);
      const data = { files, ...ingest.flush() };
      ctx.out.result(data, () => {
        const skipped = Object.entries(data.skipped).map(([reason, count]) => `, ${count} ${reason}`);
        const { read, updated, duplicate } = data;
        const from = flags.source === undefined ? `in ${files} file${files === 1 ? "" : "s"}` : "read";
        return `${read} record${read === 1 ? "" : "s"} ${from}: ${data.new} new, ${updated} updated, ${duplicate} duplicate${skipped.join("")}`;
      });
      ctx.out.next("colosseum arena score");
    });

async function readService(ctx: Context, store: ArenaStore, ingest: PostIngest, flags: IngestFlags): Promise<void> {
  const accounts = await accountsToRead(ctx, store, flags.registry);
  const source = await openSource(ctx, flags);
  const { sweep } = await import("../../../social/sweep.ts");
  const nowSeconds = (): number => Math.floor(ctx.clock.nowMs() / 1_000);
  let saidMs = ctx.clock.nowMs();
  const renamed = await sweep(source, accounts, {
    store,
    ingest,
    nowSeconds,
    signal: ctx.signal,
    since: nowSeconds() - flags.since / 1_000,
    onProgress: (done, of, { read }) => {
      if (ctx.clock.nowMs() - saidMs < SAY_EVERY_MS && done < of) return;
      saidMs = ctx.clock.nowMs();
      ctx.out.status(`${done} of ${of} timelines read, ${read} post${read === 1 ? "" : "s"}.`);
    },
  });
  for (const { from, to } of renamed) ctx.out.status(escapeControl(`@${from} is called @${to} now.`));
}

const SAY_EVERY_MS = 2_000;

async function accountsToRead(ctx: Context, store: ArenaStore, path: string | undefined): Promise<readonly Who[]> {
  if (path !== undefined) {
    const { readRegistry } = await import("../../../feeds/files-registry.ts");
    const { agents } = await readRegistry(resolve(ctx.io.cwd, path));
    return agents.flatMap(({ userIds, handle }) => userIds.map((userId) => ({ userId, handle: handle ?? userId })));
  }
  const scope = scopeOf(ctx, store);
  const accounts = scope === undefined ? [] : store.accounts.all(scope);
  if (accounts.length > 0) return accounts;
  throw new UsageError("Whose posts? No account has been verified yet, and no --registry was given.", {
    code: "usage.accounts",
    hint: "Take accounts in with: colosseum arena verify --post URL, or name them: --registry FILE",
  });
}
