import { existsSync } from "node:fs";
import { Command } from "commander";
import type { ScorerOptions } from "../../../arena/scorer.ts";
import { UsageError } from "../../../base/errors.ts";
import type { Context, OpenContext } from "../../context.ts";
import { postStorePath } from "./ingest.ts";
import { type ArenaScoreData, drawArenaScores } from "./score-table.ts";

interface ScoreFlags {
  readonly formula: string;
  readonly registry?: string;
  readonly window?: string;
  readonly at?: string;
  readonly set?: readonly string[];
  readonly explain?: string;
}

const EXAMPLES = `Examples:
  colosseum arena score posts/ --registry registry.csv
  colosseum arena score posts.jsonl --formula masa-v1 --registry registry.csv --json
  colosseum arena score posts/ --registry registry.csv --explain @name --window 3d
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `arena score [FILES…]`: what each agent's posts are worth under a formula. */
export const arenaScore = (open: OpenContext): Command =>
  new Command("score")
    .description("Score agents by their posts; anyone can recompute it")
    .argument("[files...]", "files or folders of posts; none: the posts taken in by `arena ingest`")
    .option("--formula <name>", "colosseum or masa-v1", "colosseum")
    .option("--registry <file>", "who competes: CSV user_id,uid[,…] or JSON; without it every author competes")
    .option("--window <time>", "posts of the last 7d, 36h … or all (default: 7d; masa-v1: all)")
    .option("--at <time>", "end of the window, RFC 3339 (default: the newest post)")
    .option("--set <key=value>", "change a number of the formula; repeatable", collect)
    .option("--explain <handle>", "each post of one agent (handle, user id or uid) and what it earned")
    .addHelpText("before", EXAMPLES)
    .action(async (files: string[], flags: ScoreFlags, command: Command) => {
      await using ctx = await open(command);
      const { scores, data } = await scoreFiles(ctx, files, flags);
      if (scores.agents.every(({ share }) => share === 0)) {
        ctx.out.warn({ code: "nobody-scored", message: "No agent has a score above 0, so nobody gets a weight." });
      }
      ctx.out.result(data, () => drawArenaScores(data, scores.explained, flags.explain, ctx.out.columns));
    });

async function scoreFiles(ctx: Context, files: readonly string[], flags: ScoreFlags) {
  const { formulaNamed } = await import("../../../arena/formula.ts");
  const { parseWindow } = await import("../../../arena/window.ts");
  const formula = formulaNamed(flags.formula);
  const window = flags.window ?? formula.window;
  const windowSeconds = parseWindow(window);
  const at = parseAt(flags.at);
  const storePath = postStorePath(ctx.paths.stateDir);
  if (files.length === 0 && !existsSync(storePath)) {
    throw new UsageError("Which posts? No file or folder was given, and the store holds none.", {
      code: "usage.files",
      hint: "Name files, or fill the store first: colosseum arena ingest posts/",
    });
  }
  const explain = explained(flags.explain);
  const registry = await registryOf(ctx, flags.registry);
  const options: ScorerOptions = { registry, windowSeconds, at, explain };
  const scorer = formula.scorer(options, flags.set ?? []);
  if (files.length === 0) {
    const { PostStore } = await import("../../../store/posts.ts");
    using store = PostStore.open(storePath, { readOnly: true });
    store.readAll(scorer);
  } else {
    const { readPostFiles } = await import("./read-files.ts");
    await readPostFiles(ctx, files, flags.registry === undefined ? [] : [flags.registry], scorer);
  }
  const scores = scorer.finish();
  const { explained: posts, at: end, ...rest } = scores;
  const data: ArenaScoreData = { formula: formula.name, window, at: end, ...rest };
  if (flags.explain === undefined) return { scores, data };
  if (posts.length === 0) {
    throw new UsageError(`No agent that has posts is called ${flags.explain}.`, {
      code: "arena.unknown-agent",
      hint: "Give a handle, a user id or a uid as `colosseum arena score` lists them.",
    });
  }
  return { scores, data: { ...data, explain: { agent: flags.explain, posts } } };
}

function parseAt(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new UsageError(`"${text}" is not a time.`, {
      code: "usage.time",
      hint: "Write RFC 3339, for example 2026-01-31T12:00:00Z",
    });
  }
  return ms / 1_000;
}

function explained(wanted: string | undefined): ScorerOptions["explain"] {
  if (wanted === undefined) return undefined;
  const name = wanted.replace(/^@/, "").toLowerCase();
  return (agent) =>
    agent.handle?.toLowerCase() === name || agent.userIds.includes(wanted) || String(agent.uid) === wanted;
}

async function registryOf(ctx: Context, path: string | undefined): Promise<ScorerOptions["registry"]> {
  if (path === undefined) {
    ctx.out.warn({
      code: "arena.no-registry",
      message: "No --registry: every author counts as an agent without a uid.",
    });
    return undefined;
  }
  const { readRegistry } = await import("../../../feeds/files-registry.ts");
  const registry = await readRegistry(path);
  if (registry.conflicts.length > 0) {
    ctx.out.warn({
      code: "arena.registry-conflict",
      message: `The registry names ${registry.conflicts.length} account(s) with two uids (${registry.conflicts[0]} first); the later line counts.`,
    });
  }
  return registry;
}
