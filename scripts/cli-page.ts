import type { Argument, Command, Option } from "commander";
import { commandTree, examplesOf, pathOf, visibleCommands } from "./command-tree.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

const table = (head: readonly [string, string], rows: readonly (readonly [string, string])[]): string[] =>
  rows.length === 0
    ? []
    : [`| ${head[0]} | ${head[1]} |`, "|---|---|", ...rows.map(([left, right]) => `| ${left} | ${right} |`), ""];

function optionRow(option: Option): readonly [string, string] {
  const choices = option.argChoices === undefined ? "" : ` (${option.argChoices.join(", ")})`;
  const value: unknown = option.defaultValueDescription ?? option.defaultValue;
  const isTold = value !== undefined && value !== false && value !== true && !option.negate;
  const standard = isTold ? ` (default ${String(value)})` : "";
  return [code(option.flags), cell(`${option.description}${choices}${standard}`)];
}

const argumentRow = (argument: Argument): readonly [string, string] => [
  code(argument.required ? `<${argument.name()}>` : `[${argument.name()}]`),
  cell(argument.description),
];

function section(command: Command): string[] {
  const path = pathOf(command);
  const help = command.createHelp();
  const options = help.visibleOptions(command).filter((option) => option.long !== "--help");
  const aliases = command.aliases().map((alias) => code(alias));
  return [
    `## ${path}`,
    "",
    `${command.description()}.${aliases.length > 0 ? ` Also: ${aliases.join(", ")}.` : ""}`,
    "",
    "```",
    help.commandUsage(command),
    "```",
    "",
    ...table(["argument", "meaning"], help.visibleArguments(command).map(argumentRow)),
    ...table(["option", "meaning"], options.map(optionRow)),
    ...(examplesOf(command).length > 0 ? ["```", ...examplesOf(command), "```", ""] : []),
  ];
}

/** `docs/cli.md`: every command with its options, as the help has them. */
export async function cliPage(): Promise<string> {
  const root = await commandTree();
  const [, ...commands] = visibleCommands(root);
  const everywhere = root
    .createHelp()
    .visibleOptions(root)
    .map((option) => optionRow(option));
  const contents = commands.map((command) => {
    const path = pathOf(command).replace(/^colosseum /, "");
    const depth = "  ".repeat(path.split(" ").length - 1);
    return `${depth}- [\`${path}\`](#${pathOf(command).replaceAll(" ", "-")}): ${command.description()}`;
  });
  return [
    "# Commands",
    "",
    "Made from the command tree by `npm run generate`; a test fails while it is stale.",
    "",
    ...contents,
    "",
    "## Options of every command",
    "",
    "They may stand anywhere in the line. `-w WALLET/HOTKEY` names both at once. btcli's older spellings are understood as well",
    "(`--wallet.name`, `--wallet.hotkey`, `--subtensor.network`, `--subtensor.chain_endpoint`, `--json-output`, `--no_prompt` and",
    "others).",
    "",
    ...table(["option", "meaning"], everywhere),
    ...commands.flatMap(section),
  ]
    .join("\n")
    .replace(/\n+$/, "\n");
}
