import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";

/** A running embedded chain, as the command line talks to it: one JSON-RPC call per request, over HTTP. */
export interface LocalnetClient {
  call(method: string, params?: readonly unknown[]): Promise<unknown>;
}

const METHOD_NOT_FOUND = -32_601;

/** @param endpoint - ws:// or http:// address of the chain. */
export function localnetClient(
  endpoint: string,
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
): LocalnetClient {
  const url = endpoint.replace(/^ws/, "http");
  return {
    call: async (method, params = []) => {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      const answer = await post(url, endpoint, body, options);
      if (answer.error === undefined) return answer.result;
      const { code, message, data } = answer.error;
      if (code === METHOD_NOT_FOUND) throw notALocalnet(endpoint);
      throw new ColosseumError(`The chain at ${endpoint} refused: ${typeof data === "string" ? data : message}.`, {
        code: "localnet.refused",
        exitCode: ExitCode.refused,
        hint: "See what it is doing with: colosseum localnet status",
        details: { method, rpcCode: code },
      });
    },
  };
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

async function post(
  url: string,
  endpoint: string,
  body: string,
  { timeoutMs = 600_000, signal }: { timeoutMs?: number; signal?: AbortSignal },
): Promise<Answer> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const stop = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  let text: string;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: stop,
    });
    text = await response.text();
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    throw notRunning(endpoint, thrown);
  }
  try {
    return JSON.parse(text) as Answer;
  } catch {
    throw notALocalnet(endpoint);
  }
}

const notRunning = (endpoint: string, cause: unknown): ColosseumError =>
  new ColosseumError(`No embedded chain answers at ${endpoint} (${messageOf(cause)}).`, {
    code: "localnet.not-running",
    exitCode: ExitCode.network,
    hint: "Start one with: colosseum localnet, or name its address with --network ws://…",
    details: { endpoint },
    cause,
  });

const notALocalnet = (endpoint: string): ColosseumError =>
  new ColosseumError(`What answers at ${endpoint} is not an embedded chain of colosseum.`, {
    code: "localnet.not-ours",
    exitCode: ExitCode.network,
    hint: "Start one with: colosseum localnet, or name its address with --network ws://…",
    details: { endpoint },
  });
