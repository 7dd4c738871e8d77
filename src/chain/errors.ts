import { ColosseumError, ExitCode } from "../base/errors.ts";
import { showDuration } from "../base/units.ts";

/** No endpoint of the list takes part: refused, unknown host, broken handshake, or the line breaks again and again. */
export class ChainUnreachableError extends ColosseumError {
  constructor(attempts: readonly { readonly endpoint: string; readonly reason: string }[], cause?: unknown) {
    const said = attempts.map(({ endpoint, reason }) => `${endpoint} (${reason})`).join(", ");
    super(`No chain answers at ${said}.`, {
      code: "chain.unreachable",
      exitCode: ExitCode.network,
      hint: attempts.some(({ endpoint }) => /\/\/(127\.|localhost|\[::1\])/.test(endpoint))
        ? "Start an embedded chain with: colosseum localnet, or choose another with --network finney|test|ws://…"
        : "Check the connection, or choose another endpoint with --network ws://…",
      details: { endpoints: attempts },
      cause,
    });
  }
}

/** The other side took the question and did not answer in time. */
export class ChainDeadlineError extends ColosseumError {
  constructor(what: string, endpoint: string, afterMs: number, details: Readonly<Record<string, unknown>> = {}) {
    super(`The chain at ${endpoint} did not answer ${what} within ${showDuration(afterMs)}.`, {
      code: "chain.deadline",
      exitCode: ExitCode.timeout,
      hint: "Try again, or choose another endpoint with --network ws://…",
      details: { what, endpoint, afterMs, ...details },
    });
  }
}

/** Something is listening there, but it does not speak JSON-RPC. */
export class NotAChainError extends ColosseumError {
  constructor(endpoint: string, why: string) {
    super(`What answers at ${endpoint} is not a chain: ${why}.`, {
      code: "chain.not-a-chain",
      exitCode: ExitCode.network,
      hint: "Check the endpoint; a subtensor's is a ws:// or wss:// address, often port 9944.",
      details: { endpoint, why },
    });
  }
}

/** A JSON-RPC error object, as it came. Translated by those who know what was asked. */
export class ChainRpcError extends ColosseumError {
  readonly rpcCode: number;
  readonly rpcMessage: string;
  readonly rpcData: unknown;

  constructor(method: string, error: { readonly code: number; readonly message: string; readonly data?: unknown }) {
    const data = typeof error.data === "string" && error.data !== "" ? ` (${error.data})` : "";
    super(`The chain answered ${method} with an error: ${error.message}${data}.`, {
      code: "chain.rpc-error",
      exitCode: ExitCode.network,
      hint: "The node may be too old or restrict this method; another endpoint may help: --network ws://…",
      details: { method, rpcCode: error.code, rpcMessage: error.message },
    });
    this.rpcCode = error.code;
    this.rpcMessage = error.message;
    this.rpcData = error.data;
  }
}

/** The connection broke while something was on its way that must not be sent twice. */
export class ChainInterruptedError extends ColosseumError {
  constructor(method: string, endpoint: string) {
    super(`The connection to ${endpoint} broke during ${method}.`, {
      code: "chain.interrupted",
      exitCode: ExitCode.network,
      hint: "Ask the chain what happened before you try again.",
      details: { method, endpoint },
    });
  }
}

/** The client was closed by its owner while the question was open, as at Ctrl-C. */
export class ChainClosedError extends ColosseumError {
  constructor(method: string) {
    super(`The chain connection was closed before ${method} was answered.`, {
      code: "chain.closed",
      exitCode: ExitCode.network,
      hint: "Connect again and ask once more.",
    });
    // The name by which everybody knows that nothing failed: it was stopped.
    this.name = "AbortError";
  }
}

/** A value that does not fit the chain's type, such as an amount beyond 64 bits. */
export class ChainArgumentError extends ColosseumError {
  constructor(call: string, cause: unknown) {
    super(`A value does not fit what ${call} takes.`, {
      code: "chain.bad-argument",
      exitCode: ExitCode.invalid,
      hint: "Look at the amounts and addresses that were given.",
      details: { call },
      cause,
    });
  }
}

/** The chain's metadata has no such call, storage, runtime API or constant. */
export class ChainUnsupportedError extends ColosseumError {
  constructor(kind: "call" | "storage" | "runtime API" | "constant" | "metadata", name: string) {
    super(`This chain has no ${kind} ${name}.`, {
      code: "chain.unsupported",
      exitCode: ExitCode.refused,
      hint: "It is older or newer than what colosseum knows, or an embedded chain without that part.",
      details: { kind, name },
    });
  }
}

/** The chain answered, but not in a shape its own metadata promises or a client can use. */
export class ChainShapeError extends ColosseumError {
  constructor(what: string, expected: string) {
    super(`The chain's answer about ${what} cannot be read: expected ${expected}.`, {
      code: "chain.unexpected-shape",
      exitCode: ExitCode.network,
      hint: "Another endpoint of the same network may help: --network ws://…",
      details: { what, expected },
    });
  }
}

/** The subnet does not exist on this chain. */
export class SubnetMissingError extends ColosseumError {
  constructor(netuid: number) {
    super(`There is no subnet ${netuid} on this chain.`, {
      code: "chain.subnet-not-exists",
      exitCode: ExitCode.refused,
      hint: "See which there are: colosseum subnet list",
      details: { netuid },
    });
  }
}
