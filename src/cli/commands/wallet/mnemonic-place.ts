import { resolve } from "node:path";
import { UsageError } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";

/** The terminal that may show a secret: stderr's, else stdout's where no JSON goes. Never a file or a pipe. */
function secretTerminal(ctx: Context): { write(text: string): unknown } | undefined {
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

/** Full paths of mnemonic files, refused before anything else happens if something has their name. */
export async function mnemonicFiles(
  ctx: Context,
  names: readonly (string | undefined)[],
): Promise<(string | undefined)[]> {
  const { exists, existsError } = await import("../../../wallet/key-files.ts");
  const paths = names.map((name) => (name === undefined ? undefined : resolve(ctx.io.cwd, name)));
  for (const path of paths) if (path !== undefined && (await exists(path))) throw existsError(path);
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
  const shown = entries.flatMap(({ title, mnemonic }) =>
    mnemonic === undefined ? [] : [`${title}:\n\n  ${mnemonic}\n`],
  );
  if (shown.length === 0) return;
  secretTerminal(ctx)?.write(
    `\nWrite these words down and keep them apart from this machine: whoever has them has the key,\nand nothing else can bring it back. They are shown once.\n\n${shown.join("\n")}\n`,
  );
}
