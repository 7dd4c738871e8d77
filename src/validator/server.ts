import type { AddressInfo } from "node:net";
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import type { Authenticated } from "../protocol/auth.ts";
import { LIMITS } from "../protocol/limits.ts";
import { signReceipt } from "../protocol/receipts.ts";
import { Admission } from "./admission.ts";
import type { Core } from "./core.ts";
import { Intake, sessionHash } from "./intake.ts";
import { listenOn } from "./listen.ts";
import { Polls } from "./polls.ts";
import { openInterval, publicInfo, settledInterval } from "./public-view.ts";
import { asRefusal, Refusal } from "./refusal.ts";
import { Reports } from "./report.ts";

export interface Listening {
  /** http://HOST:PORT as it listens. */
  readonly url: string;
  /** How often each refusal was given since the start. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Answers those who wait, takes no more, and resolves when every connection is closed. */
  close(): Promise<void>;
}

const SMALL_BODY = 16_384;
/** A whole request must have arrived after so long; a sender that drips is cut off. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 4_096;
/** Answers under way get so long to leave; a sender that drips gets no more. */
const DRAIN_PAUSES = 40;
const DRAIN_PAUSE_MS = 25;
/** Where a hotkey may come that the copy of the metagraph does not know yet; the bodies are small. */
const NEWCOMERS: ReadonlySet<string> = new Set(["/v1/check-in", "/v1/me"]);
/** A log is large and made anew for each interval: the price of asking for one. */
const LOG_COST = 10;

/**
 * The validator's endpoints. Order for each request: address limit → registered at all, or perhaps since a moment ago →
 * body within its limit → signature over the raw bytes → replay → hotkey limit → only then is the body parsed.
 *
 * @throws ColosseumError `validator.port-in-use`, `validator.cannot-listen` (14).
 */
export async function startServer(core: Core, listen: { host: string; port: number }): Promise<Listening> {
  const admission = new Admission(core);
  const intake = new Intake(core);
  const polls = new Polls(core);
  const reports = new Reports(core);
  const refusals = new Map<string, number>();
  const told = new Map<string, number>();
  let closing = false;
  let underWay = 0;

  const app = Fastify({
    logger: false,
    bodyLimit: SMALL_BODY,
    trustProxy: core.settings.trustProxy,
    keepAliveTimeout: 72_000,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 100 },
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 2_000, maxHeaderSize: 8_192 },
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  // The signature is over the bytes as they came: nothing may parse them before.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));

  app.addHook("onRequest", async (request, reply) => {
    underWay++;
    reply.raw.once("close", () => {
      underWay--;
    });
    if (closing) throw new Refusal("shutting-down", "The validator is stopping; come back in a minute.");
    admission.address(request.ip);
    const claimed = request.headers["x-bittensor-hotkey"];
    if (typeof claimed !== "string" || !/^5[1-9A-HJ-NP-Za-km-z]{47}$/.test(claimed)) return;
    if (NEWCOMERS.has(request.routeOptions.url ?? "")) admission.claimOrNew(claimed, request.ip);
    else admission.claim(claimed);
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error);
    count(refusal, request);
    if (refusal.status === 429 || refusal.status === 503) reply.header("retry-after", "5");
    // A body that was refused unread may still be on its way; the next request on this line would begin inside it.
    if (refusal.code === "too-large") reply.header("connection", "close");
    return reply.code(refusal.status).type("application/json").send(JSON.stringify(refusal));
  });
  app.setNotFoundHandler(() => {
    throw new Refusal("no-such-endpoint", `There is no such endpoint; ask GET /v1/info.`);
  });

  function count(refusal: Refusal, request: FastifyRequest): void {
    refusals.set(refusal.code, (refusals.get(refusal.code) ?? 0) + 1);
    const hotkey = request.headers["x-bittensor-hotkey"];
    const name = typeof hotkey === "string" ? hotkey.slice(0, 48) : null;
    const key = `${refusal.code}/${name ?? request.ip}`;
    const now = core.clock.nowMs();
    if (now - (told.get(key) ?? Number.NEGATIVE_INFINITY) < 60_000) return;
    if (told.size > 1_000) told.clear();
    told.set(key, now);
    core.events.emit({ type: "refused", code: refusal.code, hotkey: name, address: request.ip });
  }

  const bodyOf = (request: FastifyRequest): Uint8Array =>
    request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
  const authenticate = (request: FastifyRequest): Promise<Authenticated> =>
    admission.verify(
      { method: request.method, target: request.raw.url ?? "", body: bodyOf(request) },
      request.raw.rawHeaders,
      request.ip,
    );
  /** Proves the sender, answers, and signs the answer, a refusal too: the miner's receipt. */
  const signed =
    (answer: (who: Authenticated, request: FastifyRequest) => unknown) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const who = await authenticate(request);
      let status = 200;
      let result: unknown;
      try {
        result = await answer(who, request);
      } catch (error) {
        const refusal = asRefusal(error);
        if (refusal.code === "bug") throw error;
        count(refusal, request);
        ({ status } = refusal);
        result = refusal;
      }
      const body = Buffer.from(JSON.stringify(result), "utf8");
      const receipt = signReceipt(
        { requestNonce: who.nonceNs.toString(), sender: who.hotkey, status, body },
        core.signer,
      );
      return reply
        .code(status)
        .headers({ ...receipt })
        .type("application/json")
        .send(body);
    };

  app.get("/v1/info", async (_, reply) => reply.type("application/json").send(JSON.stringify(publicInfo(core))));

  app.post(
    "/v1/check-in",
    signed((who, request) => intake.checkIn(who, bodyOf(request))),
  );

  app.get("/v1/assignments", async (request, reply) => {
    const hotkey = await pollHotkey(request);
    const { since, waitMs } = pollQuery(request);
    const gone = new AbortController();
    const hangUp = (): void => gone.abort();
    request.raw.socket.once("close", hangUp);
    try {
      const body = await polls.answer(hotkey, since, waitMs, gone.signal);
      return await reply.type("application/json").send(body);
    } finally {
      request.raw.socket.off("close", hangUp);
    }
  });

  /** The session key of a check-in, or a signature like everywhere else. */
  async function pollHotkey(request: FastifyRequest): Promise<string> {
    const { authorization } = request.headers;
    if (authorization === undefined && request.headers["x-bittensor-signature"] !== undefined) {
      return (await authenticate(request)).hotkey;
    }
    const key = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(authorization ?? "")?.[1];
    const checkIn = key === undefined ? undefined : core.store.checkIns.bySession(sessionHash(key));
    if (checkIn === undefined || checkIn.expiresAtMs <= core.nowMs()) {
      throw new Refusal("session-unknown", "This session key is unknown or expired; check in again.");
    }
    admission.claim(checkIn.hotkey);
    admission.hotkey(checkIn.hotkey);
    return checkIn.hotkey;
  }

  app.put<{ Params: { id: string } }>(
    "/v1/assignments/:id/completion",
    { bodyLimit: LIMITS.maxBodyBytes },
    signed((who, request) => intake.completion(who, idOf(request), bodyOf(request))),
  );
  app.put<{ Params: { id: string } }>(
    "/v1/assignments/:id/vote",
    signed((who, request) => intake.vote(who, idOf(request), bodyOf(request))),
  );
  app.post(
    "/v1/votes",
    signed((who, request) => intake.votes(who, bodyOf(request))),
  );
  app.get(
    "/v1/me",
    signed((who) => reports.me(who.hotkey)),
  );

  let cachedLog: { readonly n: number; readonly body: string } | undefined;
  app.get<{ Params: { n: string } }>("/v1/intervals/:n", async (request, reply) => {
    const { n: text } = request.params;
    const n = /^[0-9]{1,9}$/.test(text) ? Number(text) : -1;
    const interval = core.store.intervals.get(n);
    if (interval === undefined) throw new Refusal("no-such-interval", "There is no such interval.");
    if (interval.state !== "settled") return reply.type("application/json").send(JSON.stringify(openInterval(core, n)));
    if (cachedLog?.n !== n) {
      admission.address(request.ip, LOG_COST);
      cachedLog = { n, body: JSON.stringify(settledInterval(core, n)) };
    }
    return reply.type("application/json").send(cachedLog.body);
  });

  await listenOn(app, listen);
  const { address, port, family } = app.server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    refusals,
    close: async () => {
      closing = true;
      polls.close();
      // Answers that are being stored get their receipts before the line is cut.
      core.store.commits.flush();
      for (let pauses = 0; underWay > 0 && pauses < DRAIN_PAUSES; pauses++) await core.clock.wait(DRAIN_PAUSE_MS);
      await app.close();
    },
  };
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;

function pollQuery(request: FastifyRequest): { since: number; waitMs: number } {
  const { wait = "0", since = "0" } = request.query as { wait?: unknown; since?: unknown };
  if (typeof since !== "string" || !/^[0-9]{1,15}$/.test(since)) {
    throw new Refusal("malformed", "since is the cursor of an earlier answer.");
  }
  if (typeof wait !== "string" || !/^[0-9]{1,4}$/.test(wait)) {
    throw new Refusal("malformed", `wait is a whole number of seconds from 0 to ${LIMITS.maxWaitSeconds}.`);
  }
  return { since: Number(since), waitMs: 1_000 * Math.min(Number(wait), LIMITS.maxWaitSeconds) };
}
