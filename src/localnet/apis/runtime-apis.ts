import type { Block } from "../engine/block.ts";
import { invalidParams, RpcError } from "../rpc/rpc-error.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { ByteReader, ByteWriter } from "../scale/bytes.ts";

/** A runtime API method on the state after a block; arguments and result as the codecs have them. */
export type ApiHandler = (block: Block, args: readonly unknown[]) => unknown;
export type ApiHandlers = Readonly<Record<string, ApiHandler>>;

/** Answers state_call by the runtime's own table of methods. */
export class RuntimeApis {
  readonly #runtime: Runtime;
  readonly #handlers: ReadonlyMap<string, ApiHandler>;

  constructor(runtime: Runtime, handlers: ReadonlyMap<string, ApiHandler>) {
    this.#runtime = runtime;
    this.#handlers = handlers;
  }

  /**
   * @param name - `Api_method`.
   * @returns SCALE of the result.
   * @throws RpcError if there is no such method or the arguments do not decode.
   */
  call(name: string, bytes: Uint8Array, block: Block): Uint8Array {
    const handler = this.#handlers.get(name);
    const cut = name.indexOf("_");
    const api = this.#runtime.apis.find((candidate) => candidate.name === name.slice(0, cut));
    const method = api?.methods.find((candidate) => candidate.name === name.slice(cut + 1));
    if (handler === undefined || method === undefined) {
      throw new RpcError(4_003, `Client error: Execution failed: Other: Exported method ${name} is not found`);
    }
    const reader = new ByteReader(bytes);
    const args = method.inputs.map((input) => this.#runtime.types.codecOf(input.type).decode(reader));
    if (reader.left > 0) throw invalidParams(`${name} takes less than was given`);
    const writer = new ByteWriter();
    this.#runtime.types.codecOf(method.output).encode(writer, handler(block, args));
    return writer.finish();
  }
}
