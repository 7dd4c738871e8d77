import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PageFile } from "../base/ports.ts";

/** A page can load the other files of its own set and nothing else; it cannot send, open or navigate to anything. */
const pagePolicy = (own: string): string =>
  [
    "sandbox allow-scripts",
    "default-src 'none'",
    `script-src 'unsafe-inline' 'unsafe-eval' ${own}`,
    `style-src 'unsafe-inline' ${own}`,
    `img-src data: blob: ${own}`,
    `font-src data: ${own}`,
    `media-src data: blob: ${own}`,
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "webrtc 'block'",
  ].join("; ");
/**
 * No content security policy covers connections made ahead of use (`rel=preconnect`) and WebRTC: with them a page could
 * tell its author that somebody looks at it, and from which address. This header does, in Chromium from 152 on.
 * @see https://wicg.github.io/connection-allowlists/
 */
const CONNECTIONS = "connection-allowlist";
const FIRST_WITH_ALLOWLIST = 152;
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
/** How long a browser's question whether a draft has changed stays open. */
const HOLD_MS = 25_000;

/** Shows untrusted pages to a person's browser, on this machine only. */
export interface Preview {
  /** Replaces what is shown. @returns A URL for each set of files, in order; old ones answer 404. */
  show(sets: readonly (readonly PageFile[])[]): readonly string[];
  /** Replaces what is shown by one set that goes on changing; the browser shows each change by itself. */
  showDraft(files: readonly PageFile[]): { readonly url: string; change(files: readonly PageFile[]): void };
  close(): Promise<void>;
}

interface Shown {
  readonly title: string;
  files: readonly PageFile[];
  /** Counts the changes of a draft; undefined where nothing changes. */
  version: number | undefined;
  readonly waiting: Set<() => void>;
}

const shownAs = (title: string, files: readonly PageFile[], version?: number): Shown => ({
  title,
  files,
  version,
  waiting: new Set(),
});

/** Opens the preview on a free port of the loopback; its paths cannot be guessed. */
export async function openPreview(): Promise<Preview> {
  let shown = new Map<string, Shown>();
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    // A name that was bent to this address (DNS rebinding) does not get through.
    const host = request.headers.host ?? "";
    const [, token = "", name = "", query = ""] =
      /^\/([0-9a-f]{32})\/(~changed|[A-Za-z0-9._-]*)(?:\?([0-9]*|open))?$/.exec(request.url ?? "") ?? [];
    const set = shown.get(token);
    if (
      request.method !== "GET" ||
      (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) ||
      set === undefined
    ) {
      return send(response, 404, "text/plain", FRAME_POLICY, "Nothing is shown here.");
    }
    if (name === "~changed") return tellChange(set, Number(query), response);
    if (name === "") {
      // A draft is the person's own page: there is no stranger to warn of.
      if (set.version === undefined && query !== "open" && !keepsShut(request.headers["user-agent"] ?? ""))
        return send(response, 200, "text/html; charset=utf-8", FRAME_POLICY, WARNING);
      const nonce = randomBytes(16).toString("base64");
      const policy =
        set.version === undefined ? FRAME_POLICY : `${FRAME_POLICY}; script-src 'nonce-${nonce}'; connect-src 'self'`;
      return send(response, 200, "text/html; charset=utf-8", policy, frameOf(set, nonce));
    }
    const own = `http://${host}/${token}/`;
    const file = set.files.find((candidate) => candidate.name === name);
    if (file === undefined) return send(response, 404, "text/plain", pagePolicy(own), "There is no such file.");
    return send(response, 200, typeOf(name), pagePolicy(own), file.content, {
      [CONNECTIONS]: `("${own}*")`,
      // The sandbox makes the page a stranger to its own files; their names cannot be guessed by others.
      "cross-origin-resource-policy": "cross-origin",
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const replace = (sets: readonly Shown[]): string[] => {
    const { port } = server.address() as AddressInfo;
    for (const { waiting } of shown.values()) for (const wake of waiting) wake();
    shown = new Map(sets.map((set) => [randomBytes(16).toString("hex"), set]));
    return [...shown.keys()].map((token) => `http://127.0.0.1:${port}/${token}/`);
  };
  return {
    show: (sets) => replace(sets.map((files, index) => shownAs(`Output ${index + 1}`, files))),
    showDraft: (files) => {
      const draft = shownAs("Draft", files, 0);
      const [url = ""] = replace([draft]);
      return {
        url,
        change: (next) => {
          draft.files = next;
          draft.version = (draft.version ?? 0) + 1;
          for (const wake of draft.waiting) wake();
        },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with the draft's version as soon as it is another than `since`, or after a while. */
function tellChange(set: Shown, since: number, response: ServerResponse): void {
  const answer = (): void => {
    clearTimeout(timer);
    set.waiting.delete(answer);
    send(response, 200, "text/plain", FRAME_POLICY, String(set.version ?? 0));
  };
  const timer = setTimeout(answer, HOLD_MS);
  if (set.version !== since) answer();
  else {
    set.waiting.add(answer);
    response.once("close", () => {
      clearTimeout(timer);
      set.waiting.delete(answer);
    });
  }
}

/** The page around a set: a frame with its first page, and for a draft the script that reloads the frame. */
function frameOf({ title, files, version }: Shown, nonce: string): string {
  const first =
    files.find(({ name }) => name.toLowerCase() === "index.html") ??
    files.find(({ name }) => /\.html?$/i.test(name)) ??
    files[0];
  const frame = `<!DOCTYPE html><meta charset="utf-8"><title>${title}</title><style>html,body,iframe{margin:0;border:0;width:100%;height:100%}</style><iframe sandbox="allow-scripts" referrerpolicy="no-referrer" src="${first?.name ?? "index.html"}"></iframe>`;
  if (version === undefined) return frame;
  const follow = `let seen=${version};const frame=document.querySelector("iframe"),file=frame.getAttribute("src");for(;;){try{const answer=await fetch("~changed?"+seen);if(!answer.ok)break;const now=Number(await answer.text());if(now!==seen){seen=now;frame.src=file+"?"+now}}catch{await new Promise((resolve)=>setTimeout(resolve,1000))}}`;
  return `${frame}<script type="module" nonce="${nonce}">${follow}</script>`;
}

/** Whether a browser obeys the header that closes the last two ways out. */
const keepsShut = (userAgent: string): boolean =>
  Number(/\b(?:Headless)?Chrom(?:e|ium)\/([0-9]+)/.exec(userAgent)?.[1] ?? 0) >= FIRST_WITH_ALLOWLIST;

const WARNING = `<!DOCTYPE html><meta charset="utf-8"><title>Before it is shown</title><p>This page was made by a stranger. It cannot load or send anything here, but this browser does not keep it from opening a connection (WebRTC, preconnect): its author could learn that somebody looks at it, and from which address. Chromium and Chrome from version ${FIRST_WITH_ALLOWLIST} on do.</p><p><a href="?open">Show it all the same</a>, or read it in the terminal.</p>`;

function send(
  response: ServerResponse,
  status: number,
  type: string,
  policy: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...HEADERS, "content-type": type, "content-security-policy": policy, ...more });
  response.end(body);
}

const typeOf = (name: string): string => {
  if (/\.html?$/i.test(name)) return "text/html; charset=utf-8";
  if (/\.css$/i.test(name)) return "text/css; charset=utf-8";
  if (/\.m?js$/i.test(name)) return "text/javascript; charset=utf-8";
  return "text/plain; charset=utf-8";
};
