import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An account of the fake X. */
export interface FakeUser {
  readonly id: string;
  username: string;
  followers: number;
  createdAt: string;
  description: string;
}

/** A post of the fake X; counters may be changed at any time. */
export interface FakePost {
  readonly id: string;
  readonly authorId: string;
  readonly text: string;
  readonly createdAt: string;
  likes: number;
  replies: number;
  retweets: number;
  views: number;
  readonly replyTo?: string;
}

/** What goes wrong with one answer, once. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | { readonly raw: string }
  | { readonly cut: true };

export interface FakeX extends AsyncDisposable {
  readonly url: string;
  readonly users: FakeUser[];
  readonly posts: FakePost[];
  /** Answers that are taken before any real one, in order. */
  readonly faults: Fault[];
  /** `METHOD path?query` of every request. */
  readonly requests: string[];
  readonly authorizations: (string | undefined)[];
  /** Posts of one page, at most what was asked for. */
  pageSize: number;
  user(fields: Partial<FakeUser> & { readonly id: string }): FakeUser;
  post(fields: Partial<FakePost> & { readonly id: string; readonly authorId: string }): FakePost;
}

export const FAKE_TOKEN = "fake-bearer-token";

/** A server on the loopback that answers like X's API v2, with faults on demand. */
export async function startFakeX(): Promise<FakeX> {
  const users: FakeUser[] = [];
  const posts: FakePost[] = [];
  const faults: Fault[] = [];
  const requests: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers.authorization);
    const fault = faults.shift();
    if (fault !== undefined) return answerFault(response, fault);
    if (request.headers.authorization !== `Bearer ${FAKE_TOKEN}`) {
      return send(response, 401, { title: "Unauthorized", type: "about:blank", status: 401, detail: "Unauthorized" });
    }
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://x");
    const parts = url.pathname.split("/").filter(Boolean);
    const [, noun, name, verb] = parts;
    if (request.method === "POST" && url.pathname === "/2/tweets") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { text } = JSON.parse(Buffer.concat(chunks).toString()) as { text: string };
      const made = fake.post({ id: String(9_000 + posts.length), authorId: users[0]?.id ?? "1", text });
      return send(response, 201, { data: { id: made.id, text } });
    }
    if (noun === "tweets") {
      const post = posts.find(({ id }) => id === name);
      return send(
        response,
        200,
        post === undefined ? notFound("tweet", name) : { data: tweet(post), includes: includes([post]) },
      );
    }
    if (noun === "users" && name === undefined) {
      const ids = (url.searchParams.get("ids") ?? "").split(",");
      const found = ids.flatMap((id) => users.find((user) => user.id === id) ?? []);
      return send(response, 200, found.length === 0 ? notFound("user", ids[0]) : { data: found.map(profile) });
    }
    if (verb === "tweets" || verb === "mentions") return timeline(response, url, name ?? "", verb);
    return send(response, 404, { title: "Not Found", status: 404 });
  }

  function timeline(response: ServerResponse, url: URL, userId: string, verb: "tweets" | "mentions"): void {
    const since = Date.parse(url.searchParams.get("start_time") ?? "1970-01-01T00:00:00Z");
    const name = users.find(({ id }) => id === userId)?.username ?? "";
    const mine = posts
      .filter((post) =>
        verb === "tweets" ? post.authorId === userId : post.text.includes(`@${name}`) && post.authorId !== userId,
      )
      .filter((post) => Date.parse(post.createdAt) >= since)
      .sort((a, b) => Number(BigInt(b.id) - BigInt(a.id)));
    const from = Number(/^page-(\d+)$/.exec(url.searchParams.get("pagination_token") ?? "page-0")?.[1] ?? 0);
    const size = Math.min(fake.pageSize, Number(url.searchParams.get("max_results") ?? 10));
    const page = mine.slice(from, from + size);
    const more = from + size < mine.length ? { next_token: `page-${from + size}` } : {};
    const meta = { result_count: page.length, newest_id: page[0]?.id, oldest_id: page.at(-1)?.id, ...more };
    send(
      response,
      200,
      page.length === 0 ? { meta: { result_count: 0 } } : { data: page.map(tweet), includes: includes(page), meta },
    );
  }

  const tweet = (post: FakePost) => ({
    id: post.id,
    text: post.text,
    author_id: post.authorId,
    created_at: post.createdAt,
    conversation_id: post.replyTo ?? post.id,
    edit_history_tweet_ids: [post.id],
    entities: {
      mentions: [...post.text.matchAll(/@([A-Za-z0-9_]{1,15})/g)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        username: match[1],
        id: users.find(({ username }) => username === match[1])?.id ?? "0",
      })),
    },
    public_metrics: {
      retweet_count: post.retweets,
      reply_count: post.replies,
      like_count: post.likes,
      quote_count: 0,
      bookmark_count: 0,
      impression_count: post.views,
    },
    ...(post.replyTo === undefined ? {} : { referenced_tweets: [{ type: "replied_to", id: post.replyTo }] }),
  });
  const profile = (user: FakeUser) => ({
    id: user.id,
    name: user.username,
    username: user.username,
    created_at: user.createdAt,
    description: user.description,
    public_metrics: { followers_count: user.followers, following_count: 1, tweet_count: 1, listed_count: 0 },
  });
  const includes = (page: readonly FakePost[]) => ({
    users: users.filter(({ id }) => page.some(({ authorId }) => authorId === id)).map(profile),
  });

  const fake: FakeX = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    users,
    posts,
    faults,
    requests,
    authorizations,
    pageSize: 100,
    user: (fields) => {
      const made = {
        username: `user_${fields.id}`,
        followers: 10,
        createdAt: "2020-01-01T00:00:00.000Z",
        description: "An automated agent.",
        ...fields,
      };
      users.push(made);
      return made;
    },
    post: (fields) => {
      const made = {
        text: `post ${fields.id}`,
        createdAt: new Date().toISOString(),
        likes: 0,
        replies: 0,
        retweets: 0,
        views: 0,
        ...fields,
      };
      posts.push(made);
      return made;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

const notFound = (kind: string, value: string | undefined) => ({
  errors: [
    {
      value,
      detail: `Could not find ${kind} with id: [${value}].`,
      title: "Not Found Error",
      resource_type: kind,
      parameter: "id",
      resource_id: value,
      type: "https://api.x.com/2/problems/resource-not-found",
    },
  ],
});

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function answerFault(response: ServerResponse, fault: Fault): void {
  if ("cut" in fault) {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"data": [');
    setImmediate(() => response.destroy());
  } else if ("raw" in fault) {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(fault.raw);
  } else {
    response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
    response.end(fault.body ?? JSON.stringify({ title: "Fault", detail: "made for a test" }));
  }
}
