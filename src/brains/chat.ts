import { ExitCode, messageOf } from "../base/errors.ts";
import { BrainError } from "./brain.ts";

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface ChatReply {
  readonly text: string;
  /** As the endpoint counted; absent where it does not. */
  readonly usage?: { readonly input: number; readonly output: number };
  /** It stopped because of its limit, or the stream broke off. */
  readonly truncated: boolean;
}

export interface ChatRequest {
  /** Ends before `/chat/completions`. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** What `body` asks for at most. A stream that goes on beyond it is cut: the endpoint does not keep to its limit. */
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What an endpoint may send for one answer. */
const MAX_REPLY_BYTES = 4 * 1_048_576;

/** A model endpoint that did not answer as it should. `retryable` failures may go away by themselves. */
export class ModelError extends BrainError {
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;
  constructor(
    message: string,
    fields: {
      code: string;
      retryable: boolean;
      retryAfterMs?: number | undefined;
      status?: number;
      hint?: string;
      exitCode?: ExitCode;
      cause?: unknown;
    },
  ) {
    super(message, fields);
    this.retryable = fields.retryable;
    this.retryAfterMs = fields.retryAfterMs;
    this.status = fields.status;
  }
}

/**
 * One request to an endpoint that speaks OpenAI's chat completions, streamed where it can: a runaway answer is cut
 * early. An endpoint that answers with one JSON object instead is understood too.
 *
 * @throws ModelError `brains.model-unreachable`, `-key`, `-busy`, `-failed`, `-refused`, `-garbage`.
 */
export async function chat(request: ChatRequest): Promise<ChatReply> {
  const send = request.fetch ?? fetch;
  let response: Response;
  try {
    response = await send(`${request.baseUrl.replace(/\/+$/, "")}/chat/completions`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream, application/json",
        ...(request.apiKey === undefined ? {} : { authorization: `Bearer ${request.apiKey}` }),
      },
      body: JSON.stringify({ ...request.body, stream: true, stream_options: { include_usage: true } }),
      signal: request.signal,
      redirect: "error",
    });
  } catch (cause) {
    if (request.signal.aborted) throw request.signal.reason;
    const { cause: inner } = cause as { cause?: { code?: string; message?: string } };
    const why = inner?.code ?? inner?.message ?? messageOf(cause);
    throw new ModelError(`The model endpoint ${withoutSecrets(request.baseUrl)} cannot be reached: ${why}.`, {
      code: "brains.model-unreachable",
      exitCode: ExitCode.network,
      retryable: true,
      hint: "Check OPENAI_BASE_URL, and that the server runs.",
      cause,
    });
  }
  if (!response.ok) throw await refusal(response, withoutSecrets(request.baseUrl));
  const streamed = (response.headers.get("content-type") ?? "").includes("event-stream");
  try {
    return streamed ? await readStream(response, request.maxTokens) : await readWhole(response);
  } catch (cause) {
    if (request.signal.aborted) throw request.signal.reason;
    if (cause instanceof BrainError) throw cause;
    throw new ModelError(`The model's answer broke off: ${messageOf(cause)}.`, {
      code: "brains.model-failed",
      retryable: true,
      cause,
    });
  }
}

/** An endpoint by its name: what stands in its address beside host and path may be a secret. */
export function withoutSecrets(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  return url === undefined ? "" : `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** What an endpoint says of a refusal: its `error.message` where it is JSON of the usual form. */
function wordsOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } | string };
    const message = typeof error === "string" ? error : error?.message;
    if (typeof message === "string") return message;
  } catch {
    // Not JSON: said as it is.
  }
  return text;
}

async function refusal(response: Response, endpoint: string): Promise<ModelError> {
  const { status } = response;
  const text = wordsOf(await limitedText(response, 16_384))
    .replace(/\s+/g, " ")
    .slice(0, 300);
  const after = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfterMs = Number.isFinite(after) && after >= 0 ? Math.min(after, 600) * 1_000 : undefined;
  const said = text === "" ? "" : ` It says: ${text}`;
  if (status === 401 || status === 403) {
    // What it says may repeat the key.
    return new ModelError(`The model endpoint ${endpoint} refuses the key (HTTP ${status}).`, {
      code: "brains.model-key",
      exitCode: ExitCode.refused,
      status,
      retryable: false,
      hint: "Set OPENAI_API_KEY to a valid key of this endpoint.",
    });
  }
  if (status === 429)
    return new ModelError(`The model endpoint is asked too often (HTTP 429).${said}`, {
      code: "brains.model-busy",
      exitCode: ExitCode.network,
      status,
      retryable: true,
      retryAfterMs,
      hint: "Wait, ask less at a time (--concurrency 1), or look at the account: some endpoints say so when it is used up.",
    });
  if (status >= 500)
    return new ModelError(`The model endpoint failed (HTTP ${status}).${said}`, {
      code: "brains.model-failed",
      exitCode: ExitCode.network,
      status,
      retryable: true,
      retryAfterMs,
    });
  return new ModelError(`The model endpoint refused the request (HTTP ${status}).${said}`, {
    code: "brains.model-refused",
    exitCode: ExitCode.refused,
    status,
    retryable: false,
    hint: "Check the name of the model.",
  });
}

async function limitedText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > maxBytes) break;
    }
  } catch {
    // What came before it broke is enough for a message.
  }
  return text;
}

const garbage = (): ModelError =>
  new ModelError("The model endpoint's answer is no chat completion.", {
    code: "brains.model-garbage",
    retryable: true,
    hint: "Does OPENAI_BASE_URL end where /chat/completions begins, as in http://127.0.0.1:11434/v1 ?",
  });

interface Chunk {
  readonly choices?: readonly {
    readonly message?: { readonly content?: unknown };
    readonly delta?: { readonly content?: unknown };
    readonly finish_reason?: unknown;
  }[];
  readonly usage?: { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown } | null;
  readonly error?: unknown;
}

function parseChunk(text: string): Chunk {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw garbage();
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw garbage();
  const chunk = value as Chunk;
  if (chunk.error !== undefined) {
    throw new ModelError(
      `The model endpoint failed in the middle of its answer: ${JSON.stringify(chunk.error).slice(0, 200)}.`,
      { code: "brains.model-failed", retryable: true },
    );
  }
  return chunk;
}

const usageOf = ({ usage }: Chunk): ChatReply["usage"] =>
  // A prompt is never empty: some local servers report zeros where they do not count.
  typeof usage?.prompt_tokens === "number" &&
  typeof usage.completion_tokens === "number" &&
  usage.prompt_tokens > 0 &&
  usage.completion_tokens >= 0
    ? { input: usage.prompt_tokens, output: usage.completion_tokens }
    : undefined;

async function readWhole(response: Response): Promise<ChatReply> {
  const text = await limitedText(response, MAX_REPLY_BYTES);
  if (text.length > MAX_REPLY_BYTES) {
    throw new ModelError(`The model endpoint's answer is larger than ${MAX_REPLY_BYTES / 1_048_576} MiB.`, {
      code: "brains.model-garbage",
      retryable: false,
      hint: "It does not keep to the number of tokens that it is asked for; use another endpoint or model.",
    });
  }
  const chunk = parseChunk(text);
  const choice = chunk.choices?.[0];
  if (typeof choice?.message?.content !== "string") throw garbage();
  const usage = usageOf(chunk);
  return {
    text: choice.message.content,
    truncated: choice.finish_reason === "length",
    ...(usage === undefined ? {} : { usage }),
  };
}

async function readStream(response: Response, maxTokens: number): Promise<ChatReply> {
  const decoder = new TextDecoder();
  let buffer = "";
  let text = "";
  let usage: ChatReply["usage"];
  let finish: unknown;
  let done = false;
  let bytes = 0;
  // Each piece of a stream is one token or more.
  let pieces = 0;
  const line = (raw: string): void => {
    const data = /^data:\s?(.*)$/.exec(raw.replace(/\r$/, ""))?.[1];
    if (data === undefined || data === "" || done) return;
    if (data.trim() === "[DONE]") {
      done = true;
      return;
    }
    const chunk = parseChunk(data);
    usage = usageOf(chunk) ?? usage;
    const choice = chunk.choices?.[0];
    if (typeof choice?.delta?.content === "string") {
      text += choice.delta.content;
      if (choice.delta.content !== "") pieces++;
    }
    if (typeof choice?.finish_reason === "string") finish = choice.finish_reason;
  };
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_REPLY_BYTES) break;
    buffer += decoder.decode(chunk, { stream: true });
    const lines = buffer.split("\n");
    buffer = lines.pop() ?? "";
    for (const one of lines) line(one);
    if (done || pieces > maxTokens) break;
  }
  // A last line without its end is whole only where the server forgot the line break.
  let broken = bytes > MAX_REPLY_BYTES || pieces > maxTokens;
  if (buffer !== "" && !broken) {
    try {
      line(buffer);
    } catch {
      broken = true;
    }
  }
  if (text === "" && finish === undefined) throw garbage();
  return {
    text,
    truncated: broken || finish === "length" || (finish === undefined && !done),
    ...(usage === undefined ? {} : { usage }),
  };
}
