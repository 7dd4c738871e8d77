import { messageOf } from "../../base/errors.ts";
import { InvalidTransaction } from "../engine/invalid-transaction.ts";
import { DecodeError } from "../scale/bytes.ts";
import type { Connection } from "./connection.ts";
import { Params } from "./params.ts";
import { hostileShape } from "./request-shape.ts";
import {
  batchAnswerTooLarge,
  invalidParams,
  invalidRequest,
  methodNotFound,
  parseError,
  RpcError,
} from "./rpc-error.ts";

/** A method; `connection` is absent over HTTP, where nothing can be subscribed to. */
export type RpcMethod = (params: Params, connection: Connection | undefined) => unknown;
export type RpcMethods = Readonly<Record<string, RpcMethod>>;

/** Calls in one batch. */
const MAX_BATCH = 256;
/** Characters of all answers to one batch. */
const MAX_BATCH_ANSWER = 32 * 1024 * 1024;

type Id = string | number | null;

const idOf = (request: unknown): Id => {
  const id = typeof request === "object" && request !== null && "id" in request ? request.id : null;
  return typeof id === "string" || typeof id === "number" ? id : null;
};

const asRpcError = (thrown: unknown): RpcError => {
  if (thrown instanceof RpcError) return thrown;
  if (thrown instanceof InvalidTransaction) return new RpcError(thrown.code, thrown.message, thrown.detail);
  if (thrown instanceof DecodeError) return invalidParams(thrown.message);
  return new RpcError(-32_603, "Internal error", messageOf(thrown));
};

const failure = (id: Id, thrown: unknown): string => {
  const { code, message, data } = asRpcError(thrown);
  return JSON.stringify({
    jsonrpc: "2.0",
    id,
    error: data === undefined ? { code, message } : { code, message, data },
  });
};

/** Answers JSON-RPC 2.0 texts: one call or a batch. Never throws, whatever the text is. */
export class Dispatcher {
  readonly #methods: ReadonlyMap<string, RpcMethod>;

  constructor(methods: RpcMethods) {
    this.#methods = new Map(Object.entries(methods));
  }

  /** @returns The answer, or undefined where none is due (notifications). */
  async answer(text: string, connection: Connection | undefined): Promise<string | undefined> {
    const hostile = hostileShape(text);
    if (hostile !== undefined) return failure(null, parseError(hostile));
    let request: unknown;
    try {
      request = JSON.parse(text);
    } catch {
      return failure(null, parseError());
    }
    if (!Array.isArray(request)) return this.#one(request, connection);
    if (request.length === 0) return failure(null, invalidRequest("an empty batch"));
    if (request.length > MAX_BATCH) return failure(null, invalidRequest(`a batch holds at most ${MAX_BATCH} calls`));
    const answers: string[] = [];
    let size = 0;
    for (const call of request) {
      const answer = await this.#one(call, connection);
      if (answer === undefined) continue;
      answers.push(answer);
      size += answer.length;
      if (size > MAX_BATCH_ANSWER) return failure(null, batchAnswerTooLarge(MAX_BATCH_ANSWER));
    }
    return answers.length === 0 ? undefined : `[${answers.join(",")}]`;
  }

  async #one(request: unknown, connection: Connection | undefined): Promise<string | undefined> {
    const id = idOf(request);
    try {
      if (
        typeof request !== "object" ||
        request === null ||
        !("method" in request) ||
        typeof request.method !== "string"
      ) {
        throw invalidRequest("a call is an object with a method");
      }
      const params =
        "params" in request && request.params !== undefined && request.params !== null ? request.params : [];
      if (!Array.isArray(params)) throw invalidParams("parameters are a list");
      const method = this.#methods.get(request.method);
      if (method === undefined) throw methodNotFound(request.method);
      const result: unknown = await method(new Params(params), connection);
      return "id" in request ? JSON.stringify({ jsonrpc: "2.0", id, result: result ?? null }) : undefined;
    } catch (thrown) {
      return failure(id, thrown);
    }
  }
}
