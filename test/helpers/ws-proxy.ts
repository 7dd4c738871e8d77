import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";

/** What a proxy does with a message: pass it on, swallow it, or cut the line (before or after passing it on). */
export type Fate = "pass" | "swallow" | "cut" | "pass-then-cut";

export interface WsProxy extends AsyncDisposable {
  readonly url: string;
  /** Decides about each message of each line; replaced by a test as it goes along. */
  rule: (direction: "ask" | "answer", text: string, line: unknown) => Fate;
  cutAll(): void;
  stop(): Promise<void>;
}

/** A WebSocket proxy in front of a chain, whose faults a test decides message by message. */
export async function wsProxy(target: string): Promise<WsProxy> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  await new Promise<void>((resolve) => {
    server.on("listening", () => resolve());
  });
  const ends = new Set<WebSocket>();
  const cutAll = (): void => {
    for (const end of ends) end.terminate();
  };
  const proxy: WsProxy = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rule: () => "pass",
    cutAll,
    stop: async () => {
      cutAll();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
    [Symbol.asyncDispose]: () => proxy.stop(),
  };
  server.on("connection", (near) => {
    const far = new WebSocket(target, { perMessageDeflate: false });
    const waiting: string[] = [];
    const cut = (): void => {
      near.terminate();
      far.terminate();
    };
    for (const end of [near, far]) {
      ends.add(end);
      end.on("error", cut);
      end.on("close", () => {
        ends.delete(end);
        cut();
      });
    }
    const toFar = (text: string): void => {
      if (far.readyState === WebSocket.OPEN) far.send(text);
      else waiting.push(text);
    };
    far.on("open", () => {
      for (const text of waiting.splice(0)) far.send(text);
    });
    const obey = (fate: Fate, pass: () => void): void => {
      if (fate === "cut") cut();
      if (fate === "pass" || fate === "pass-then-cut") pass();
      // The passed message must leave before the line goes.
      if (fate === "pass-then-cut") setImmediate(() => setImmediate(cut));
    };
    near.on("message", (raw) => {
      const text = String(raw);
      obey(proxy.rule("ask", text, near), () => toFar(text));
    });
    far.on("message", (raw) => {
      const text = String(raw);
      obey(proxy.rule("answer", text, near), () => near.send(text));
    });
  });
  return proxy;
}
