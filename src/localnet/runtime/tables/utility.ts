import type { PalletSource } from "../pallet-table.ts";

/** Pallet Utility, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const UTILITY: PalletSource = {
  name: "Utility",
  index: 11,
  crate: "pallet_subtensor_utility",
  calls: `
    0 batch(calls: Vec<RuntimeCall>)
    1 as_derivative(index: u16, call: RuntimeCall)
    2 batch_all(calls: Vec<RuntimeCall>)
    4 force_batch(calls: Vec<RuntimeCall>)
    5 with_weight(call: RuntimeCall, weight: Weight)
    6 if_else(main: RuntimeCall, fallback: RuntimeCall)
  `,
  events: `
    0 BatchInterrupted { index: u32, error: DispatchError }
    1 BatchCompleted
    2 BatchCompletedWithErrors
    3 ItemCompleted
    4 ItemFailed { error: DispatchError }
    5 DispatchedAs { result: Result<(), DispatchError> }
    6 IfElseMainSuccess
    7 IfElseFallbackCalled { main_error: DispatchError }
  `,
  errors: `
    0 TooManyCalls, 1 InvalidDerivedAccount
  `,
  constants: `
    batched_calls_limit u32 = aa2a0000
  `,
};
