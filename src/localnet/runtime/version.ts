import { blake2b } from "@noble/hashes/blake2.js";
import { toHex } from "../scale/bytes.ts";
import type { RuntimeApi } from "./api-table.ts";

export const SPEC_NAME = "node-subtensor";
export const SPEC_VERSION = 461;
export const TRANSACTION_VERSION = 1;

/** Versions of the runtime APIs as spec 461 counts them; clients switch features on by these (Metadata 2 means V15). */
const API_VERSION: Readonly<Record<string, number>> = {
  Core: 5,
  Metadata: 2,
  TaggedTransactionQueue: 3,
  TransactionPaymentApi: 4,
  TransactionPaymentCallApi: 4,
};

/** blake2-64 of the API's name, and its version. */
export const apiVersions = (apis: readonly RuntimeApi[]): (readonly [string, number])[] =>
  apis.map(
    ({ name }) => [toHex(blake2b(new TextEncoder().encode(name), { dkLen: 8 })), API_VERSION[name] ?? 1] as const,
  );

/** state_getRuntimeVersion's answer. */
export const runtimeVersionJson = (apis: readonly RuntimeApi[]): Readonly<Record<string, unknown>> => ({
  specName: SPEC_NAME,
  implName: SPEC_NAME,
  authoringVersion: 1,
  specVersion: SPEC_VERSION,
  implVersion: 1,
  apis: apiVersions(apis),
  transactionVersion: TRANSACTION_VERSION,
  systemVersion: 1,
  stateVersion: 1,
});
