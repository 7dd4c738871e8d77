import type { Command } from "commander";
import { buildProgram, rootCommand } from "../src/cli/program.ts";

/** The whole command tree as the binary has it, for reading only: an action of it must not be run. */
export async function commandTree(): Promise<Command> {
  const root = rootCommand("0.0.0");
  await buildProgram(root, () => Promise.reject(new Error("this tree is only read")), "all");
  return root;
}

/** Every visible command below (and with) this one, in the order of the help. */
export function visibleCommands(command: Command): Command[] {
  const children = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== "help");
  return [command, ...children.flatMap(visibleCommands)];
}

/** `colosseum wallet list`. */
export function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  return names.join(" ");
}

/** What stands before the usage in the help: the examples, without their heading. */
export function examplesOf(command: Command): string[] {
  let help = "";
  const before = command.configureOutput();
  command.configureOutput({ ...before, writeOut: (text) => (help += text), getOutHelpWidth: () => 1_000 });
  command.outputHelp();
  command.configureOutput(before);
  const [head = ""] = help.split("\nUsage: ");
  return head
    .replace(/^Examples:\n/, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
