import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { openPreview, type Preview } from "../../../src/miner/preview.ts";

const page = (content: string) => [
  { name: "index.html", content },
  { name: "a.css", content: "p {}" },
];
let preview: Preview | undefined;
afterEach(() => preview?.close());

const ask = (url: string, headers: Record<string, string> = {}, method = "GET") =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    request(url, { headers, method }, (response) => {
      let body = "";
      response
        .setEncoding("utf8")
        .on("data", (chunk: string) => (body += chunk))
        .on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on("error", reject)
      .end();
  });

const SHUT = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36" };

describe("the preview", () => {
  it.each([
    ["Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"],
    ["an older Chromium", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/151.0.0.0 Safari/537.36"],
    ["a nameless browser", ""],
  ])("warns before it shows a stranger's page to %s, which leaves ways out open", async (_, agent) => {
    preview = await openPreview();
    const [one = ""] = preview.show([page("<p>one</p>")]);
    const warning = await ask(one, { "user-agent": agent });
    expect(warning.body).not.toContain("<iframe");
    expect((await ask(`${one}?open`, { "user-agent": agent })).body).toContain("<iframe");
  });

  it("warns nobody of a page of their own", async () => {
    preview = await openPreview();
    expect((await ask(preview.showDraft(page("<p>mine</p>")).url)).body).toContain("<iframe");
  });

  it("shows each output in a frame that lets nothing out", async () => {
    preview = await openPreview();
    const [one = "", two = ""] = preview.show([page("<p>one</p>"), page("<p>two</p>")]);
    expect(one).toMatch(/^http:\/\/127\.0\.0\.1:[0-9]+\/[0-9a-f]{32}\/$/);
    const frame = await ask(one, SHUT);
    expect(frame.body).toMatch(/<iframe sandbox="allow-scripts"/);
    expect(frame.headers["content-security-policy"]).toMatch(/frame-src 'self'/);
    const inside = await ask(`${two}index.html`);
    expect(inside.body).toBe("<p>two</p>");
    const policy = String(inside.headers["content-security-policy"]);
    for (const rule of [
      "sandbox allow-scripts",
      "default-src 'none'",
      "connect-src 'none'",
      "form-action 'none'",
      "frame-src 'none'",
    ])
      expect(policy).toContain(rule);
    expect(policy.split(two).join("")).not.toMatch(/allow-same-origin|allow-top-navigation|allow-popups|https?:|\*/);
    expect(inside.headers["connection-allowlist"]).toBe(`("${two}*")`);
    expect((await ask(`${one}a.css`)).headers["content-type"]).toMatch(/text\/css/);
  });

  it.each([
    ["a path that was guessed", (url: string) => url.replace(/[0-9a-f]{32}/, "0".repeat(32)), {}],
    ["the root", (url: string) => new URL("/", url).href, {}],
    ["a file that is not of the output", (url: string) => `${url}other.html`, {}],
    ["a folder above", (url: string) => `${url}..%2findex.html`, {}],
    ["a name bent to this address", (url: string) => url, { host: "evil.example" }],
  ])("shows nothing at %s", async (_, bend, headers) => {
    preview = await openPreview();
    const [url = ""] = preview.show([page("secret")]);
    const reply = await ask(bend(url), headers);
    expect(reply.status).toBe(404);
    expect(reply.body).not.toContain("secret");
  });

  it("takes nothing but GET, and forgets what was shown before", async () => {
    preview = await openPreview();
    const [old = ""] = preview.show([page("old")]);
    preview.show([page("new")]);
    expect((await ask(old)).status).toBe(404);
    expect((await ask(old, {}, "POST")).status).toBe(404);
  });
});
