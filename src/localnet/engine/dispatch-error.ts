import type { Tagged } from "../scale/codec.ts";
import { schema } from "./schema.ts";

/** A call that was executed and failed: its changes are taken back, its fee is kept. */
export class DispatchError extends Error {
  override readonly name = "DispatchError";
  /** As sp_runtime::DispatchError is encoded. */
  readonly error: Tagged;

  constructor(error: Tagged, message: string) {
    super(message);
    this.error = error;
  }
}

/** An error of a pallet, by the chain's own names. */
export function moduleError(pallet: string, name: string): DispatchError {
  const { index, error } = schema.errorIndex(pallet, name);
  return new DispatchError(
    { type: "Module", value: { index, error: Uint8Array.of(error, 0, 0, 0) } },
    `${pallet}.${name}`,
  );
}

export const badOrigin = (): DispatchError => new DispatchError({ type: "BadOrigin" }, "BadOrigin");

/** An error of the token traits, such as FundsUnavailable. */
export const tokenError = (name: string): DispatchError =>
  new DispatchError({ type: "Token", value: { type: name } }, `Token.${name}`);

/** Fails with a pallet's error unless the condition holds. */
export function ensure(condition: boolean, pallet: string, name: string): asserts condition {
  if (!condition) throw moduleError(pallet, name);
}
