import { type FSWatcher, watch } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PageFile } from "../../../base/ports.ts";
import { FILE_NAME } from "../../../protocol/limits.ts";
import { filesSchema } from "../../../protocol/messages.ts";

const PROMPT = "PROMPT.txt";
const STARTER =
  '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Page</title>\n</head>\n<body>\n\n</body>\n</html>\n';
/** An editor that saves in several steps is waited for this long. */
const SETTLE_MS = 150;

/** A folder in which a person makes a page. */
export interface DraftFolder {
  readonly path: string;
  readonly promptFile: string;
  readonly pageFile: string;
  /** The files as they would be submitted, or why they cannot be. */
  read(): Promise<{ readonly files: readonly PageFile[] } | { readonly problem: string }>;
  /** Calls back after each change until the watcher is closed. */
  watch(on: () => void): FSWatcher;
}

/** Makes the folder, with the prompt as PROMPT.txt and an empty page if there is none yet; what is there stays. */
export async function openDraft(path: string, prompt: string): Promise<DraftFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const promptFile = join(path, PROMPT);
  const pageFile = join(path, "index.html");
  await writeFile(promptFile, `${prompt}\n`, { mode: 0o600 });
  await writeFile(pageFile, STARTER, { mode: 0o600, flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return {
    path,
    promptFile,
    pageFile,
    read: async () => {
      const entries = await readdir(path, { withFileTypes: true });
      // What editors leave behind (.swp, page.html~, #page.html#) and folders are no part of the page.
      const names = entries
        .filter((entry) => entry.isFile() && entry.name !== PROMPT && FILE_NAME.test(entry.name))
        .map(({ name }) => name)
        .filter((name) => !name.endsWith("~") && !name.startsWith("."))
        .sort();
      const files = await Promise.all(
        names.map(async (name) => ({ name, content: await readFile(join(path, name), "utf8") })),
      );
      const checked = filesSchema.safeParse(files);
      if (!checked.success) return { problem: checked.error.issues[0]?.message ?? "malformed" };
      if (checked.data.find(({ name }) => name === "index.html")?.content === STARTER)
        return { problem: "index.html is still empty" };
      return { files: checked.data };
    },
    watch: (on) => {
      let timer: NodeJS.Timeout | undefined;
      const watcher = watch(path, () => {
        clearTimeout(timer);
        timer = setTimeout(on, SETTLE_MS);
      });
      // A folder that was taken away is met when it is read.
      watcher.on("error", () => undefined);
      watcher.once("close", () => clearTimeout(timer));
      return watcher;
    },
  };
}
