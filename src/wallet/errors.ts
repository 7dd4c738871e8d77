import { ColosseumError, ExitCode } from "../base/errors.ts";

/** A wallet, key file or password that is missing, wrong or in the way (exit 14). */
export class WalletError extends ColosseumError {
  constructor(
    message: string,
    fields: { code: string; hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown },
  ) {
    super(message, { ...fields, exitCode: ExitCode.io });
  }
}

/** A secret that was given to be imported, but is none (exit 12). Its text is never part of the message. */
export class InvalidSecretError extends ColosseumError {
  constructor(message: string, fields: { code: string; hint?: string }) {
    super(message, { ...fields, exitCode: ExitCode.invalid });
  }
}

/** A password that does not open a key file. */
export class WrongPasswordError extends WalletError {
  constructor(cause?: unknown) {
    super("The password does not open this key file.", {
      code: "wallet.wrong-password",
      hint: "Try again; passwords are case-sensitive, and a password file's first line counts without its line end.",
      cause,
    });
  }
}

/** A key file whose content is none. */
export class CorruptKeyfileError extends WalletError {
  constructor(why: string, cause?: unknown) {
    super(`The key file is damaged or is not a key file: ${why}.`, {
      code: "wallet.corrupt-keyfile",
      hint: "Restore it from a backup, or make it again from its mnemonic: colosseum wallet import --help",
      cause,
    });
  }
}

/** Puts the file's path in front of a key file's error; other errors pass unchanged. */
export function atFile(path: string, thrown: unknown): unknown {
  if (!(thrown instanceof WalletError) || thrown.details["path"] !== undefined) return thrown;
  return new WalletError(`${path}: ${thrown.message}`, {
    code: thrown.code,
    ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
    details: { ...thrown.details, path },
    cause: thrown,
  });
}
