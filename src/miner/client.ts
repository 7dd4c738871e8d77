import type { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import { type Hotkey, toHotkey } from "../base/ids.ts";
import type { PageFile, Signer } from "../base/ports.ts";
import { isSs58 } from "../base/ss58.ts";
import { signRequest } from "../protocol/auth.ts";
import { contentHash } from "../protocol/content-hash.ts";
import {
  type Accepted,
  type AssignmentsResponse,
  acceptedSchema,
  assignmentsResponseSchema,
  type CheckInRequest,
  type CheckInResponse,
  checkInResponseSchema,
  type Info,
  infoSchema,
  type Label,
  type MeResponse,
  meResponseSchema,
  refusalSchema,
  type VotesResponse,
  votesResponseSchema,
} from "../protocol/messages.ts";
import { type Receipt, verifyReceipt } from "../protocol/receipts.ts";
import { BadResponseError, RefusedError, ValidatorUnreachableError } from "./errors.ts";
import type { ValidatorAddress } from "./ports.ts";
import { httpTransport, TooLargeResponseError, type Transport, type WireResponse } from "./transport.ts";

const REQUEST_TIMEOUT_MS = 15_000;
/** Beyond the wait that a poll asks for. */
const POLL_GRACE_MS = 10_000;
/** 64 duels of two full outputs, escaped, would be more; nobody is asked that much at once. */
const MAX_RESPONSE_BYTES = 64 * 1_048_576;
/** A validator's clock may be followed this far, no further. */
const MAX_SKEW_FOLLOWED_MS = 3_600_000;

export interface ClientOptions {
  readonly signer: Signer;
  readonly clock: Clock;
  readonly transport?: Transport;
  readonly requestTimeoutMs?: number;
}

/** A signed answer and its proof. `receipt` is absent where the validator signed nothing, or not what it should have. */
export interface Answered<T> {
  readonly value: T;
  readonly receipt?: Receipt;
  readonly receiptProblem?: string;
}

/** One validator's wire: signs with a fresh nonce each time, checks every answer against the protocol's schemas. */
export interface ValidatorClient {
  readonly url: string;
  /** Whom we talk to; known after {@link ValidatorClient.info}. */
  readonly validator: Hotkey | undefined;
  /** Milliseconds by which the validator's clock is ahead of ours. */
  readonly skewMs: number;
  /** @throws ValidatorUnreachableError, BadResponseError (also if another hotkey answers than the chain names). */
  info(signal?: AbortSignal): Promise<Info>;
  checkIn(request: CheckInRequest, signal?: AbortSignal): Promise<CheckInResponse>;
  assignments(
    sessionKey: string,
    since: string | undefined,
    waitSeconds: number,
    signal?: AbortSignal,
  ): Promise<AssignmentsResponse>;
  submit(assignment: string, files: readonly PageFile[], signal?: AbortSignal): Promise<Answered<Accepted>>;
  vote(assignment: string, choice: Label, signal?: AbortSignal): Promise<Answered<Accepted>>;
  votes(
    votes: readonly { assignment: string; choice: Label }[],
    signal?: AbortSignal,
  ): Promise<Answered<VotesResponse>>;
  me(signal?: AbortSignal): Promise<MeResponse>;
}

interface Reply {
  readonly body: string;
  readonly receipt?: Receipt;
  readonly receiptProblem?: string;
}

/**
 * Opens the wire to one validator. Nothing is sent yet.
 *
 * @param address - A base URL; a path in it is kept as a prefix.
 */
export function connectValidator(address: ValidatorAddress, options: ClientOptions): ValidatorClient {
  const { signer, clock } = options;
  const send = options.transport ?? httpTransport;
  const base = address.url.replace(/\/+$/, "");
  const timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  let validator = address.hotkey;
  let skewMs = 0;

  async function call(
    method: "GET" | "POST" | "PUT",
    path: string,
    how: { body?: unknown; bearer?: string; signed?: boolean; timeoutMs?: number; signal?: AbortSignal | undefined },
  ): Promise<Reply> {
    const url = `${base}${path}`;
    const target = new URL(url);
    const text = how.body === undefined ? "" : JSON.stringify(how.body);
    const body = new TextEncoder().encode(text);
    const headers: Record<string, string> = {};
    if (how.body !== undefined) headers["content-type"] = "application/json";
    if (how.bearer !== undefined) headers["authorization"] = `Bearer ${how.bearer}`;
    let nonce: string | undefined;
    if (how.signed === true) {
      if (validator === undefined) await info(how.signal);
      const receiver = validator as Hotkey;
      const nonceNs = clock.nowNs() + BigInt(Math.round(skewMs)) * 1_000_000n;
      const signed = signRequest(
        { method, target: `${target.pathname}${target.search}`, body },
        signer,
        receiver,
        nonceNs,
      );
      nonce = signed["X-Bittensor-Nonce"];
      Object.assign(headers, signed);
    }
    const limit = AbortSignal.timeout(how.timeoutMs ?? timeoutMs);
    const signal = how.signal === undefined ? limit : AbortSignal.any([how.signal, limit]);
    try {
      const response = await send(
        { method, url, headers, signal, ...(how.body === undefined ? {} : { body: text }) },
        MAX_RESPONSE_BYTES,
      );
      const reply = new TextDecoder().decode(response.body);
      if (response.status !== 200) throw refusal(base, response, reply);
      return nonce === undefined ? { body: reply } : { body: reply, ...receiptOf(response, reply, nonce) };
    } catch (thrown) {
      if (thrown instanceof BadResponseError || thrown instanceof RefusedError) throw thrown;
      if (thrown instanceof TooLargeResponseError)
        throw new BadResponseError(base, `it is larger than ${MAX_RESPONSE_BYTES} bytes`);
      if (how.signal?.aborted === true) throw thrown;
      if (limit.aborted)
        throw new ValidatorUnreachableError(base, "the request timed out", { timeout: true, cause: thrown });
      throw new ValidatorUnreachableError(base, reasonOf(thrown), { cause: thrown });
    }
  }

  function receiptOf(
    response: WireResponse,
    body: string,
    requestNonce: string,
  ): Pick<Reply, "receipt" | "receiptProblem"> {
    const signature = response.header("x-tw-resp-signature");
    if (signature === null || validator === undefined) return { receiptProblem: "the answer is not signed" };
    const receipt: Receipt = {
      requestNonce,
      sender: signer.address,
      responder: response.header("x-tw-resp-hotkey") ?? "",
      status: response.status,
      body,
      crypto: response.header("x-tw-resp-crypto") === "ed25519" ? "ed25519" : "sr25519",
      signature,
    };
    return verifyReceipt(receipt, validator) ? { receipt } : { receiptProblem: "the signature is not the validator's" };
  }

  async function info(signal?: AbortSignal): Promise<Info> {
    const askedMs = clock.nowMs();
    const { body } = await call("GET", "/v1/info", { signal });
    const found = parseAs(infoSchema, body, base);
    if (!isSs58(found.validator)) throw new BadResponseError(base, "its hotkey is no address");
    if (address.hotkey !== undefined && found.validator !== address.hotkey) {
      throw new BadResponseError(base, `${found.validator} answers there, not ${address.hotkey}`);
    }
    validator = toHotkey(found.validator);
    // Halfway between question and answer is the best guess of when it looked at its clock.
    const measured = Date.parse(found.now) - (askedMs + clock.nowMs()) / 2;
    skewMs = Math.abs(measured) < 1_000 || Math.abs(measured) > MAX_SKEW_FOLLOWED_MS ? 0 : measured;
    return found;
  }

  const answered = <T>(reply: Reply, value: T): Answered<T> => ({
    value,
    ...(reply.receipt === undefined ? {} : { receipt: reply.receipt }),
    ...(reply.receiptProblem === undefined ? {} : { receiptProblem: reply.receiptProblem }),
  });
  const forAssignment = (reply: Reply, assignment: string): Accepted => {
    const value = parseAs(acceptedSchema, reply.body, base);
    if (value.assignment !== assignment) throw new BadResponseError(base, "it speaks of another assignment");
    return value;
  };

  return {
    url: base,
    get validator() {
      return validator;
    },
    get skewMs() {
      return skewMs;
    },
    info,
    checkIn: async (request, signal) => {
      const { body } = await call("POST", "/v1/check-in", { body: request, signed: true, signal });
      return parseAs(checkInResponseSchema, body, base);
    },
    assignments: async (sessionKey, since, waitSeconds, signal) => {
      const query = new URLSearchParams({ wait: String(waitSeconds), ...(since === undefined ? {} : { since }) });
      const { body } = await call("GET", `/v1/assignments?${query}`, {
        bearer: sessionKey,
        signal,
        timeoutMs: waitSeconds * 1_000 + POLL_GRACE_MS,
      });
      return parseAs(assignmentsResponseSchema, body, base);
    },
    submit: async (assignment, files, signal) => {
      const reply = await call("PUT", `/v1/assignments/${encodeURIComponent(assignment)}/completion`, {
        body: { files: files.map(({ name, content }) => ({ name, content })) },
        signed: true,
        signal,
      });
      const value = forAssignment(reply, assignment);
      const wrong =
        value.sha256 === contentHash(files) ? {} : { receiptProblem: "it acknowledges other files than were sent" };
      return { ...answered(reply, value), ...wrong };
    },
    vote: async (assignment, choice, signal) => {
      const reply = await call("PUT", `/v1/assignments/${encodeURIComponent(assignment)}/vote`, {
        body: { choice },
        signed: true,
        signal,
      });
      const value = forAssignment(reply, assignment);
      return {
        ...answered(reply, value),
        ...(value.choice === choice ? {} : { receiptProblem: "it acknowledges another choice" }),
      };
    },
    votes: async (votes, signal) => {
      const reply = await call("POST", "/v1/votes", { body: { votes }, signed: true, signal });
      const value = parseAs(votesResponseSchema, reply.body, base);
      const matches =
        value.results.length === votes.length &&
        value.results.every(({ assignment }, i) => assignment === votes[i]?.assignment);
      if (!matches) throw new BadResponseError(base, "its results do not belong to the votes that were sent");
      return answered(reply, value);
    },
    me: async (signal) => {
      const { body } = await call("GET", "/v1/me", { signed: true, signal });
      return parseAs(meResponseSchema, body, base);
    },
  };
}

function parseAs<T extends z.ZodType>(schema: T, body: string, url: string): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new BadResponseError(url, "it is not JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadResponseError(url, `${issue?.path.join(".") || "it"}: ${issue?.message ?? "is not as expected"}`);
}

function refusal(url: string, response: WireResponse, body: string): Error {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = undefined;
  }
  const parsed = refusalSchema.safeParse(value);
  if (!parsed.success) return new BadResponseError(url, `HTTP status ${response.status} without a reason`);
  const { code, message } = parsed.data.error;
  const after = Number(response.header("retry-after") ?? "");
  return new RefusedError(url, {
    status: response.status,
    refusal: code.slice(0, 64),
    message: message.slice(0, 300),
    ...(Number.isFinite(after) && after > 0 ? { retryAfterMs: Math.min(after, 3_600) * 1_000 } : {}),
  });
}

/** The system's short name of a failure (ECONNREFUSED) says more than its sentence. */
const reasonOf = (thrown: unknown): string => (thrown as { code?: string }).code ?? messageOf(thrown);
