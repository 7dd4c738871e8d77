import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import type { RecordSink } from "../../../arena/posts.ts";
import type { Registry } from "../../../arena/registry.ts";
import type { ArenaScorer, ScorerOptions } from "../../../arena/scorer.ts";
import { UsageError } from "../../../base/errors.ts";
import type { Context, OpenContext } from "../../context.ts";
import { agentNamed } from "./agent-named.ts";
import { type ArenaScoreData, drawArenaScores } from "./score-table.ts";
import { chosenRegistry, chosenScoring, type ScoringFlags, withScoringFlags } from "./scoring-flags.ts";
import { arenaStorePath } from "./store-path.ts";
import { whatIfOf } from "./what-if.ts";

interface ScoreFlags extends ScoringFlags {
  readonly explain?: string;
  readonly report?: string;
}

const EXAMPLES = `Examples:
  $ colosseum arena score posts/ --registry registry.csv
  $ colosseum arena score posts.jsonl --formula masa-v1 --registry registry.csv --json
  $ colosseum arena score posts/ --registry registry.csv --explain @name --window 3d
  $ colosseum arena score posts/ --registry registry.csv --set likeWeight=2 --report arena.html
`;

/** `arena score [FILES…]`: what each agent's posts are worth under a formula. */
export const arenaScore = (open: OpenContext): Command =>
  withScoringFlags(new Command("score"), "the newest post")
    .description("Score agents by their posts; anyone can recompute it")
    .argument("[files...]", "files or folders of posts; none: the posts taken in by `arena ingest`")
    .option("--explain <handle>", "each post of one agent (handle, user id or uid) and what it earned")
    .option("--report <file.html>", "write a page with plots that can be sent to someone")
    .addHelpText("before", EXAMPLES)
    .action(async (files: string[], flags: ScoreFlags, command: Command) => {
      await using ctx = await open(command);
      const scored = await score(ctx, files, flags);
      const { data, posts } = scored;
      if (data.agents.every(({ share }) => share === 0)) {
        ctx.out.warn({ code: "nobody-scored", message: "No agent has a score above 0, so nobody gets a weight." });
      }
      if (flags.report !== undefined) await writeReport(ctx, flags.report, files, scored);
      ctx.out.result(data, () => drawArenaScores(data, posts, flags.explain, ctx.out.columns));
    });

type Scored = Awaited<ReturnType<typeof score>>;

async function score(ctx: Context, files: readonly string[], flags: ScoreFlags) {
  const chosen = await chosenScoring(flags);
  const storePath = arenaStorePath(ctx.paths.stateDir);
  if (files.length === 0 && !existsSync(storePath)) {
    throw new UsageError("Which posts? No file or folder was given, and the store holds none.", {
      code: "usage.files",
      hint: "Name files, or fill the store first: colosseum arena ingest posts/",
    });
  }
  const { formula, settings, window, windowSeconds, at } = chosen;
  const explain = flags.explain === undefined ? undefined : agentNamed(flags.explain);
  const read = async (into: (registry: Registry | undefined) => RecordSink): Promise<void> => {
    if (files.length > 0) {
      const sink = into(await chosenRegistry(ctx, flags.registry, undefined));
      const { readPostFiles } = await import("./read-files.ts");
      await readPostFiles(ctx, files, flags.registry === undefined ? [] : [flags.registry], sink);
      return;
    }
    const { ArenaStore } = await import("../../../store/arena-store.ts");
    using store = ArenaStore.open(storePath, { readOnly: true });
    const sink = into(await chosenRegistry(ctx, flags.registry, store));
    store.authors.readAll(sink, at === undefined ? 0 : at - windowSeconds);
    store.posts.readAll(sink);
  };
  const scorers: { scorer: ArenaScorer; before: ArenaScorer | undefined }[] = [];
  await read((registry) => {
    const options: ScorerOptions = { registry, windowSeconds, at, explain };
    const scorer = formula.scorer(options, settings);
    const before = settings.length === 0 ? undefined : formula.scorer({ ...options, explain: undefined }, []);
    scorers.push({ scorer, before });
    return before === undefined ? scorer : both(scorer, before);
  });
  const [{ scorer, before } = { scorer: undefined, before: undefined }] = scorers;
  if (scorer === undefined) throw new TypeError("no scorer was made");
  const { explained: posts, at: end, ...rest } = scorer.finish();
  const whatIf = before === undefined ? undefined : whatIfOf(settings, before.finish().agents, rest.agents);
  const data: ArenaScoreData = {
    formula: formula.name,
    window,
    at: end,
    ...rest,
    ...(whatIf === undefined ? {} : { whatIf }),
  };
  if (flags.explain === undefined) return { data, posts, formula };
  if (posts.length === 0) {
    throw new UsageError(`No agent that has posts is called ${flags.explain}.`, {
      code: "arena.unknown-agent",
      hint: "Give a handle, a user id or a uid as `colosseum arena score` lists them.",
    });
  }
  return { data: { ...data, explain: { agent: flags.explain, posts } }, posts, formula };
}

/** Two readers of one stream. */
const both = (first: RecordSink, second: RecordSink): RecordSink => ({
  post: (post) => {
    first.post(post);
    second.post(post);
  },
  odd: (reason) => {
    first.odd(reason);
    second.odd(reason);
  },
  author: (author, at) => {
    first.author?.(author, at);
    second.author?.(author, at);
  },
});

async function writeReport(
  ctx: Context,
  file: string,
  files: readonly string[],
  { data, formula }: Scored,
): Promise<void> {
  const { scorePage } = await import("../../../arena/score-page.ts");
  const { writeResultFile } = await import("../../../simulate/write-file.ts");
  const source = files.length === 0 ? "the store" : files.length === 1 ? (files[0] ?? "") : `${files.length} files`;
  const name = source.split("/").filter(Boolean).at(-1) ?? source;
  const { whatIf, ...scores } = data;
  const changed =
    whatIf === undefined
      ? undefined
      : { settings: whatIf.settings, sharesBefore: whatIf.agents.map(({ shareBefore }) => shareBefore) };
  const page = scorePage({ ...scores, summary: formula.summary, source: name, changed });
  await writeResultFile(resolve(ctx.io.cwd, file), file, page);
  ctx.out.status(`Wrote ${file}`);
}
