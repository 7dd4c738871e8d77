import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ModelRequest {
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly stream?: boolean;
    readonly [key: string]: unknown;
  };
}

/** One answer of the fake endpoint, in every way in which a real one may answer. */
export type ModelAnswer =
  | {
      readonly text: string;
      readonly usage?: { readonly input: number; readonly output: number };
      readonly finish?: "stop" | "length";
    }
  | { readonly status: number; readonly body?: string; readonly retryAfter?: string }
  | { readonly raw: string; readonly type?: string }
  | { readonly cutAfter: string }
  | { readonly silent: true }
  | { readonly endless: true; readonly piece?: string };

export interface FakeModel extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: readonly ModelRequest[];
}

/** An endpoint that speaks OpenAI's chat completions on the loopback; `answer` decides each reply. */
export async function startFakeModel(
  answer: (request: ModelRequest, count: number) => ModelAnswer,
  options: { readonly stream?: boolean } = {},
): Promise<FakeModel> {
  const requests: ModelRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const seen: ModelRequest = {
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    };
    requests.push(seen);
    const reply = answer(seen, requests.length);
    if ("silent" in reply) return;
    if ("status" in reply) {
      response.writeHead(reply.status, reply.retryAfter === undefined ? {} : { "retry-after": reply.retryAfter });
      return void response.end(reply.body ?? JSON.stringify({ error: { message: "no" } }));
    }
    if ("raw" in reply) {
      response.writeHead(200, { "content-type": reply.type ?? "application/json" });
      return void response.end(reply.raw);
    }
    const delta = (text: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`;
    if ("endless" in reply) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const pour = (): void => {
        while (response.write(delta(reply.piece ?? "x".repeat(10_000))));
        response.once("drain", pour);
      };
      return pour();
    }
    if ("cutAfter" in reply) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(delta(reply.cutAfter));
      return void setImmediate(() => response.destroy());
    }
    const usage =
      reply.usage === undefined
        ? undefined
        : { prompt_tokens: reply.usage.input, completion_tokens: reply.usage.output };
    if (options.stream === false) {
      response.writeHead(200, { "content-type": "application/json" });
      return void response.end(
        JSON.stringify({
          choices: [{ message: { content: reply.text }, finish_reason: reply.finish ?? "stop" }],
          usage,
        }),
      );
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const middle = Math.floor(reply.text.length / 2);
    const stream = `${delta(reply.text.slice(0, middle))}: keep-alive\n\n${delta(reply.text.slice(middle))}data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: reply.finish ?? "stop" }] })}\n\n${usage === undefined ? "" : `data: ${JSON.stringify({ choices: [], usage })}\n\n`}data: [DONE]\n\n`;
    // In pieces that respect neither lines nor characters.
    const bytes = Buffer.from(stream);
    for (let at = 0; at < bytes.length; at += 997) response.write(bytes.subarray(at, at + 997));
    return void response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
