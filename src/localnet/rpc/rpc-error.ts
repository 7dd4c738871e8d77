/** A JSON-RPC error object. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export const parseError = (why?: string): RpcError => new RpcError(-32_700, "Parse error", why);
export const invalidRequest = (why: string): RpcError => new RpcError(-32_600, "Invalid request", why);
export const methodNotFound = (method: string): RpcError => new RpcError(-32_601, "Method not found", method);
export const invalidParams = (why: string): RpcError => new RpcError(-32_602, "Invalid params", why);
/** The code of sc-rpc for a block that is not there, and its words. */
const UNKNOWN_BLOCK = 4_003;
export const unknownBlock = (hash: string): RpcError =>
  new RpcError(UNKNOWN_BLOCK, `Client error: UnknownBlock: Header was not found in the database: ${hash}`);
/** For a block whose state a pruned node has dropped; clients look for these words. */
export const stateDiscarded = (hash: string): RpcError =>
  new RpcError(UNKNOWN_BLOCK, `Client error: UnknownBlock: State already discarded for ${hash}`);
export const tooManySubscriptions = (limit: number): RpcError =>
  new RpcError(-32_006, "Too many subscriptions on the connection", `Exceeded max limit of ${limit}`);
/** Codes and words of jsonrpsee, with which real nodes serve. */
export const answerTooLarge = (limit: number): RpcError =>
  new RpcError(-32_008, "Response is too big", `Exceeded max limit of ${limit}`);
export const batchAnswerTooLarge = (limit: number): RpcError =>
  new RpcError(-32_011, "The batch response was too large", `Exceeded max limit of ${limit}`);
