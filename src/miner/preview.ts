import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PageFile } from "../base/ports.ts";

/** A page cannot load, send or open anything, nor reach what else runs at this address. */
const PAGE_POLICY = [
  "sandbox allow-scripts",
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "media-src data: blob:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-src 'none'",
  "webrtc 'block'",
].join("; ");
/** The frame around it may show nothing from elsewhere: that also keeps the page inside from navigating away. */
const FRAME_POLICY =
  "default-src 'none'; frame-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-dns-prefetch-control": "off",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
} as const;

/** Shows untrusted pages to a person's browser, on this machine only. */
export interface Preview {
  /** Replaces what is shown. @returns A URL for each set of files, in order; old ones answer 404. */
  show(sets: readonly (readonly PageFile[])[]): readonly string[];
  close(): Promise<void>;
}

/** Opens the preview on a free port of the loopback; its paths cannot be guessed. */
export async function openPreview(): Promise<Preview> {
  let shown = new Map<string, { title: string; files: readonly PageFile[] }>();
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    // A name that was bent to this address (DNS rebinding) does not get through.
    const host = request.headers.host ?? "";
    const [, token = "", name = ""] = /^\/([0-9a-f]{32})\/([A-Za-z0-9._-]*)$/.exec(request.url ?? "") ?? [];
    const set = shown.get(token);
    if (
      request.method !== "GET" ||
      (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) ||
      set === undefined
    ) {
      return send(response, 404, "text/plain", FRAME_POLICY, "Nothing is shown here.");
    }
    if (name === "") {
      const frame = `<!DOCTYPE html><meta charset="utf-8"><title>${set.title}</title><style>html,body,iframe{margin:0;border:0;width:100%;height:100%}</style><iframe sandbox="allow-scripts" referrerpolicy="no-referrer" src="index.html"></iframe>`;
      return send(response, 200, "text/html; charset=utf-8", FRAME_POLICY, frame);
    }
    const file = set.files.find((candidate) => candidate.name === name);
    if (file === undefined) return send(response, 404, "text/plain", PAGE_POLICY, "There is no such file.");
    return send(response, 200, typeOf(name), PAGE_POLICY, file.content);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    show: (sets) => {
      const { port } = server.address() as AddressInfo;
      shown = new Map(
        sets.map((files, index) => [randomBytes(16).toString("hex"), { title: `Output ${index + 1}`, files }]),
      );
      return [...shown.keys()].map((token) => `http://127.0.0.1:${port}/${token}/`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, type: string, policy: string, body: string): void {
  response.writeHead(status, { ...HEADERS, "content-type": type, "content-security-policy": policy });
  response.end(body);
}

const typeOf = (name: string): string => {
  if (/\.html?$/i.test(name)) return "text/html; charset=utf-8";
  if (/\.css$/i.test(name)) return "text/css; charset=utf-8";
  if (/\.m?js$/i.test(name)) return "text/javascript; charset=utf-8";
  return "text/plain; charset=utf-8";
};
