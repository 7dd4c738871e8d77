import { resolve } from "node:path";
import { UsageError } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";
import { wrapText } from "../../wrap-text.ts";

/** The terminal that may show a secret: stderr's, else stdout's where no JSON goes. Never a file or a pipe. */
function secretTerminal(ctx: Context): { write(text: string): unknown; readonly columns?: number } | undefined {
  if (ctx.io.stderr.isTTY === true) return ctx.io.stderr;
  return ctx.io.stdout.isTTY === true && !ctx.flags.json ? ctx.io.stdout : undefined;
}

/** @throws UsageError `wallet.mnemonic-nowhere` where no terminal could show a mnemonic. */
export function requireMnemonicPlace(ctx: Context): void {
  if (secretTerminal(ctx) !== undefined) return;
  throw new UsageError("The new mnemonic has nowhere to go: there is no terminal to show it on.", {
    code: "wallet.mnemonic-nowhere",
    hint: "Add --mnemonic-file FILE; it is written for your eyes only (0600).",
  });
}

/** stdout is for results, which are kept and piped; a mnemonic is shown on a terminal or kept in a file of its own. */
const noFileName = (name: string): UsageError =>
  new UsageError(`"${name}" is not the name of a file to keep a mnemonic in.`, {
    code: "wallet.mnemonic-nowhere",
    hint: "Name a file that does not exist yet; it is written for your eyes only (0600).",
  });

/** Full paths of mnemonic files, refused before anything else happens if something has their name or their folder is missing. */
export async function mnemonicFiles(
  ctx: Context,
  names: readonly (string | undefined)[],
): Promise<(string | undefined)[]> {
  const { exists, existsError, requireFolder } = await import("../../../wallet/key-files.ts");
  for (const name of names) if (name === "" || name === "-") throw noFileName(name);
  const paths = names.map((name) => (name === undefined ? undefined : resolve(ctx.io.cwd, name)));
  for (const path of paths) if (path !== undefined && (await exists(path))) throw existsError(path);
  for (const path of paths) if (path !== undefined) await requireFolder(path);
  if (paths[0] !== undefined && paths[0] === paths[1]) {
    throw new UsageError("The two mnemonics need two files.", {
      code: "wallet.mnemonic-nowhere",
      hint: "Give --mnemonic-file and --hotkey-mnemonic-file different names.",
    });
  }
  return paths;
}

/** Shows mnemonics once, on a terminal and nowhere else. */
export function showMnemonics(
  ctx: Context,
  entries: readonly { readonly title: string; readonly mnemonic: string | undefined }[],
): void {
  const terminal = secretTerminal(ctx);
  // A terminal would break a long one in the middle of a word.
  const width = Math.max(40, terminal?.columns ?? 80);
  const shown = entries.flatMap(({ title, mnemonic }) =>
    mnemonic === undefined ? [] : [`${title}:\n\n  ${wrapText(mnemonic, width - 2, "  ").join("\n")}\n`],
  );
  if (shown.length === 0) return;
  terminal?.write(
    `\nWrite these words down and keep them apart from this machine: whoever has\nthem has the key, and nothing else can bring it back. They are shown once.\n\n${shown.join("\n")}\n`,
  );
}
