import { ColosseumError, ExitCode } from "../base/errors.ts";

/** A source of posts that did not give them; nothing that was read before is lost. */
export class FeedError extends ColosseumError {}

/** A source's name at the beginning of a sentence. */
const said = (source: string): string => source.charAt(0).toUpperCase() + source.slice(1);

/** Nobody answers, or only with failures of its own. */
export const unreachable = (source: string, why: string, cause?: unknown): FeedError =>
  new FeedError(`${said(source)} cannot be reached: ${why}.`, {
    code: "feeds.unreachable",
    exitCode: ExitCode.network,
    hint: "Try again later; what was read is kept, and reading goes on from there.",
    details: { source },
    cause,
  });

/** The token is wrong, or does not allow this. */
export const notAllowed = (source: string, status: number, why: string): FeedError =>
  new FeedError(`${said(source)} refuses the token (HTTP ${status}${why === "" ? "" : `: ${why}`}).`, {
    code: "feeds.not-allowed",
    exitCode: ExitCode.refused,
    hint: "Check the token and what its plan allows; give it by X_BEARER_TOKEN, X_BEARER_TOKEN_FILE or --token-file.",
    details: { source, status },
  });

/** More was asked than the source allows, and waiting would take longer than agreed. */
export const rateLimited = (source: string, untilMs: number | undefined, nowMs: number): FeedError => {
  const until = untilMs === undefined ? undefined : new Date(untilMs).toISOString().replace(/\.\d+Z$/, "Z");
  const wait = untilMs === undefined ? "" : ` Or wait here: --max-wait ${Math.ceil((untilMs - nowMs) / 60_000) + 1}m`;
  return new FeedError(
    `${said(source)} takes no more requests ${until === undefined ? "for now" : `until ${until}`}; that is longer than --max-wait.`,
    {
      code: "feeds.rate-limited",
      exitCode: ExitCode.network,
      hint: `Run it again ${until === undefined ? "later" : "then"}; reading goes on where it stopped.${wait}`,
      details: { source, until: until ?? null },
    },
  );
};

/** An answer that is not of the agreed form. */
export const badAnswer = (source: string, why: string, cause?: unknown): FeedError =>
  new FeedError(`${said(source)} gave an answer that cannot be used: ${why}.`, {
    code: "feeds.bad-answer",
    exitCode: ExitCode.invalid,
    hint: "Check that the URL is that of the right service.",
    details: { source },
    cause,
  });
