import { UsageError } from "../base/errors.ts";
import { escapeControl } from "../base/text.ts";

/** Longest file name that every file system here takes, less what `pub.txt` and a temporary suffix add. */
const MAX_BYTES = 200;

function why(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.includes("/") || name.includes("\\")) return "it is a path, not a name";
  if (name.startsWith(".")) return "it begins with a dot";
  if (escapeControl(name) !== name) return "it has control characters";
  if (name !== name.trim()) return "it begins or ends with a space";
  if (Buffer.byteLength(name) > MAX_BYTES) return `it is longer than ${MAX_BYTES} bytes`;
  return undefined;
}

const refuse = (kind: string, name: string, reason: string): never => {
  throw new UsageError(`"${name.slice(0, 80)}" cannot be the name of a ${kind}: ${reason}.`, {
    code: "wallet.bad-name",
    hint: `Give a plain name, for example ${kind === "wallet" ? "-w validator" : "-H default"}; the folder is chosen with --wallet-path.`,
  });
};

/** @throws UsageError `wallet.bad-name` for anything that is no plain folder name. */
export function checkWalletName(name: string): string {
  const reason = why(name);
  return reason === undefined ? name : refuse("wallet", name, reason);
}

/** A key's companions in the hotkeys folder; no hotkey may have such a name. */
export const isCompanion = (file: string): boolean => file.endsWith("pub.txt") || file.endsWith(".lock");

/** @throws UsageError `wallet.bad-name` for anything that is no plain file name, or is a companion's. */
export function checkHotkeyName(name: string): string {
  const reason =
    why(name) ?? (isCompanion(name) ? 'names ending in "pub.txt" or ".lock" are companions of keys' : undefined);
  return reason === undefined ? name : refuse("hotkey", name, reason);
}
