import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { ColosseumError, ExitCode, messageOf } from "../../base/errors.ts";
import { Connection } from "./connection.ts";
import type { Dispatcher } from "./dispatcher.ts";

/** The largest request (a real node's default) and the most that may wait for a client that does not read. */
const MAX_REQUEST_BYTES = 15 * 1024 * 1024;
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
/** The same for all clients together. */
const MAX_UNREAD_BY_ALL_BYTES = 256 * 1024 * 1024;
/** Below this a client is not looked at more closely. */
const FEW_UNREAD_BYTES = 1024 * 1024;
const MAX_CONNECTIONS = 1_000;
/** For HTTP, and for telling one client too many that it is. */
const SPARE_CONNECTIONS = 1_000;

export interface Listener {
  /** ws://HOST:PORT */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const TOO_LARGE = JSON.stringify({
  jsonrpc: "2.0",
  id: null,
  error: { code: -32_007, message: "Request is too big", data: `Exceeded max limit of ${MAX_REQUEST_BYTES}` },
});

/**
 * Serves JSON-RPC over WebSocket and over HTTP POST on one port.
 *
 * @param port - 0 takes a free one.
 * @throws ColosseumError `localnet.port-in-use` (exit 14), `localnet.cannot-listen`.
 */
export async function listen(dispatcher: Dispatcher, host: string, port: number): Promise<Listener> {
  const http = createServer((request, response) => void answerHttp(dispatcher, request, response));
  const sockets = new WebSocketServer({ server: http, maxPayload: MAX_REQUEST_BYTES, perMessageDeflate: false });
  // Errors of the port itself are told by `bound`; the WebSocket server repeats them.
  sockets.on("error", () => undefined);
  sockets.on("connection", (socket) => {
    if (sockets.clients.size > MAX_CONNECTIONS) socket.close(1013, "too many connections");
    else serve(dispatcher, socket, () => unreadBy(sockets.clients));
  });
  http.maxConnections = MAX_CONNECTIONS + SPARE_CONNECTIONS;
  await bound(http, host, port);
  const { port: actual } = http.address() as AddressInfo;
  return {
    url: `ws://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    port: actual,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

const unreadBy = (clients: Iterable<WebSocket>): number =>
  [...clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);

/** @param unreadByAll - Bytes that wait for all clients together. */
function serve(dispatcher: Dispatcher, socket: WebSocket, unreadByAll: () => number): void {
  const send = (text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    // Whoever does not read what it asked for is let go before it costs everybody else.
    const unread = socket.bufferedAmount;
    if (unread > MAX_UNREAD_BYTES || (unread > FEW_UNREAD_BYTES && unreadByAll() > MAX_UNREAD_BY_ALL_BYTES))
      socket.terminate();
    else socket.send(text);
  };
  const connection = new Connection(send);
  socket.on("error", () => socket.terminate());
  socket.on("close", () => connection.close());
  socket.on("message", (message: Buffer) => {
    void dispatcher.answer(message.toString("utf8"), connection).then((answer) => {
      if (answer !== undefined) send(answer);
      connection.answered();
    });
  });
}

async function answerHttp(dispatcher: Dispatcher, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, body: string): void => {
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(body);
  };
  if (request.method !== "POST") return reply(405, '{"error":"JSON-RPC is asked by POST, or over WebSocket"}');
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request) {
      size += (part as Buffer).length;
      if (size > MAX_REQUEST_BYTES) return reply(413, TOO_LARGE);
      parts.push(part as Buffer);
    }
    reply(200, (await dispatcher.answer(Buffer.concat(parts).toString("utf8"), undefined)) ?? "");
  } catch {
    // The client went away in the middle of its request.
    response.destroy();
  }
}

function bound(http: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    http.listen(port, host, () => resolve());
  });
}

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): ColosseumError =>
  error.code === "EADDRINUSE"
    ? new ColosseumError(`Port ${port} on ${host} is in use.`, {
        code: "localnet.port-in-use",
        exitCode: ExitCode.io,
        hint: `Another chain may be running there. Take a free port with: colosseum localnet --port 0`,
        details: { host, port },
        cause: error,
      })
    : new ColosseumError(`Cannot listen on ${host}:${port}: ${messageOf(error)}.`, {
        code: "localnet.cannot-listen",
        exitCode: ExitCode.io,
        hint: "Choose another port with --port, or another address with --host.",
        details: { host, port },
        cause: error,
      });
