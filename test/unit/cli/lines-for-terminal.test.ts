import { describe, expect, it } from "vitest";
import { linesForTerminal } from "../../../src/cli/lines-for-terminal.ts";

describe("linesForTerminal", () => {
  it.each([
    ["leaves what fits", "error: a b", 40, ["error: a b"]],
    [
      "breaks between words and hangs the rest under the text",
      "error: The coldkey has nothing, and a slot costs more",
      40,
      ["error: The coldkey has nothing, and a", "       slot costs more"],
    ],
    [
      "keeps a command of ours on one line, to be copied",
      "hint: See what there is with: colosseum stake list --netuid 1; or wait",
      60,
      ["hint: See what there is with:", "       colosseum stake list --netuid 1; or wait"],
    ],
    ["keeps lines and their margin", "a\n  b", 40, ["a", "  b"]],
  ])("%s", (_, text, width, lines) => {
    expect(linesForTerminal(text, width, "       ").split("\n")).toEqual(lines);
  });
});
