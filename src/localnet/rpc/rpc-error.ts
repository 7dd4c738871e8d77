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

export const parseError = (): RpcError => new RpcError(-32_700, "Parse error");
export const invalidRequest = (why: string): RpcError => new RpcError(-32_600, "Invalid request", why);
export const methodNotFound = (method: string): RpcError => new RpcError(-32_601, "Method not found", method);
export const invalidParams = (why: string): RpcError => new RpcError(-32_602, "Invalid params", why);
/** The code of sc-rpc for a block that is unknown or whose state is gone. */
export const unknownBlock = (hash: string): RpcError =>
  new RpcError(
    4_003,
    `Client error: UnknownBlock: State for block ${hash} is not here (never made, or older than what is kept)`,
  );
export const tooManySubscriptions = (limit: number): RpcError =>
  new RpcError(-32_006, "Too many subscriptions on the connection", `Exceeded max limit of ${limit}`);
