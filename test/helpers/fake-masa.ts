import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { MadePost } from "./posts.ts";

export interface FakeMasa extends AsyncDisposable {
  readonly url: string;
  readonly posts: MadePost[];
  /** Username → profile as the node gives it. */
  readonly profiles: Map<string, Record<string, unknown>>;
  /** Status and body of the next answers, instead of real ones. */
  readonly faults: { readonly status: number; readonly body: unknown }[];
  /** Whether it knows the operator `max_id:`. */
  knowsMaxId: boolean;
  readonly requests: { readonly path: string; readonly body: unknown }[];
}

/** A server on the loopback that answers like a node of Masa's protocol: `{data, workerPeerId}` or `{error, details}`. */
export async function startFakeMasa(): Promise<FakeMasa> {
  const posts: MadePost[] = [];
  const profiles = new Map<string, Record<string, unknown>>();
  const faults: { status: number; body: unknown }[] = [];
  let knowsMaxId = true;
  const requests: { path: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const body = text === "" ? undefined : (JSON.parse(text) as { query?: string; count?: number });
    const path = request.url ?? "/";
    requests.push({ path, body });
    const fault = faults.shift();
    const [status, answer] = fault === undefined ? real(path, body) : [fault.status, fault.body];
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const found = (data: unknown): [number, unknown] => [200, { data, workerPeerId: "16Uiu2" }];
  function real(path: string, body: { query?: string; count?: number } | undefined): [number, unknown] {
    const [noun, name] = path.replace("/api/v1/data/twitter/", "").split("/");
    if (noun === "profile") {
      const profile = profiles.get(name ?? "");
      return profile === undefined ? [404, { error: "No data returned" }] : found(profile);
    }
    if (noun === "tweets" && name !== "recent") {
      const post = posts.find(({ ID }) => ID === name);
      return post === undefined ? [404, { error: "No data returned" }] : found(post);
    }
    const [who = "", since = "", until = "", maxId] = (body?.query ?? "").split(" ");
    const [from, to] = [since, until].map((word) => Date.parse(`${word.split(":")[1]}T00:00:00Z`) / 1_000);
    const hits = posts
      .filter(({ Timestamp }) => Timestamp >= (from ?? 0) && Timestamp < (to ?? 0))
      .filter(({ Username, Text }) => (who.startsWith("from:") ? who === `from:${Username}` : Text.includes(who)))
      .filter(({ ID }) => !knowsMaxId || maxId === undefined || BigInt(ID) <= BigInt(maxId.slice("max_id:".length)))
      .sort((a, b) => b.Timestamp - a.Timestamp)
      .slice(0, body?.count);
    return found(hits.length === 0 ? null : hits.map((Tweet) => ({ Tweet, Error: null })));
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    profiles,
    faults,
    get knowsMaxId() {
      return knowsMaxId;
    },
    set knowsMaxId(value) {
      knowsMaxId = value;
    },
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
