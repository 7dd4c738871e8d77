import WebSocket from "ws";
import { messageOf } from "../base/errors.ts";
import { NotAChainError } from "./errors.ts";

/** The largest message a node may send; full metadata is half a megabyte, a large metagraph a few. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** A line that stays silent to a ping this long is dead, whatever the operating system believes. */
const PING_EVERY_MS = 15_000;

/** Why a line ended. */
export type LineEnd =
  | { readonly kind: "dropped"; readonly reason: string }
  | { readonly kind: "garbage"; readonly error: NotAChainError };

/** One open WebSocket: text in, text out, a heartbeat, one end. */
export interface Line {
  readonly endpoint: string;
  readonly ended: boolean;
  send(text: string): void;
  /** Ends it at once; `onEnd` is called. */
  cut(end: LineEnd): void;
  /** Ends it politely; `onEnd` is not called. */
  close(): void;
}

export interface LineListeners {
  readonly onMessage: (message: unknown) => void;
  readonly onEnd: (line: Line, end: LineEnd) => void;
}

/**
 * Opens one WebSocket and keeps watch over it.
 *
 * @param connectTimeoutMs - For TCP, TLS and the upgrade together.
 * @throws Error with a short reason ("connection refused", "no answer within 5 s") if it cannot be opened.
 */
export function openLine(endpoint: string, connectTimeoutMs: number, listeners: LineListeners): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(endpoint, {
      handshakeTimeout: connectTimeoutMs,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    });
    let alive = true;
    let ended = false;
    let opened = false;
    const heartbeat = setInterval(() => {
      if (!alive) {
        cut({ kind: "dropped", reason: "it stopped answering pings" });
        return;
      }
      alive = false;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }, PING_EVERY_MS);
    heartbeat.unref();
    const cut = (end: LineEnd): void => {
      if (ended) return;
      ended = true;
      clearInterval(heartbeat);
      socket.terminate();
      if (opened) listeners.onEnd(line, end);
      else reject(new Error(end.kind === "dropped" ? end.reason : messageOf(end.error)));
    };
    const line: Line = {
      endpoint,
      get ended() {
        return ended;
      },
      send: (text) => {
        if (!ended) socket.send(text);
      },
      cut,
      close: () => {
        if (ended) return;
        ended = true;
        clearInterval(heartbeat);
        socket.close();
        // A peer that ignores the closing handshake must not hold the process.
        setTimeout(() => socket.terminate(), 500).unref();
      },
    };
    socket.on("open", () => {
      opened = true;
      resolve(line);
    });
    socket.on("pong", () => {
      alive = true;
    });
    socket.on("message", (raw, isBinary) => {
      alive = true;
      if (ended) return;
      let message: unknown;
      try {
        if (isBinary) throw new Error("a binary message");
        message = JSON.parse(String(raw));
      } catch (error) {
        cut({ kind: "garbage", error: new NotAChainError(endpoint, `it sent ${shortReason(error)}`) });
        return;
      }
      listeners.onMessage(message);
    });
    socket.on("error", (error) => cut({ kind: "dropped", reason: plainReason(error, connectTimeoutMs) }));
    socket.on("close", (code) => cut({ kind: "dropped", reason: `closed by the other side, code ${code}` }));
  });
}

const shortReason = (error: unknown): string =>
  error instanceof SyntaxError ? "text that is not JSON" : messageOf(error);

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "unknown host",
  EAI_AGAIN: "the host's name cannot be looked up now",
  ECONNRESET: "connection reset",
  ETIMEDOUT: "timed out",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  EPIPE: "connection reset",
};

function plainReason(error: Error, timeoutMs: number): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (/handshake has timed out/.test(error.message)) return `no answer within ${timeoutMs / 1_000} s`;
  if (code === "EPROTO" || code.startsWith("ERR_SSL")) return "it does not speak TLS; try ws:// instead of wss://";
  return REASONS[code] ?? (error.message || code || "it broke");
}
