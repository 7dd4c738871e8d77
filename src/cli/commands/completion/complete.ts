import { Command } from "commander";
import type { OpenContext } from "../../context.ts";

/** What the shells' scripts call: one line `word TAB explanation` for each word that may stand at the cursor. */
export const completionComplete = (open: OpenContext): Command =>
  new Command("complete")
    .description("Words that may stand at the cursor")
    .argument("[before...]", "the words before it")
    .option("--current <word>", "the word at the cursor", "")
    .action(async (before: string[], options: { current: string }, command: Command) => {
      await using ctx = await open(command);
      const { completionsFor } = await import("../../completion/candidates.ts");
      const { valueSource } = await import("../../completion/values.ts");
      const { canonicalArgs } = await import("../../aliases.ts");
      let root = command;
      while (root.parent !== null) root = root.parent;
      const found = await completionsFor(root, canonicalArgs(before), options.current, valueSource(ctx));
      const names = found.names === undefined ? [] : [`:${found.names}`];
      ctx.out.result(found, () => [...found.words.map(({ value, text }) => `${value}\t${text}`), ...names].join("\n"));
    });
