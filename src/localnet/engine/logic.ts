import type { Runtime, RuntimeCall } from "../runtime/runtime.ts";
import type { CallHandler, Execution, Origin } from "./execution.ts";
import type { ReadableState } from "./state.ts";

/** What the pool asks a pallet before it lets a signed call in. */
export interface PoolCheck {
  readonly state: ReadableState;
  readonly block: number;
  readonly who: string;
  readonly call: RuntimeCall;
}

/** The pallets as the chain uses them; the engine below knows none of them. */
export interface RuntimeLogic {
  /** The runtime as clients see it: only what has a handler. */
  readonly published: Runtime;
  readonly handlers: ReadonlyMap<string, CallHandler>;
  /** Runs before the extrinsics of a block. */
  readonly onInitialize: (execution: Execution) => void;
  /** Asked before every call, calls inside calls too. @throws DispatchError where its signer may not make it now. */
  readonly beforeDispatch: (execution: Execution, origin: Origin, call: RuntimeCall) => void;
  /** @throws InvalidTransaction where the real pool refuses a call before it is executed. */
  readonly checkInPool: (check: PoolCheck) => void;
}
