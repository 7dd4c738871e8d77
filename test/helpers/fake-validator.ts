import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toHotkey } from "../../src/base/ids.ts";
import type { Signer } from "../../src/base/ports.ts";
import { type Authenticated, AuthFailure, verifyRequest } from "../../src/protocol/auth.ts";
import { contentHash } from "../../src/protocol/content-hash.ts";
import { LIMITS } from "../../src/protocol/limits.ts";
import type { Assignment, CompletionRequest, Label } from "../../src/protocol/messages.ts";
import { signReceipt } from "../../src/protocol/receipts.ts";
import { ReplayGuard } from "../../src/protocol/replay-guard.ts";

/** What a request led to; undefined: the fake answers as a right validator would. */
export interface Misbehaviour {
  readonly status?: number;
  /** The body as text, instead of the right one. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sign with this key instead, or with none. */
  readonly signWith?: Signer | "nobody";
  /** Cut the line without an answer. */
  readonly hangUp?: boolean;
  /** Never answer. */
  readonly silent?: boolean;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly who: Authenticated | undefined;
  readonly body: unknown;
}

/** A validator made by hand, with the protocol's own checks and faults on request. */
export interface FakeValidator extends AsyncDisposable {
  readonly url: string;
  readonly hotkey: string;
  readonly seen: readonly SeenRequest[];
  readonly completions: ReadonlyMap<string, CompletionRequest>;
  readonly votes: ReadonlyMap<string, Label>;
  /** Gives everybody an assignment; pollers get it at once. */
  assign(assignment: Partial<Assignment> & { readonly id: string; readonly role: Assignment["role"] }): void;
  /** Resolves when something is true of it; looked at after each request. */
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface FakeOptions {
  readonly signer: Signer;
  readonly netuid?: number;
  /** Added to its clock. */
  readonly skewMs?: number;
  readonly port?: number;
  readonly sessionMs?: number;
  readonly misbehave?: (request: SeenRequest, count: number) => Misbehaviour | undefined;
}

const SESSION = "s".repeat(43);
const iso = (ms: number): string => new Date(ms).toISOString();

export async function startFakeValidator(options: FakeOptions): Promise<FakeValidator> {
  const { signer } = options;
  const seen: SeenRequest[] = [];
  const completions = new Map<string, CompletionRequest>();
  const votes = new Map<string, Label>();
  const assignments: Assignment[] = [];
  const waiters = new Set<() => void>();
  const pollers = new Set<() => void>();
  const guard = new ReplayGuard();
  const now = (): number => Date.now() + (options.skewMs ?? 0);

  const refuse = (code: string, status: number): { status: number; body: unknown } => ({
    status,
    body: { error: { code, message: `refused: ${code}` } },
  });

  function answer(request: SeenRequest): { status: number; body: unknown } | "poll" {
    const [path] = request.path.split("?");
    if (path === "/v1/info") {
      return {
        status: 200,
        body: {
          protocol: "colosseum/1",
          validator: signer.address,
          netuid: options.netuid ?? 1,
          preset: "paper",
          settings: {},
          taskTypes: ["page"],
          limits: LIMITS,
          interval: null,
          now: iso(now()),
        },
      };
    }
    if (path === "/v1/assignments") return "poll";
    if (path === "/v1/check-in")
      return { status: 200, body: { sessionKey: SESSION, expiresAt: iso(now() + (options.sessionMs ?? 600_000)) } };
    if (path === "/v1/me") {
      return {
        status: 200,
        body: {
          hotkey: request.who?.hotkey,
          eligible: true,
          interval: 0,
          intervals: [],
          traps: { faced: 0, avoided: 0 },
          open: 0,
          tasks: [],
        },
      };
    }
    const accept = (assignment: string, choice: Label) => {
      votes.set(assignment, choice);
      return { assignment, acceptedAt: iso(now()), choice };
    };
    if (path === "/v1/votes") {
      const { votes: batch } = request.body as { votes: { assignment: string; choice: Label }[] };
      return { status: 200, body: { results: batch.map(({ assignment, choice }) => accept(assignment, choice)) } };
    }
    const [, id = "", what = ""] = /^\/v1\/assignments\/([^/]+)\/(completion|vote)$/.exec(path ?? "") ?? [];
    if (!assignments.some((assignment) => assignment.id === id)) return refuse("no-such-assignment", 404);
    if (what === "vote") return { status: 200, body: accept(id, (request.body as { choice: Label }).choice) };
    const completion = request.body as CompletionRequest;
    completions.set(id, completion);
    return { status: 200, body: { assignment: id, acceptedAt: iso(now()), sha256: contentHash(completion.files) } };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = request.url ?? "";
    let who: Authenticated | undefined;
    let failure: AuthFailure | undefined;
    if (request.headers["x-bittensor-signature"] !== undefined) {
      try {
        const nowNs = BigInt(now()) * 1_000_000n;
        who = verifyRequest(
          { method: request.method ?? "", target: path, body },
          request.rawHeaders,
          toHotkey(signer.address),
          nowNs,
        );
        guard.admit(who.hotkey, who.nonceNs, nowNs);
      } catch (thrown) {
        if (!(thrown instanceof AuthFailure)) throw thrown;
        failure = thrown;
      }
    }
    const record: SeenRequest = {
      method: request.method ?? "",
      path,
      who,
      body: body.length === 0 ? undefined : JSON.parse(body.toString()),
    };
    seen.push(record);
    const fault =
      options.misbehave?.(record, seen.filter((other) => other.path.split("?")[0] === path.split("?")[0]).length) ?? {};
    queueMicrotask(() => {
      for (const waiter of waiters) waiter();
    });
    if (fault.silent === true) return;
    if (fault.hangUp === true) return void request.socket.destroy();
    let result = failure === undefined ? answer(record) : refuse(failure.code, 401);
    if (result === "poll") {
      const query = new URL(path, "http://x").searchParams;
      if (request.headers.authorization !== `Bearer ${SESSION}`) result = refuse("session-unknown", 401);
      else {
        const since = Number(query.get("since") ?? 0);
        if (assignments.length <= since && fault.body === undefined) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, Number(query.get("wait") ?? 0) * 1_000);
            const done = (): void => {
              clearTimeout(timer);
              resolve();
            };
            pollers.add(done);
            response.once("close", done);
          });
        }
        result = { status: 200, body: { cursor: String(assignments.length), assignments: assignments.slice(since) } };
      }
    }
    const status = fault.status ?? result.status;
    const text = fault.body ?? JSON.stringify(result.body);
    const key = fault.signWith === undefined ? signer : fault.signWith;
    const receipt =
      who === undefined || key === "nobody"
        ? {}
        : signReceipt(
            { requestNonce: who.nonceNs.toString(), sender: who.hotkey, status, body: Buffer.from(text) },
            key,
          );
    response.writeHead(status, { "content-type": "application/json", ...receipt, ...fault.headers });
    response.end(text);
    for (const waiter of waiters) waiter();
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    for (const poller of pollers) poller();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    hotkey: signer.address,
    seen,
    completions,
    votes,
    assign: (assignment) => {
      assignments.push({
        taskType: "page",
        prompt: "Make a counter",
        opensAt: iso(now() - 1_000),
        expiresAt: iso(now() + 60_000),
        ...assignment,
      });
      for (const poller of pollers) poller();
      pollers.clear();
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
