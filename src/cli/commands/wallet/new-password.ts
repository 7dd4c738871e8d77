import { UsageError } from "../../../base/errors.ts";
import type { KeyPlace } from "../../../wallet/folder.ts";
import type { Context } from "../../context.ts";
import { labelOf } from "../../open-wallet.ts";
import { askNewPassword, unansweredError } from "../../prompts.ts";

/** Shorter passwords are taken, but pointed out. */
const SHORT = 8;

export interface PasswordOptions {
  /** False with `--no-password`. */
  readonly password: boolean;
  readonly passwordFile?: string | undefined;
}

/** @throws UsageError `usage.password-conflict` if `--no-password` meets something that needs one. */
export function refusePasswordConflict(options: PasswordOptions, needing: string | undefined): void {
  const other = options.passwordFile === undefined ? needing : "--password-file";
  if (options.password || other === undefined) return;
  throw new UsageError(`--no-password and ${other} exclude each other.`, {
    code: "usage.password-conflict",
    hint: "Leave one of them out.",
  });
}

/** The password for a new key file: from the sources that need no question, else asked for twice. */
export async function newPassword(
  ctx: Context,
  place: KeyPlace,
  options: { passwordFile?: string | undefined; required?: boolean },
): Promise<string> {
  const { passwordFor } = await import("../../../wallet/password.ts");
  const found = await passwordFor(place.path, { env: ctx.io.env, cwd: ctx.io.cwd, passwordFile: options.passwordFile });
  const password =
    found?.password ??
    (await askNewPassword(ctx, `New password for the ${labelOf(place)}`, () =>
      missing(place, options.required === true),
    ));
  if ([...password].length < SHORT) {
    ctx.out.warn({ code: "wallet.short-password", message: `The password has fewer than ${SHORT} characters.` });
  }
  return password;
}

/** @param required - The command is there to set a password, so that there is no doing without one. */
const missing = (place: KeyPlace, required: boolean): UsageError =>
  unansweredError(
    `The ${labelOf(place)} needs a password.`,
    "wallet.password-missing",
    `Add --password-file FILE, set BT_WALLET_PASSWORD or BT_WALLET_PASSWORD_FILE${required ? "" : ", or choose --no-password"}.`,
  );
