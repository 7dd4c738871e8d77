/** Exit codes by failure family; scripts rely on them. */
export const ExitCode = {
  ok: 0,
  bug: 1,
  usage: 2,
  findings: 3,
  network: 10,
  invalid: 12,
  refused: 13,
  io: 14,
  timeout: 15,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface ErrorFields {
  /** Stable, matched by scripts and tests: `room.kebab-case`. */
  readonly code: string;
  readonly exitCode: ExitCode;
  /** What to do next, a command where there is one. */
  readonly hint?: string;
  /** Facts for `--json`; plain JSON, never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** Every failure a user can cause or meet. Anything else that is thrown is a bug of ours (exit 1). */
export class ColosseumError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, fields: ErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = new.target.name;
    this.code = fields.code;
    this.exitCode = fields.exitCode;
    this.hint = fields.hint;
    this.details = fields.details ?? {};
  }
}

/** A flag, argument or answer that cannot be used (exit 2). */
export class UsageError extends ColosseumError {
  constructor(message: string, fields: { code?: string; hint?: string; details?: Readonly<Record<string, unknown>> }) {
    super(message, { ...fields, code: fields.code ?? "usage.invalid", exitCode: ExitCode.usage });
  }
}

/** The message of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
