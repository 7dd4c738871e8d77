import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { openPreview } from "../../src/miner/preview.ts";
import { chromium, openBrowser } from "../helpers/browser.ts";
import { hostilePage } from "../helpers/hostile-page.ts";

/** Counts everything that arrives: requests, bare connections, datagrams. */
async function catchEverything() {
  const arrived: string[] = [];
  const page = { text: "" };
  const server = createServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "content-type": "text/html" }).end(request.url === "/" ? page.text : "caught");
  });
  server.on("connection", () => arrived.push("a connection"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket("udp4").on("message", () => arrived.push("a datagram"));
  await new Promise<void>((resolve) => datagrams.bind(port, "127.0.0.1", resolve));
  return {
    arrived,
    page,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      datagrams.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const file = (content: string, name = "index.html") => ({ name, content });

// Where there is no Chromium these are skipped: the product opens whatever browser a person has.
describe.skipIf(chromium === undefined)("a hostile page in a real browser", () => {
  it("reaches nothing from the preview: no host, no sibling page, nothing of this machine", async () => {
    await using outside = await catchEverything();
    const preview = await openPreview();
    await using browser = await openBrowser(chromium ?? "");
    const page = [file("")];
    const [url = "", sibling = ""] = preview.show([page, [file("<p>what the other wrote</p>")]]);
    page[0] = file(hostilePage(outside.url, sibling));
    await browser.open(url);
    const report = await browser.reported();
    await browser.stands(/chrome-error/);
    await preview.close();
    // Datagrams of WebRTC would be here by now: the attempts without an answer had three seconds.
    expect(outside.arrived).toEqual([]);
    expect(report).not.toContain("what the other wrote");
    const got = JSON.parse(report) as Record<string, string>;
    expect(Object.entries(got).filter(([, outcome]) => outcome === "reached")).toEqual([]);
    // The page did run: attempts that have no answer to wait for came back.
    expect(got["image"]).toBe("sent");
  });

  it("does reach out where nothing holds it: the attempts are real", async () => {
    await using outside = await catchEverything();
    await using browser = await openBrowser(chromium ?? "");
    outside.page.text = hostilePage(outside.url, `${outside.url}/`).replace(/attempt\("(?:form|link|top)".*\n/g, "");
    await browser.open(`${outside.url}/`);
    const got = JSON.parse(await browser.reported()) as Record<string, string>;
    expect(got).toMatchObject({ fetch: "reached", xhr: "reached", worker: "reached", rtc: "started" });
    expect(outside.arrived).toEqual(
      expect.arrayContaining(["GET /img", "GET /script", "GET /iframe", "POST /beacon", "a datagram"]),
    );
  });

  it("shows a page with the other files of its set, and a draft anew after each change", async () => {
    const preview = await openPreview();
    await using browser = await openBrowser(chromium ?? "");
    const tell = 'console.debug(getComputedStyle(document.body).color + " " + globalThis.word)';
    const set = (word: string) => [
      file(`<link rel="stylesheet" href="a.css"><script src="b.js"></script><body><script>onload=()=>${tell}</script>`),
      file("body { color: rgb(1, 2, 3) }", "a.css"),
      file(`globalThis.word = "${word}"`, "b.js"),
    ];
    const draft = preview.showDraft(set("one"));
    await browser.open(draft.url);
    expect(await browser.reported()).toBe("rgb(1, 2, 3) one");
    draft.change(set("two"));
    expect(await browser.reported()).toBe("rgb(1, 2, 3) two");
    await preview.close();
  });
});
