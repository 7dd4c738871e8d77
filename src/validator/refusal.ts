import { AuthFailure } from "../protocol/auth.ts";
import { REFUSALS, type RefusalCode } from "../protocol/messages.ts";
import { StoreError } from "../store/errors.ts";

/** Refusals of this server beside those of the wire that every validator shares. */
const MORE = { "no-such-endpoint": 404, "no-such-interval": 404, "store-locked": 503, bug: 500 } as const;
const STATUS = { ...REFUSALS, ...MORE } as const;

/** A request that is answered with a no: a code of the wire and a plain sentence. */
export class Refusal extends Error {
  readonly code: RefusalCode | keyof typeof MORE;

  constructor(code: RefusalCode | keyof typeof MORE, message: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }

  /** The body of the answer. */
  toJSON(): { error: { code: string; message: string } } {
    return { error: { code: this.code, message: this.message } };
  }
}

/** The words of the wire for anything that was thrown on the way. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof AuthFailure) return new Refusal(thrown.code, `${thrown.message}.`);
  if (thrown instanceof StoreError) {
    return thrown.code === "store.full"
      ? new Refusal("store-full", "The validator's disk is full; nothing was stored. Try again later.")
      : new Refusal("store-locked", "The validator cannot store anything now; nothing was stored. Try again later.");
  }
  const { statusCode, code } = thrown as { statusCode?: unknown; code?: unknown };
  if (statusCode === 413 || code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new Refusal("too-large", "The body is larger than this endpoint takes.");
  }
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) {
    return new Refusal("malformed", "The request cannot be read.");
  }
  return new Refusal("bug", "Something in the validator went wrong; nothing was stored.");
}
