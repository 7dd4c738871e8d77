import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ColosseumError, ExitCode } from "../base/errors.ts";

export interface AdminPages {
  /** Whether all is well, and what is not. */
  readonly health: () => { readonly ok: boolean; readonly [key: string]: unknown };
  /** Prometheus text. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

export interface Admin extends AsyncDisposable {
  readonly url: string;
}

const isLoopback = (address: string): boolean => address === "::1" || /^(::ffff:)?127\./.test(address);

/**
 * Serves `GET /healthz` (200 or 503, JSON) and `GET /metrics` on a loopback address: these pages tell of an operator's
 * business, and nobody who asks them is asked who they are.
 *
 * @throws ColosseumError `ops.admin-not-loopback` (2), `ops.admin-cannot-listen` (14).
 */
export async function startAdmin(listen: { host: string; port: number }, pages: AdminPages): Promise<Admin> {
  const { host, port } = listen;
  if (host !== "localhost" && !isLoopback(host)) {
    throw new ColosseumError(`The admin pages are for this machine only, and ${host} is not a loopback address.`, {
      code: "ops.admin-not-loopback",
      exitCode: ExitCode.usage,
      hint: "Use --admin 127.0.0.1:9102, and a tunnel or a scraper on this machine.",
    });
  }
  const server = createServer((request, reply) => {
    answer(request, reply, pages).catch(() => {
      if (!reply.headersSent) reply.writeHead(500);
      reply.end();
    });
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        new ColosseumError(`Cannot listen on ${host}:${port} for the admin pages: ${error.code ?? error.message}.`, {
          code: "ops.admin-cannot-listen",
          exitCode: ExitCode.io,
          hint: "Choose another port with --admin HOST:PORT; port 0 takes a free one.",
          details: { host, port },
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, reply: ServerResponse, pages: AdminPages): Promise<void> {
  const send = (status: number, contentType: string, body: string): void => {
    reply.writeHead(status, { "content-type": contentType, "cache-control": "no-store" });
    reply.end(request.method === "HEAD" ? undefined : body);
  };
  const [path] = (request.url ?? "").split("?");
  if (request.method !== "GET" && request.method !== "HEAD") return send(405, "text/plain", "GET only\n");
  // A page in somebody's browser can reach this port under a name of its own, but never under ours.
  const asked = (request.headers.host ?? "").replace(/:[0-9]+$/, "").replace(/^\[|\]$/g, "");
  if (asked !== "localhost" && !isLoopback(asked)) return send(403, "text/plain", "This machine only\n");
  if (path === "/healthz") {
    const health = pages.health();
    return send(health.ok ? 200 : 503, "application/json", `${JSON.stringify(health)}\n`);
  }
  if (path === "/metrics") {
    const { contentType, body } = await pages.metrics();
    return send(200, contentType, body);
  }
  return send(404, "text/plain", "There are /healthz and /metrics\n");
}
