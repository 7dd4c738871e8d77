import type { Command, Option } from "commander";
import { optionsOf, type Position, positionAfter } from "./position.ts";

/** A word that may stand at the cursor. */
export interface Candidate {
  readonly value: string;
  readonly text: string;
}

/** What may stand at the cursor: words, and names of files or folders, which the shell knows best. */
export interface Completion {
  readonly words: readonly Candidate[];
  readonly names?: "files" | "folders";
}

const NOTHING: Completion = { words: [] };

/** A value that is not in the command tree: wallets, codes, presets, files. */
export type ValueSource = (what: {
  /** An option's long name without dashes, or an argument's name. */
  readonly name: string;
  readonly kind: "option" | "argument";
  /** The commands from the outermost to the innermost: `wallet`, `show`. */
  readonly path: readonly string[];
  readonly given: ReadonlyMap<string, string>;
}) => Promise<Completion>;

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

function pathOf(command: Command): string[] {
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) names.unshift(at.name());
  return names;
}

/**
 * What may stand at the cursor.
 *
 * @param before - The words before the current one, without the program's name.
 * @param current - The word at the cursor, possibly empty; what is returned begins with it.
 */
export async function completionsFor(
  root: Command,
  before: readonly string[],
  current: string,
  values: ValueSource,
): Promise<Completion> {
  const position = positionAfter(root, before);
  const assigned = /^(--[^=]+)=(.*)$/s.exec(current);
  if (position.awaiting !== undefined)
    return starting(await optionValues(position, position.awaiting, values), current);
  if (assigned !== null && !position.onlyArguments) {
    const [, flag = "", value = ""] = assigned;
    const option = optionsOf(position.command).find((candidate) => candidate.long === flag);
    if (option === undefined) return NOTHING;
    const found = starting(await optionValues(position, option, values), value);
    return { ...found, words: found.words.map((word) => ({ ...word, value: `${flag}=${word.value}` })) };
  }
  if (current.startsWith("-") && !position.onlyArguments) return starting({ words: flags(position.command) }, current);
  const commands = position.argumentIndex === 0 && !position.onlyArguments ? subCommands(position.command) : [];
  const named = await argumentValues(position, values);
  return starting({ ...named, words: [...commands, ...named.words] }, current);
}

const starting = (completion: Completion, prefix: string): Completion => ({
  ...completion,
  words: completion.words.filter(({ value }) => value.startsWith(prefix)),
});

const flags = (command: Command): Candidate[] =>
  optionsOf(command).flatMap((option) =>
    option.long === undefined ? [] : [{ value: option.long, text: firstLine(option.description) }],
  );

const subCommands = (command: Command): Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ value: child.name(), text: firstLine(child.description()) }));

const choices = (values: readonly string[]): Completion => ({ words: values.map((value) => ({ value, text: "" })) });

async function optionValues(position: Position, option: Option, values: ValueSource): Promise<Completion> {
  if (option.argChoices !== undefined) return choices(option.argChoices);
  const name = (option.long ?? "").replace(/^--/, "");
  return values({ name, kind: "option", path: pathOf(position.command), given: position.given });
}

async function argumentValues(position: Position, values: ValueSource): Promise<Completion> {
  const { registeredArguments } = position.command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[position.argumentIndex] ?? (last?.variadic === true ? last : undefined);
  if (argument === undefined) return NOTHING;
  if (argument.argChoices !== undefined) return choices(argument.argChoices);
  return values({ name: argument.name(), kind: "argument", path: pathOf(position.command), given: position.given });
}
