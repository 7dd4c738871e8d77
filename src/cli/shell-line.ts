import { shellWord } from "../base/shell-word.ts";

/** A line of ours as it is typed into a shell. */
export const showLine = (args: readonly string[]): string => ["colosseum", ...args].map(shellWord).join(" ");
