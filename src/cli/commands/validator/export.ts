import { Command } from "commander";
import { shellWord } from "../../../base/shell-word.ts";
import type { ExportOptions } from "../../../validator/export.ts";
import type { Context, OpenContext } from "../../context.ts";
import { parseWhole } from "./flags.ts";
import { openStoreToRead } from "./state-dir.ts";

interface ExportFlags {
  readonly interval?: number;
  readonly open?: boolean;
  readonly output?: string;
  readonly publish: "hashes" | "files";
}

const EXAMPLES = `Examples:
  $ colosseum validator export --netuid 1 -o tasks.json
  $ colosseum validator export --netuid 1 --interval 4 | colosseum simulate -
  $ colosseum validator export --netuid 1 -o tasks.jsonl
`;

/** `validator export`: the task log of settled intervals. Reads the store, beside a running validator too. */
export const validatorExport = (open: OpenContext): Command =>
  new Command("export")
    .description("Write the task log: settled intervals with seeds, answers and scores")
    .option("--interval <n>", "one interval only", parseWhole("interval", 0, 65_535))
    .option("--open", "the interval that is not settled yet too; its seed stays secret")
    .option("-o, --output <file>", "write to a file; .jsonl makes JSON Lines (default: standard output)")
    .option("--files", "with the outputs' files, not only their hashes")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: ExportFlags & { files?: boolean }, command: Command) => {
      await using ctx = await open(command);
      await exportTasks(ctx, flags);
    });

async function exportTasks(ctx: Context, flags: ExportFlags & { files?: boolean }): Promise<void> {
  const { netuid, hotkey, store } = await openStoreToRead(ctx);
  const { exportedIntervals, logHeader, logTasks } = await import("../../../validator/export.ts");
  const { storedAnchor, storedSeeds } = await import("../../../validator/stored-seeds.ts");
  const options: ExportOptions = {
    netuid,
    validator: hotkey,
    seedOf: storedSeeds(store),
    anchor: storedAnchor(store),
    publish: flags.files === true ? "files" : "hashes",
    ...(flags.interval === undefined ? {} : { interval: flags.interval }),
    ...(flags.open === undefined ? {} : { open: flags.open }),
  };
  const { noSuchInterval, writeLog } = await import("./write-log.ts");
  if (flags.interval !== undefined && exportedIntervals(store, options).length === 0) {
    throw noSuchInterval(flags.interval, store.intervals.get(flags.interval) !== undefined);
  }
  const header = logHeader(store, options);
  const written = await writeLog(ctx, header, logTasks(store, options), flags.output);
  if (flags.output === undefined) return;
  const intervals = header.intervals?.length ?? 0;
  ctx.out.result(
    { file: written.file, intervals, tasks: written.tasks },
    () => `Wrote ${written.tasks} tasks of ${intervals} intervals to ${written.file}`,
  );
  ctx.out.next(`colosseum audit ${shellWord(written.file)}`);
}
