import { ColosseumError, ExitCode } from "../base/errors.ts";

/** A validator that cannot be reached, does not answer in time, or answers nonsense. */
export class ValidatorUnreachableError extends ColosseumError {
  constructor(url: string, why: string, fields: { timeout?: boolean; cause?: unknown } = {}) {
    super(
      `The validator at ${url} ${fields.timeout === true ? "did not answer in time" : "cannot be reached"}: ${why}.`,
      {
        code: fields.timeout === true ? "miner.validator-timeout" : "miner.validator-unreachable",
        exitCode: fields.timeout === true ? ExitCode.timeout : ExitCode.network,
        hint: "Is it running, and is this its address? Try: colosseum miner check --validator URL",
        cause: fields.cause,
        details: { url },
      },
    );
  }
}

/** An answer that is not of the protocol: another server, another version, or a hostile one. */
export class BadResponseError extends ColosseumError {
  constructor(url: string, why: string) {
    super(`The answer from ${url} is not one of a colosseum validator: ${why}.`, {
      code: "miner.bad-response",
      exitCode: ExitCode.invalid,
      hint: "Check the address; a validator answers at /v1/info.",
      details: { url },
    });
  }
}

/** A validator that plays in another subnet than the miner. */
export class OtherSubnetError extends ColosseumError {
  constructor(url: string, theirs: number, ours: number) {
    super(`The validator at ${url} serves subnet ${theirs}, not ${ours}.`, {
      code: "miner.other-subnet",
      exitCode: ExitCode.invalid,
      hint: `Use --netuid ${theirs}, or another validator.`,
      details: { url, netuid: theirs },
    });
  }
}

/** A validator's refusal in the protocol's own words. */
export class RefusedError extends ColosseumError {
  readonly refusal: string;
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  constructor(url: string, fields: { status: number; refusal: string; message: string; retryAfterMs?: number }) {
    super(`The validator at ${url} refused: ${fields.message}.`.replace(/\.\.$/, "."), {
      code: `miner.refused-${fields.refusal}`,
      exitCode: ExitCode.refused,
      hint: HINTS[fields.refusal] ?? "See its reason above; other validators are not affected.",
      details: { url, status: fields.status, refusal: fields.refusal },
    });
    this.refusal = fields.refusal;
    this.status = fields.status;
    this.retryAfterMs = fields.retryAfterMs;
  }
}

const HINTS: Readonly<Record<string, string>> = {
  "not-registered": "Register this hotkey first: colosseum register --netuid N",
  "auth-stale": "The clocks differ: set this machine's clock.",
  "own-hotkey": "A validator's own hotkeys never play; use another hotkey.",
  "too-many-requests": "It goes on by itself after a pause.",
};
