import { UsageError } from "../base/errors.ts";
import { closest } from "../base/text.ts";

/** How a user names a brain, taken apart. */
export type BrainSpec =
  | { readonly kind: "heuristic" }
  | { readonly kind: "fixtures"; readonly quality: number }
  | { readonly kind: "openai"; readonly model: string }
  | { readonly kind: "exec"; readonly command: string }
  | { readonly kind: "human" };

const KINDS = ["heuristic", "fixtures", "openai", "exec", "human"] as const;
const EXAMPLES = "heuristic, fixtures:0.8, openai:MODEL, exec:./agent.sh or human";

/**
 * Reads `heuristic`, `fixtures:0.8`, `openai:MODEL`, `exec:CMD` or `human`.
 *
 * @throws UsageError `usage.brain` on anything else.
 */
export function parseBrainSpec(text: string): BrainSpec {
  const colon = text.indexOf(":");
  const kind = colon === -1 ? text : text.slice(0, colon);
  const rest = colon === -1 ? "" : text.slice(colon + 1).trim();
  switch (kind) {
    case "heuristic":
    case "human":
      if (colon !== -1) throw wrong(text, `"${kind}" takes nothing after it`);
      return { kind };
    case "fixtures": {
      const quality = rest === "" ? 1 : /^(0|1|0?\.[0-9]+|1\.0+|0\.[0-9]+)$/.test(rest) ? Number(rest) : Number.NaN;
      if (!(quality >= 0 && quality <= 1)) throw wrong(text, "its quality is a number from 0 to 1");
      return { kind, quality };
    }
    case "openai":
      if (rest === "") throw wrong(text, "it needs the name of a model");
      return { kind, model: rest };
    case "exec":
      if (rest === "") throw wrong(text, "it needs a command");
      return { kind, command: rest };
    default: {
      if (colon === -1 && /^(gpt|o[1-9]|claude|llama|qwen|mistral|gemini|deepseek|phi)/i.test(text))
        throw wrong(text, `a model is named openai:${text}`);
      const [guess] = closest(kind, KINDS, 1);
      throw wrong(
        text,
        guess === undefined ? "there is no such kind" : `there is no such kind; did you mean "${guess}"?`,
      );
    }
  }
}

/** The spec as text again. */
export function showBrainSpec(spec: BrainSpec): string {
  switch (spec.kind) {
    case "fixtures":
      return `fixtures:${spec.quality}`;
    case "openai":
      return `openai:${spec.model}`;
    case "exec":
      return `exec:${spec.command}`;
    default:
      return spec.kind;
  }
}

const wrong = (text: string, why: string): UsageError =>
  new UsageError(`Cannot use the brain "${text}": ${why}.`, { code: "usage.brain", hint: `A brain is ${EXAMPLES}.` });
