import type { Command, Option } from "commander";

/** Where the cursor stands in a command line: what may come next. */
export interface Position {
  /** The innermost command that the words before name. */
  readonly command: Command;
  /** The option whose value comes next, if one does. */
  readonly awaiting: Option | undefined;
  /** How many arguments of the command are there already. */
  readonly argumentIndex: number;
  /** Nothing but arguments follows a bare `--`. */
  readonly onlyArguments: boolean;
  /** Values of options given so far, by long name without dashes. */
  readonly given: ReadonlyMap<string, string>;
}

/** The command and its ancestors, innermost first. */
function lineage(command: Command): Command[] {
  const chain = [];
  for (let at: Command | null = command; at !== null; at = at.parent) chain.push(at);
  return chain;
}

/** Every option that a command takes, those of all commands included; the innermost of a name counts. */
export function optionsOf(command: Command): Option[] {
  const all = lineage(command).flatMap((at) => at.createHelp().visibleOptions(at));
  return all.filter((option, index) => all.findIndex(({ long }) => long === option.long) === index);
}

const optionNamed = (command: Command, flag: string): Option | undefined =>
  optionsOf(command).find((option) => option.long === flag || option.short === flag);

const longName = (option: Option): string => (option.long ?? "").replace(/^--/, "");

/** Reads the words before the cursor as the parser would, without running anything. */
export function positionAfter(root: Command, before: readonly string[]): Position {
  let command = root;
  let awaiting: Option | undefined;
  let argumentIndex = 0;
  let onlyArguments = false;
  const given = new Map<string, string>();
  for (const word of before) {
    if (awaiting !== undefined) {
      given.set(longName(awaiting), word);
      awaiting = undefined;
    } else if (onlyArguments) {
      argumentIndex++;
    } else if (word === "--") {
      onlyArguments = true;
    } else if (word.startsWith("-") && word !== "-") {
      const [flag = "", ...value] = word.split("=");
      const option = optionNamed(command, flag);
      if (option !== undefined && value.length > 0) given.set(longName(option), value.join("="));
      else if (option?.required === true || option?.optional === true) awaiting = option;
    } else {
      const child = command.commands.find(
        (candidate) => candidate.name() === word || candidate.aliases().includes(word),
      );
      if (child === undefined) argumentIndex++;
      else {
        command = child;
        argumentIndex = 0;
      }
    }
  }
  return { command, awaiting, argumentIndex, onlyArguments, given };
}
