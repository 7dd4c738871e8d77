import { ColosseumError, messageOf } from "../../../base/errors.ts";

/** What came of one check. `skip`: it could not be told, and the message says why. */
export interface Check {
  readonly id: CheckId;
  readonly status: "ok" | "warn" | "fail" | "skip";
  readonly message: string;
  readonly hint: string | null;
}

/** Every check, in the order of what it costs to be wrong about it. */
export const CHECK_IDS = [
  "coldkey",
  "wallet-rights",
  "second-process",
  "wallet",
  "registration",
  "endpoint",
  "endpoint-outside",
  "chain",
  "clock",
  "state",
  "disk",
  "node",
  "version",
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export type Finding = Omit<Check, "id">;

export const ok = (message: string): Finding => ({ status: "ok", message, hint: null });
export const skip = (message: string): Finding => ({ status: "skip", message, hint: null });
export const warn = (message: string, hint: string): Finding => ({ status: "warn", message, hint });
export const fail = (message: string, hint: string): Finding => ({ status: "fail", message, hint });

/** Runs one check; what it throws is what it found. */
export async function checked(id: CheckId, find: () => Promise<Finding> | Finding): Promise<Check> {
  try {
    return { id, ...(await find()) };
  } catch (thrown) {
    if (!(thrown instanceof ColosseumError)) throw thrown;
    return { id, status: "fail", message: messageOf(thrown), hint: thrown.hint ?? null };
  }
}
