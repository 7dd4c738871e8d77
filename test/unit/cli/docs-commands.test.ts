import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { splitCommand } from "../../../src/brains/command-line.ts";
import { canonicalArgs } from "../../../src/cli/aliases.ts";
import { buildProgram, rootCommand } from "../../../src/cli/program.ts";
import { DOC_PAGES, docLines } from "../../helpers/docs-lines.ts";

/** Stands where a page writes `5F3s…` or ADDRESS; nobody's. */
const ADDRESS = "5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM";

/** The command lines of a page without what a shell does with them, and with values for what a page leaves open. */
function linesOf(page: string): string[] {
  return docLines(page).map((line) =>
    line
      .replace(/\s[|<>&].*$/, "")
      .replace(/\bPOST\b|(?<=--post )URL\b/, "1")
      .replace(/\b(?:5[A-Za-z0-9]*…|ADDRESS\b)/g, ADDRESS),
  );
}

class Reached extends Error {}
const NAMED_ONLY: ReadonlySet<string> = new Set([
  "commander.helpDisplayed",
  "commander.help",
  "commander.missingArgument",
  "commander.missingMandatoryOptionValue",
]);

/** Parses a line as the program does, up to where its command would begin to work. */
async function parse(line: string): Promise<void> {
  const argv = canonicalArgs(splitCommand(line).slice(1));
  const program = rootCommand("0");
  program.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  await buildProgram(program, () => Promise.reject(new Reached()), argv);
  await program.parseAsync(argv, { from: "user" });
}

describe.each(DOC_PAGES.filter((page) => linesOf(page).length > 0))("%s", (page) => {
  it.each([...new Set(linesOf(page))])("%s", async (line) => {
    const ended = await parse(line).catch((error: unknown) => error);
    // A page may name a command without what it must be given; an option or a value that is wrong is wrong anywhere.
    if (ended instanceof CommanderError && NAMED_ONLY.has(ended.code)) return;
    expect(ended).toBeInstanceOf(Reached);
  });
});
