import { ColosseumError } from "../base/errors.ts";
import { ChainShapeError, ChainUnsupportedError } from "./errors.ts";
import { type Plain, plainNumber, plainRecord, plainText } from "./plain.ts";
import type { Rpc } from "./rpc.ts";
import { Runtime } from "./runtime.ts";

/** Metadata 15 carries the runtime APIs; nothing older does. */
const METADATA_VERSION = 15;

/** Reads version and metadata from the chain itself. @throws ChainUnsupportedError without metadata 15, ChainShapeError. */
export async function fetchRuntime(rpc: Rpc): Promise<Runtime> {
  const [version, answer] = await Promise.all([
    rpc.call("state_getRuntimeVersion"),
    rpc.call("state_call", [
      "Metadata_metadata_at_version",
      `0x${METADATA_VERSION.toString(16).padStart(2, "0")}000000`,
    ]),
  ]);
  const { specName, specVersion, transactionVersion } = plainRecord(version as Plain, "the runtime's version");
  // Option<OpaqueMetadata>: a presence byte, a compact length, then the prefixed metadata itself.
  const start = typeof answer === "string" ? answer.indexOf("6d657461") : -1;
  if (typeof answer !== "string" || !answer.startsWith("0x01") || start < 0) {
    throw new ChainUnsupportedError("metadata", `version ${METADATA_VERSION}`);
  }
  try {
    const runtime = new Runtime(`0x${answer.slice(start)}`, {
      specName: plainText(specName, "the runtime's name"),
      specVersion: plainNumber(specVersion, "the runtime's version"),
      transactionVersion: plainNumber(transactionVersion, "the transaction version"),
    });
    if (runtime.hasStorage("System", "Account")) return runtime;
    throw new ChainShapeError("its metadata", "a pallet System");
  } catch (error) {
    if (error instanceof ColosseumError) throw error;
    throw Object.assign(new ChainShapeError("its metadata", `metadata version ${METADATA_VERSION}`), { cause: error });
  }
}
