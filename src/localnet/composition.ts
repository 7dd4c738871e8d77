import { CORE_API_METHODS, coreApis } from "./apis/core-apis.ts";
import { RuntimeApis } from "./apis/runtime-apis.ts";
import type { CallHandler, CallHandlers } from "./engine/execution.ts";
import type { RuntimeLogic } from "./engine/logic.ts";
import { balancesCalls } from "./pallets/balances.ts";
import { systemCalls } from "./pallets/system.ts";
import { sudoCalls, utilityCalls } from "./pallets/utility.ts";
import { Runtime } from "./runtime/runtime.ts";

/** The timestamp is set by the block itself; nobody can send it. */
const timestampCalls: CallHandlers = { set: () => undefined };

const CALLS: Readonly<Record<string, CallHandlers>> = {
  System: systemCalls,
  Timestamp: timestampCalls,
  Balances: balancesCalls,
  Utility: utilityCalls,
  Sudo: sudoCalls,
};

const handlersByName = (): Map<string, CallHandler> =>
  new Map(
    Object.entries(CALLS).flatMap(([pallet, calls]) =>
      Object.entries(calls).map(([name, handler]) => [`${pallet}.${name}`, handler] as const),
    ),
  );

/** Puts the pallets together: what clients see is exactly what has an implementation. */
export function composeRuntime(): { logic: RuntimeLogic; apis: RuntimeApis } {
  const handlers = handlersByName();
  const published = new Runtime({ calls: new Set(handlers.keys()), apis: new Set([...CORE_API_METHODS]) });
  const apiHandlers = new Map(Object.entries({ ...coreApis(published) }));
  const logic: RuntimeLogic = {
    published,
    handlers,
    onInitialize: () => undefined,
    checkInPool: () => undefined,
  };
  return { logic, apis: new RuntimeApis(published, apiHandlers) };
}
