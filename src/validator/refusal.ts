import { REFUSALS, type RefusalCode } from "../protocol/messages.ts";

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
