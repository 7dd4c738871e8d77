import { join } from "node:path";
import { Command } from "commander";
import type { OpenContext } from "../../context.ts";

/** Where the posts of this state folder stand. */
export const postStorePath = (stateDir: string): string => join(stateDir, "arena", "posts.db");

const EXAMPLES = `Examples:
  colosseum arena ingest posts/
  colosseum arena ingest monday.jsonl tuesday.csv.gz --json
`;

/** `arena ingest FILES…`: posts from files into the store, each once. */
export const arenaIngest = (open: OpenContext): Command =>
  new Command("ingest")
    .description("Take posts from files into the store; reading a file again changes nothing")
    .argument("<files...>", "files or folders of posts (JSON in any nesting, JSON Lines, CSV; .gz too)")
    .addHelpText("before", EXAMPLES)
    .action(async (paths: string[], _flags: unknown, command: Command) => {
      await using ctx = await open(command);
      const { PostIngest, PostStore } = await import("../../../store/posts.ts");
      const { readPostFiles } = await import("./read-files.ts");
      using store = PostStore.open(postStorePath(ctx.paths.stateDir));
      const ingest = new PostIngest(store);
      const { files } = await readPostFiles(ctx, paths, [], ingest);
      const data = { files, ...ingest.finish() };
      ctx.out.result(data, () => {
        const skipped = Object.entries(data.skipped).map(([reason, count]) => `, ${count} ${reason}`);
        const { read, updated, duplicate } = data;
        return `${read} records in ${files} files: ${data.new} new, ${updated} updated, ${duplicate} duplicate${skipped.join("")}`;
      });
    });
