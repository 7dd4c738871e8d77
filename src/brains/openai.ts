import { randomBytes } from "node:crypto";
import { UsageError } from "../base/errors.ts";
import type { PageFile } from "../base/ports.ts";
import { filesSchema } from "../protocol/messages.ts";
import { GENERATE_TOKENS, JUDGE_TOKENS } from "./answer-tokens.ts";
import { askBothOrders } from "./ask-both-orders.ts";
import { type Brain, type BrainCall, BrainError } from "./brain.ts";
import type { Budget } from "./budget.ts";
import { type ChatReply, withoutSecrets } from "./chat.ts";
import { judgeRecord } from "./judge-record.ts";
import type { JudgeReport } from "./judge-report.ts";
import { openModel } from "./model.ts";
import { FILES_SCHEMA, generateMessages, judgeMessages, readVerdict, repairMessages } from "./model-prompts.ts";
import type { ModelUse } from "./model-use.ts";
import type { Price } from "./price.ts";

export interface OpenaiOptions {
  readonly model: string;
  /** `OPENAI_BASE_URL`, `OPENAI_API_KEY` are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly budget?: Budget;
  readonly price?: Price;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly nowMs?: () => number;
  /** 32 hex digits, new for each call; tests fix it. */
  readonly fence?: () => string;
}

export interface OpenaiBrain extends Brain {
  use(): ModelUse;
  report(): JudgeReport;
}

const baseUrlOf = (env: OpenaiOptions["env"]): string => env["OPENAI_BASE_URL"] || "https://api.openai.com/v1";

/** What stands beside host and path may be a secret, is of no use to a request, and would be repeated in its errors. */
function isBare(baseUrl: string): boolean {
  const { username, password, search, hash } = new URL(baseUrl);
  return username === "" && password === "" && search === "" && hash === "";
}

/** Where a model is asked, without what may be secret in the address. */
export const endpointName = (env: OpenaiOptions["env"]): string => withoutSecrets(baseUrlOf(env));

/**
 * A model behind any endpoint that speaks OpenAI's chat completions (a local one too). Pages are asked for as JSON and
 * repaired once; pairs are judged in both orders, evidence before verdict. Nothing in an output is trusted.
 *
 * @throws UsageError `usage.price` if the budget is money and no price is known; `usage.endpoint` for a base URL that is none.
 */
export function openaiBrain(options: OpenaiOptions): OpenaiBrain {
  const baseUrl = baseUrlOf(options.env);
  if (!/^https?:\/\/[^\s]+$/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new UsageError("OPENAI_BASE_URL is no http(s) URL.", {
      code: "usage.endpoint",
      hint: "For example: http://127.0.0.1:11434/v1",
    });
  }
  if (!isBare(baseUrl)) {
    throw new UsageError("OPENAI_BASE_URL holds more than an address: a user, a password or a query.", {
      code: "usage.endpoint",
      hint: "Keep the address alone there, as in http://127.0.0.1:11434/v1, and a key in OPENAI_API_KEY.",
    });
  }
  const apiKey = options.env["OPENAI_API_KEY"] || undefined;
  if (apiKey === undefined && /\/\/api\.openai\.com\//.test(`${baseUrl}/`)) {
    throw new UsageError("There is no key for the model endpoint.", {
      code: "usage.model-key",
      hint: "Set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint of your own.",
    });
  }
  if (options.budget?.limit.unit === "usd" && options.price === undefined) {
    throw new UsageError("A budget in money needs the model's price.", {
      code: "usage.price",
      hint: "US dollars for a million tokens in and out: --price 0.15/0.60",
    });
  }
  const model = openModel({
    model: options.model,
    baseUrl,
    apiKey,
    ...(options.budget === undefined ? {} : { budget: options.budget }),
    ...(options.price === undefined ? {} : { price: options.price }),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    wait: options.wait ?? waitReally,
    nowMs: options.nowMs ?? Date.now,
  });
  const record = judgeRecord();
  const fence = options.fence ?? (() => randomBytes(16).toString("hex"));

  async function judgeOnce(prompt: string, first: readonly PageFile[], second: readonly PageFile[], call: BrainCall) {
    const { text, truncated } = await model.complete({
      messages: judgeMessages(prompt, first, second, fence(), call.taskType),
      maxTokens: JUDGE_TOKENS,
      temperature: 0,
      signal: call.signal,
      deadlineMs: call.deadlineMs,
    });
    // What was cut off has not come to its verdict; what stands in it may be quoted from a page.
    return truncated
      ? { choice: "abstain" as const, confidence: 0, reason: "The model's answer was cut off." }
      : readVerdict(text);
  }
  return {
    spec: `openai:${options.model}`,
    roles: ["generator", "discriminator"],
    generate: async (prompt, call) => {
      const ask = {
        maxTokens: GENERATE_TOKENS,
        temperature: 0.3,
        schema: FILES_SCHEMA,
        signal: call.signal,
        deadlineMs: call.deadlineMs,
      };
      const first = await model.complete({ ...ask, messages: generateMessages(prompt, call.taskType) });
      const files = readFiles(first, call.taskType);
      if (typeof files !== "string") return files;
      const second = await model.complete({
        ...ask,
        messages: repairMessages(prompt, first.text, files, call.taskType),
      });
      const repaired = readFiles(second, call.taskType);
      if (typeof repaired !== "string") return repaired;
      throw new BrainError(`The model made nothing usable, twice: ${repaired}.`, {
        code: "brains.model-no-page",
        hint: "Try another model.",
      });
    },
    judge: askBothOrders(judgeOnce, record),
    use: model.use,
    report: record.report,
  };
}

/** The files of an answer, or why there are none. */
function readFiles({ text, truncated }: ChatReply, taskType: string | undefined): readonly PageFile[] | string {
  if (truncated) return "it was cut off";
  const found = jsonIn(text);
  if (found === undefined && taskType === "text") return "it is not JSON";
  if (found === undefined) {
    const html =
      /```(?:html)?\s*\n([\s\S]*?)```/i.exec(text)?.[1] ?? (/^\s*<(!doctype|html)/i.test(text) ? text : undefined);
    return html === undefined ? "it is not JSON" : checkFiles([{ name: "index.html", content: html }], taskType);
  }
  const { files } = found as { files?: unknown };
  return checkFiles(files, taskType);
}

function checkFiles(value: unknown, taskType: string | undefined): readonly PageFile[] | string {
  const parsed = filesSchema.safeParse(value);
  if (!parsed.success) return `its files are not as asked (${parsed.error.issues[0]?.message ?? "malformed"})`;
  if (taskType !== "text" && !parsed.data.some(({ name }) => name.toLowerCase() === "index.html"))
    return "there is no index.html";
  return parsed.data;
}

/** The JSON object of an answer, bare or in a code fence. */
function jsonIn(text: string): unknown {
  const candidates = [
    text,
    /```(?:json)?\s*\n([\s\S]*?)```/i.exec(text)?.[1],
    text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || !candidate.includes("{")) continue;
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === "object" && value !== null) return value;
    } catch {
      // The next candidate may be it.
    }
  }
  return undefined;
}

const waitReally = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
