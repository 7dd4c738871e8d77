import type { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import type { CryptoType } from "../../../base/ports.ts";

/** Counted here and not in `wallet/`, so that `--help` loads no word list. */
const WORDS = [12, 15, 18, 21, 24] as const;
export type Words = (typeof WORDS)[number];

export function parseWords(text: string): Words {
  const words = WORDS.find((count) => String(count) === text);
  if (words !== undefined) return words;
  throw new UsageError(`A mnemonic has 12, 15, 18, 21 or 24 words, not "${text}".`, {
    code: "usage.n-words",
    hint: "For example: --n-words 24",
  });
}

export function parseCryptoType(text: string): CryptoType {
  if (text === "sr25519" || text === "1") return "sr25519";
  if (text === "ed25519" || text === "0") return "ed25519";
  throw new UsageError(`The crypto type must be sr25519 or ed25519, not "${text}".`, {
    code: "usage.crypto-type",
    hint: "Nearly all Bittensor keys are sr25519, which is the default.",
  });
}

/** The option every command has that may have to open or close an encrypted key file. */
export const withPasswordFile = (command: Command): Command =>
  command.option("--password-file <file>", "read the password from the first line of a file");
