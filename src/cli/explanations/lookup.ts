import { UsageError } from "../../base/errors.ts";
import { closest, compareText, editDistance } from "../../base/text.ts";
import { EXPLANATIONS, explain } from "../../chain/explanations.ts";
import { kebab, poolRefusal } from "../../chain/refusals.ts";
import { CATALOGUE } from "./catalogue.ts";

export interface FoundExplanation {
  readonly code: string;
  readonly means: string;
  readonly act: string;
  readonly see: string | null;
}

const chainCode = (name: string): string => `chain.${kebab(name)}`;

/** Every code there is, the chain's own errors as `chain.…`, in order. */
export const allCodes = (): string[] =>
  [...new Set([...Object.keys(CATALOGUE), ...Object.keys(EXPLANATIONS).map(chainCode)])].sort(compareText);

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** A chain error by its name, by our code for it, or as a pool names it (`Custom error: 6`, `custom 6`, `6`). */
function chainName(asked: string): string | undefined {
  const pool = poolRefusal({ message: asked.replace(/^(?:custom\s+)?(\d+)$/i, "Custom error: $1") }, "");
  const folded = asked.replace(/^chain\./, "").toLowerCase();
  return [pool, ...Object.keys(EXPLANATIONS)].find(
    (name) =>
      name !== undefined &&
      name in EXPLANATIONS &&
      (name === pool || kebab(name) === folded || name.toLowerCase() === folded),
  );
}

/** Further away from every known code than this, a word is another one and not a mistyped one. */
const MOST_TYPOS = 3;
/** A chain newer than colosseum has errors that nobody here has words for: `SomethingNew`, `chain.something-new`. */
const CHAIN_NAME = /^(?:chain\.[a-z0-9-]+|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)$/;

function byFamily(asked: string): FoundExplanation {
  const name = asked.replace(/^chain\./, "").replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
  const { message, hint } = explain(name);
  const means = `${sentence(message)} The chain calls this ${name}; colosseum knows no more of it than its name.`;
  return { code: chainCode(name), means, act: sentence(hint), see: null };
}

/**
 * What a code means.
 *
 * @throws UsageError `usage.unknown-code` with the codes nearest to it.
 */
export function explanationOf(asked: string): FoundExplanation {
  const wanted = asked.trim().replace(/^code:\s*/i, "");
  const own = CATALOGUE[wanted] ?? CATALOGUE[wanted.toLowerCase()];
  if (own !== undefined) {
    const code = CATALOGUE[wanted] === undefined ? wanted.toLowerCase() : wanted;
    return { code, means: own.means, act: own.act, see: own.see ?? null };
  }
  const name = chainName(wanted);
  const theirs = name === undefined ? undefined : EXPLANATIONS[name];
  if (name !== undefined && theirs !== undefined) {
    const means = `${sentence(theirs.message)} The chain calls this ${name}.`;
    return { code: chainCode(name), means, act: sentence(theirs.hint), see: null };
  }
  const near = closest(wanted.toLowerCase(), [...allCodes(), ...Object.keys(EXPLANATIONS)]);
  const isTypo = near.some((word) => editDistance(word.toLowerCase(), wanted.toLowerCase()) <= MOST_TYPOS);
  if (!isTypo && CHAIN_NAME.test(wanted)) return byFamily(wanted);
  throw new UsageError(`There is no explanation of "${wanted.slice(0, 80)}".`, {
    code: "usage.unknown-code",
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "All codes: colosseum explain",
  });
}
