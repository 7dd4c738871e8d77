import type { Command } from "commander";

/**
 * The options of a sub-command of `simulate`, also those that `simulate` took for its own because it has one of the
 * same name: commander hands `--preset` to the outermost command that knows it.
 */
export function ownOptions<T extends object>(command: Command): T {
  const own: Record<string, unknown> = command.opts();
  const { parent } = command;
  if (parent === null) return own as T;
  for (const key of Object.keys(parent.opts())) {
    const isOwn = command.options.some((option) => option.attributeName() === key);
    if (isOwn && parent.getOptionValueSource(key) === "cli") own[key] = parent.getOptionValue(key);
  }
  return own as T;
}
