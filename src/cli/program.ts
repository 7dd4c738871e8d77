import { Command, Help } from "commander";
import type { OpenContext } from "./context.ts";
import { NOUNS } from "./nouns.ts";

/** The root command with the flags of every command; they are accepted before and after the noun. */
export function rootCommand(version: string): Command {
  return new Command("colosseum")
    .description("Arenas on Bittensor: run them, replay them, prove them")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum demo\n  $ colosseum simulate tasks.json\n  $ colosseum wallet create\n  $ colosseum miner start --help\n",
    )
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "show help")
    .option("-n, --network <network>", "finney, test, local, or ws://… (several with commas)")
    .option("--netuid <netuid>", "the subnet")
    .option("-w, --wallet <name>", "wallet (coldkey) by name")
    .option("-H, --wallet-hotkey <name>", "hotkey of that wallet by name")
    .option("--wallet-path <dir>", "folder of wallets")
    .option("--home <dir>", "keep configuration, state and cache below this folder")
    .option("--json", "machine-readable output")
    .option("-y, --yes", "answer yes to every question")
    .option("--no-input", "never ask; a missing answer is an error")
    .option("--dry-run", "show what would happen, change nothing")
    .option("-q, --quiet", "results, warnings and errors only")
    .option("-v, --verbose", "say more; -vv adds stack traces", (_, count: number) => count + 1, 0)
    .option("--no-color", "no colours")
    .option("--plain", "plain lines instead of a live screen")
    .configureHelp({
      showGlobalOptions: false,
      // Commander's 40 would leave the long lists unwrapped at 80 columns; and every command has options.
      minWidthToWrap: 30,
      subcommandTerm: (command) => new Help().subcommandTerm(command).replace(" [options]", ""),
      // A flag that is off unless it is given needs no words for that.
      optionDescription: (option) => new Help().optionDescription(option).replace(/ \(default: false\)$/, ""),
    })
    .showSuggestionAfterError(true)
    .helpCommand("help [command]", "show help");
}

/**
 * Passes on how a command ends, speaks and helps: `addCommand` alone would not, and would kill a test runner. How a command
 * reads its own line (such as excess arguments) stays its own, which `copyInheritedSettings` would overwrite.
 */
function adopt(parent: Command, child: Command): void {
  child
    .exitOverride()
    .configureOutput(parent.configureOutput())
    .configureHelp(parent.configureHelp())
    .helpOption("-h, --help", "show help")
    .addHelpText(
      "after",
      "\nAlso -n, --netuid, -w, -H, --json, -y, --dry-run and other flags of every command: colosseum --help",
    );
  if (child.commands.length > 0) child.helpCommand("help [command]", "show help");
  for (const grandchild of child.commands) adopt(child, grandchild);
}

/**
 * The whole command tree, with only the nouns that `args` name really loaded; the others are a line in the help.
 *
 * @param wanted - Words that may be nouns, or "all" for docs and completions.
 */
export async function buildProgram(
  root: Command,
  open: OpenContext,
  wanted: readonly string[] | "all",
): Promise<Command> {
  for (const noun of NOUNS) {
    if (wanted !== "all" && !wanted.includes(noun.name)) {
      root.addCommand(new Command(noun.name).description(noun.summary));
      continue;
    }
    const command = (await noun.load())(open);
    if (command.description() === "") command.description(noun.summary);
    root.addCommand(command);
  }
  for (const command of root.commands) adopt(root, command);
  return root;
}
