import { BrainError } from "./brain.ts";
import type { Budget } from "./budget.ts";
import { type ChatMessage, type ChatReply, chat, ModelError } from "./chat.ts";
import type { ModelUse } from "./model-use.ts";
import type { Price } from "./price.ts";

export interface ModelOptions {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly budget?: Budget;
  readonly price?: Price;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Waits; a test's own clock. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly nowMs: () => number;
}

export interface Completion {
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  readonly temperature: number;
  /** A JSON Schema for the answer, where the endpoint can hold itself to one. */
  readonly schema?: { readonly name: string; readonly schema: unknown };
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
}

export interface Model {
  complete(completion: Completion): Promise<ChatReply>;
  use(): ModelUse;
}

const MAX_TRIES = 5;
/** With less time than this a request is not worth its money. */
const MIN_TIME_MS = 2_000;

/**
 * A model with manners: keeps to the budget (each request's worst case is reserved before it is sent), tries again
 * after 429, 5xx and broken answers with growing pauses, never past the deadline, and drops what an endpoint does not
 * know (schema, temperature, the older name of the token limit).
 */
export function openModel(options: ModelOptions): Model {
  const known = { schema: true, temperature: true, newLimit: false };
  let calls = 0;
  let retries = 0;
  const tokens = { input: 0, output: 0 };
  /** A busy endpoint is left alone by all calls, not only by the one that it refused. */
  let notBeforeMs = 0;

  const cost = (input: number, output: number): number =>
    ((options.price?.input ?? 0) * input + (options.price?.output ?? 0) * output) / 1_000_000;
  const inUnit = (input: number, output: number): number => {
    const unit = options.budget?.limit.unit;
    return unit === "usd" ? cost(input, output) : unit === "tokens" ? input + output : 0;
  };

  const bodyOf = (completion: Completion): Record<string, unknown> => ({
    model: options.model,
    messages: completion.messages,
    [known.newLimit ? "max_completion_tokens" : "max_tokens"]: completion.maxTokens,
    ...(known.temperature ? { temperature: completion.temperature } : {}),
    ...(known.schema && completion.schema !== undefined
      ? {
          response_format: {
            type: "json_schema",
            json_schema: { name: completion.schema.name, strict: true, schema: completion.schema.schema },
          },
        }
      : {}),
  });

  /** Takes away what an endpoint does not understand. @returns Whether there was something to take. */
  function adapt(error: ModelError): boolean {
    if (error.status !== 400 && error.status !== 422) return false;
    if (known.schema && /response_format|json_schema/i.test(error.message)) known.schema = false;
    else if (!known.newLimit && /max_tokens|max_completion_tokens/i.test(error.message)) known.newLimit = true;
    else if (known.temperature && /temperature/i.test(error.message)) known.temperature = false;
    else return false;
    return true;
  }

  async function once(completion: Completion): Promise<ChatReply> {
    // No tokenizer makes more tokens than there are bytes, plus a few for each message.
    const bytes = completion.messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + 16, 0);
    const settle =
      options.budget === undefined ? () => undefined : options.budget.reserve(inUnit(bytes, completion.maxTokens));
    const limit = AbortSignal.timeout(Math.max(1, completion.deadlineMs - options.nowMs()));
    calls++;
    try {
      const reply = await chat({
        baseUrl: options.baseUrl,
        apiKey: options.apiKey,
        body: bodyOf(completion),
        maxTokens: completion.maxTokens,
        signal: AbortSignal.any([completion.signal, limit]),
        ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
      });
      const used = reply.usage ?? { input: Math.ceil(bytes / 3), output: Math.ceil(Buffer.byteLength(reply.text) / 3) };
      tokens.input += used.input;
      tokens.output += used.output;
      settle(inUnit(used.input, used.output));
      return reply;
    } catch (thrown) {
      // Refused requests cost nothing; of one that broke off the worst is assumed.
      const free = thrown instanceof ModelError && thrown.status !== undefined;
      settle(free ? 0 : inUnit(bytes, completion.maxTokens));
      if (limit.aborted && !completion.signal.aborted) {
        throw new BrainError("The model did not answer before the deadline.", {
          code: "brains.model-timeout",
          exitCode: 15,
          hint: "Take a faster model, or fewer tasks at a time: --concurrency 1",
        });
      }
      throw thrown;
    }
  }

  return {
    complete: async (completion) => {
      for (let attempt = 0; ; attempt++) {
        const timeLeftMs = completion.deadlineMs - options.nowMs();
        if (timeLeftMs < MIN_TIME_MS)
          throw new BrainError("There is no time left to ask the model.", {
            code: "brains.model-timeout",
            exitCode: 15,
          });
        const restMs = notBeforeMs - options.nowMs();
        if (restMs > 0 && restMs + MIN_TIME_MS <= timeLeftMs) {
          await options.wait(restMs, completion.signal);
          completion.signal.throwIfAborted();
        }
        try {
          return await once(completion);
        } catch (thrown) {
          if (!(thrown instanceof ModelError)) throw thrown;
          if (adapt(thrown)) continue;
          const pauseMs = thrown.retryAfterMs ?? Math.min(30_000, 500 * 2 ** attempt);
          if (!thrown.retryable || attempt + 1 >= MAX_TRIES || pauseMs + MIN_TIME_MS > timeLeftMs) throw thrown;
          retries++;
          if (thrown.status === 429) notBeforeMs = Math.max(notBeforeMs, options.nowMs() + pauseMs);
          await options.wait(pauseMs, completion.signal);
          completion.signal.throwIfAborted();
        }
      }
    },
    use: () => ({
      calls,
      retries,
      tokens: { ...tokens },
      usd: options.price === undefined ? undefined : cost(tokens.input, tokens.output),
    }),
  };
}
