import { UsageError } from "../base/errors.ts";

/**
 * Splits a command as a shell would split plain words: spaces, 'single' and "double" quotes, backslash. No variables,
 * no globs, no pipes: nothing is ever given to a shell.
 *
 * @throws UsageError `usage.brain` if a quote is not closed or nothing is left.
 */
export function splitCommand(command: string): [program: string, ...args: string[]] {
  const words: string[] = [];
  let word = "";
  let open = false;
  let quote = "";
  for (let i = 0; i < command.length; i++) {
    const char = command[i] ?? "";
    if (quote === "'" ? char !== "'" : false) word += char;
    else if (char === "\\" && i + 1 < command.length) {
      word += command[++i];
      open = true;
    } else if (quote !== "") {
      if (char === quote) quote = "";
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      open = true;
    } else if (/\s/.test(char)) {
      if (open) words.push(word);
      word = "";
      open = false;
    } else {
      word += char;
      open = true;
    }
  }
  if (quote !== "") {
    throw new UsageError(`The command of the brain has an open ${quote}.`, {
      code: "usage.brain",
      hint: "Close the quotation mark.",
    });
  }
  if (open) words.push(word);
  const [program, ...args] = words;
  if (program === undefined)
    throw new UsageError("The brain's command is empty.", {
      code: "usage.brain",
      hint: "For example: exec:./agent.sh",
    });
  return [program, ...args];
}
