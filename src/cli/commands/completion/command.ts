import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import type { OpenContext } from "../../context.ts";
import { completionComplete } from "./complete.ts";

const EXAMPLES = `Examples:
  $ source <(colosseum completion bash)                       in ~/.bashrc
  $ source <(colosseum completion zsh)                        in ~/.zshrc, after compinit
  $ colosseum completion fish | source                        in ~/.config/fish/config.fish
  > colosseum completion powershell | Out-String | Invoke-Expression      in $PROFILE
`;

export const completionCommand = (open: OpenContext): Command =>
  new Command("completion")
    .description("Print the completion script of a shell: bash, zsh, fish or powershell")
    .argument("[shell]", "bash, zsh, fish or powershell")
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      await using ctx = await open(command);
      const { SCRIPTS, SHELLS } = await import("../../completion/scripts.ts");
      const wanted = name === "pwsh" ? "powershell" : name?.toLowerCase();
      const shell = SHELLS.find((candidate) => candidate === wanted);
      if (shell === undefined) {
        throw new UsageError(name === undefined ? "Which shell?" : `There are no completions for "${name}".`, {
          code: "usage.shell",
          hint: "For example: colosseum completion bash; there are bash, zsh, fish and powershell.",
        });
      }
      const script = SCRIPTS[shell];
      ctx.out.result({ shell, script }, () => script);
    })
    .addCommand(completionComplete(open), { hidden: true });
