import { ColosseumError } from "../base/errors.ts";
import { fileError } from "./log-error.ts";

/** What reading ends with: our own words, or the abort that somebody asked for. */
export const readFailure = (name: string, error: unknown): Error =>
  error instanceof ColosseumError || (error instanceof Error && error.name === "AbortError")
    ? error
    : fileError(name, error);
