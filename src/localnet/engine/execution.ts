import type { RuntimeCall } from "../runtime/runtime.ts";
import { badOrigin, DispatchError } from "./dispatch-error.ts";
import type { State } from "./state.ts";

export type Origin =
  | { readonly type: "root" }
  | { readonly type: "none" }
  | {
      readonly type: "signed";
      readonly who: string;
      /** What a proxy may do in somebody's name; holds for calls inside calls too. */
      readonly filter?: (call: RuntimeCall) => boolean;
    };

export const ROOT: Origin = { type: "root" };

/** @returns The signer's account. @throws DispatchError BadOrigin if nobody signed. */
export function ensureSigned(origin: Origin): string {
  if (origin.type !== "signed") throw badOrigin();
  return origin.who;
}
/** @throws DispatchError BadOrigin unless the call comes from the chain itself or through sudo. */
export function ensureRoot(origin: Origin): void {
  if (origin.type !== "root") throw badOrigin();
}

/** An event as it goes into System.Events. */
export interface ChainEvent {
  readonly phase:
    | { readonly type: "ApplyExtrinsic"; readonly value: number }
    | { readonly type: "Initialization" }
    | { readonly type: "Finalization" };
  readonly pallet: string;
  readonly name: string;
  readonly fields: unknown;
}

/** Performs a decoded call. */
export type Dispatch = (execution: Execution, origin: Origin, call: RuntimeCall) => void;

/** What a call sees of the block that it runs in. */
export class Execution {
  readonly state: State;
  readonly blockNumber: number;
  readonly timestampMs: number;
  readonly events: ChainEvent[] = [];
  readonly #dispatch: Dispatch;
  phase: ChainEvent["phase"] = { type: "Initialization" };
  /** A dispatch that decides at run time that its signer pays nothing. */
  paysNothing = false;

  constructor(state: State, blockNumber: number, timestampMs: number, dispatch: Dispatch) {
    this.state = state;
    this.blockNumber = blockNumber;
    this.timestampMs = timestampMs;
    this.#dispatch = dispatch;
  }

  /** Fields as the table lists them: an object for named fields, an array for several, the value for one. */
  emit(pallet: string, name: string, fields?: unknown): void {
    this.events.push({ phase: this.phase, pallet, name, fields });
  }

  /** Runs a call of a call (batch, sudo, proxy); its failure takes its own changes and events back. */
  dispatch(origin: Origin, call: RuntimeCall): DispatchError | undefined {
    return this.attempt(() => this.#dispatch(this, origin, call));
  }

  /** All or nothing: state and events go back to before if `run` throws a DispatchError, which is returned. */
  attempt(run: () => void): DispatchError | undefined {
    const tree = this.state.tree;
    const eventCount = this.events.length;
    try {
      run();
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof DispatchError)) throw thrown;
      this.state.rollback(tree);
      this.events.length = eventCount;
      return thrown;
    }
  }
}

/** A call's implementation. `args` are named as the chain names them. */
export type CallHandler = (execution: Execution, origin: Origin, args: never) => void;
export type CallHandlers = Readonly<Record<string, CallHandler>>;
