import { Command } from "commander";
import type { OpenContext } from "../../context.ts";

const EXAMPLES = `Examples:
  $ colosseum explain wallet.wrong-password
  $ colosseum explain HotKeyNotRegisteredInSubNet
  $ colosseum explain "Custom error: 6"
  $ colosseum explain                          (all codes)
`;

export const explainCommand = (open: OpenContext): Command =>
  new Command("explain")
    .description("What an error code means and what to do about it")
    .argument("[code...]", "a code of colosseum, or an error of the chain by name or number")
    .addHelpText("before", EXAMPLES)
    .action(async (words: string[], _: unknown, command: Command) => {
      await using ctx = await open(command);
      const { allCodes, explanationOf } = await import("../../explanations/lookup.ts");
      if (words.length === 0) {
        const codes = allCodes();
        return ctx.out.result({ codes }, () => codes.join("\n"));
      }
      const found = explanationOf(words.join(" "));
      ctx.out.result(found, () => {
        const lines = [found.code, "", `  ${found.means}`, "", `  What to do: ${found.act}`];
        return [...lines, ...(found.see === null ? [] : [`  See: ${found.see}`])].join("\n");
      });
    });
