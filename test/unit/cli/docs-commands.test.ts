import { readdirSync, readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { splitCommand } from "../../../src/brains/command-line.ts";
import { canonicalArgs } from "../../../src/cli/aliases.ts";
import { buildProgram, rootCommand } from "../../../src/cli/program.ts";

const root = new URL("../../../", import.meta.url);
const pages = ["README.md", ...readdirSync(new URL("docs/", root)).map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith(".md"),
);

/** Stands where a page writes `5F3s…` or ADDRESS; nobody's. */
const ADDRESS = "5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM";

/** Command lines of a page: those in fenced blocks and in code spans, without explanations, pipes and usage lines. */
function linesOf(page: string): string[] {
  const text = readFileSync(new URL(page, root), "utf8");
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.replaceAll("\\\n", " ").split("\n"),
  );
  const spans = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  return [...blocks, ...spans].flatMap((line) => {
    const command = /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?(colosseum [a-z].*)$/.exec(line.trim())?.[1];
    if (command === undefined || command.includes("[options]")) return [];
    const bare = command.replace(/(?:\s#|\s[|<>&]|\s{2,}).*$/, "");
    return [bare.replace(/\bPOST\b|(?<=--post )URL\b/, "1").replace(/\b(?:5[A-Za-z0-9]*…|ADDRESS\b)/g, ADDRESS)];
  });
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

describe.each(pages.filter((page) => linesOf(page).length > 0))("%s", (page) => {
  it.each([...new Set(linesOf(page))])("%s", async (line) => {
    const ended = await parse(line).catch((error: unknown) => error);
    // A page may name a command without what it must be given; an option or a value that is wrong is wrong anywhere.
    if (ended instanceof CommanderError && NAMED_ONLY.has(ended.code)) return;
    expect(ended).toBeInstanceOf(Reached);
  });
});
