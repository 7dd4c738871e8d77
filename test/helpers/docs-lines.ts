import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** README and every page of docs/, as paths from the top. */
export const DOC_PAGES: readonly string[] = [
  "README.md",
  ...readdirSync(new URL("docs/", root))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

/**
 * Command lines of a page: those in fenced blocks and in code spans, with their pipes and redirections, without
 * explanations behind them and without usage lines.
 */
export function docLines(page: string): readonly string[] {
  const text = readFileSync(new URL(page, root), "utf8");
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.replaceAll("\\\n", " ").split("\n"),
  );
  const spans = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  return [...blocks, ...spans].flatMap((line) => {
    const command = /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?(colosseum [a-z].*)$/.exec(line.trim())?.[1];
    if (command === undefined || command.includes("[options]")) return [];
    return [command.replace(/(?:\s#|\s{2,}).*$/, "")];
  });
}
