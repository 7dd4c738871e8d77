import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

export interface Ask {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
  readonly socket: WebSocket;
  /** How many questions this server has had, this one included. */
  readonly count: number;
  answer(result: unknown): void;
  fail(code: number, message: string, data?: unknown): void;
}

export interface FakeNode extends AsyncDisposable {
  readonly url: string;
  /** Methods asked so far, in order. */
  readonly asked: readonly string[];
  readonly connections: () => number;
  /** Ends every open connection without a closing handshake. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** A JSON-RPC server over WebSocket whose every answer a test decides. */
export async function fakeNode(onAsk: (ask: Ask) => void, port = 0): Promise<FakeNode> {
  const server = new WebSocketServer({ host: "127.0.0.1", port });
  await new Promise<void>((resolve) => {
    server.on("listening", () => resolve());
  });
  const asked: string[] = [];
  let connections = 0;
  server.on("connection", (socket) => {
    connections += 1;
    socket.on("error", () => undefined);
    socket.on("message", (raw) => {
      const { id, method, params } = JSON.parse(String(raw)) as { id: number; method: string; params: unknown[] };
      asked.push(method);
      const send = (body: object): void => socket.send(JSON.stringify({ jsonrpc: "2.0", id, ...body }));
      onAsk({
        id,
        method,
        params,
        socket,
        count: asked.length,
        answer: (result) => send({ result }),
        fail: (code, message, data) => send({ error: { code, message, ...(data === undefined ? {} : { data }) } }),
      });
    });
  });
  const cutAll = (): void => {
    for (const socket of server.clients) socket.terminate();
  };
  const stop = async (): Promise<void> => {
    cutAll();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    connections: () => connections,
    cutAll,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
}
