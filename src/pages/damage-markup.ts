import type { Candidate, DamageTarget } from "./damage-target.ts";
import { type JsNode, methodCall, stringOf, walkJs } from "./js-tree.ts";
import { attributeOf, elementsOf, type HtmlElement, isText, textOf } from "./parse.ts";

type Place = { readonly startOffset: number; readonly endOffset: number };
const cut = ({ startOffset, endOffset }: Place): Candidate => [{ start: startOffset, end: endOffset, text: "" }];
const placeOf = (element: HtmlElement): Place | undefined => element.sourceCodeLocation ?? undefined;

/** A button, field or result that is missing, together with the statements that speak of nothing else. */
export function requirementDamage(target: DamageTarget): Candidate[] {
  const found: Candidate[] = [];
  for (const element of elementsOf(target.document)) {
    const wanted =
      /^(button|input|select|textarea|output|svg|ul|ol|table)$/.test(element.tagName) ||
      attributeOf(element, "aria-live") !== undefined;
    const place = placeOf(element);
    if (!wanted || place === undefined) continue;
    const id = attributeOf(element, "id");
    const statements = id === undefined ? [] : statementsAbout(target, id);
    if (statements === undefined) continue;
    const label = labelOf(target, element);
    found.push([...cut(place), ...(label === undefined ? [] : cut(label)), ...statements]);
  }
  return found;
}

/** The top statements that look an id up, if each of them is about that element alone; else undefined. */
function statementsAbout({ scripts }: DamageTarget, id: string): Candidate | undefined {
  const found: { start: number; end: number; text: string }[] = [];
  for (const { tree, at } of scripts) {
    for (const { node, parents } of walkJs(tree)) {
      const call = methodCall(node);
      const first = stringOf(call?.args[0]);
      if (call === undefined || (first !== id && first !== `#${id}`)) continue;
      const statement = parents.find(({ type }) => type === "ExpressionStatement");
      if (statement === undefined) return undefined;
      const expression = statement["expression"] as JsNode;
      const inFunction = parents.slice(parents.indexOf(statement)).some(({ type }) => /Function/.test(type));
      const attaches =
        methodCall(expression)?.method === "addEventListener" || expression.type === "AssignmentExpression";
      if (!attaches && inFunction) return undefined;
      found.push({ start: at + statement.start, end: at + statement.end, text: "" });
    }
  }
  return found;
}

function labelOf(target: DamageTarget, element: HtmlElement): Place | undefined {
  const id = attributeOf(element, "id");
  const label = elementsOf(target.document).find(
    (other) => other.tagName === "label" && id !== undefined && attributeOf(other, "for") === id,
  );
  return label === undefined ? undefined : placeOf(label);
}

/** A field that lost its label, or a control without its name. */
export function labelDamage(target: DamageTarget): Candidate[] {
  const found: Candidate[] = [];
  for (const element of elementsOf(target.document)) {
    const place = placeOf(element);
    if (place === undefined) continue;
    if (element.tagName === "label" && attributeOf(element, "for") !== undefined) found.push(cut(place));
    if (element.tagName === "label" && attributeOf(element, "for") === undefined) {
      const [text] = element.childNodes.filter((child) => isText(child) && child.value.trim() !== "");
      if (text?.sourceCodeLocation) found.push(cut(text.sourceCodeLocation));
    }
    const aria = element.sourceCodeLocation?.attrs?.["aria-label"];
    if (aria !== undefined && /^(input|select|textarea|button)$/.test(element.tagName)) {
      found.push([{ start: aria.startOffset - 1, end: aria.endOffset, text: "" }]);
    }
    const [only] = element.childNodes;
    if (
      element.tagName === "button" &&
      element.childNodes.length === 1 &&
      only !== undefined &&
      isText(only) &&
      only.sourceCodeLocation
    )
      found.push(cut(only.sourceCodeLocation));
  }
  return found;
}

/** Words that are replaced: what the author may well have misread. */
const OTHER_WORDS = ["Item", "Value", "Text", "Button", "Name", "Entry", "Option"];

/** A visible text that says something else than was asked. */
export function wordingDamage(target: DamageTarget): Candidate[] {
  const found: Candidate[] = [];
  const other = (text: string): string =>
    OTHER_WORDS[(text.length * 7 + text.charCodeAt(0)) % OTHER_WORDS.length] ?? "Item";
  for (const element of elementsOf(target.document)) {
    if (!/^(button|label|h1|h2|p|output|div|th|td|li|span)$/.test(element.tagName) || textOf(element).trim() === "")
      continue;
    for (const child of element.childNodes) {
      if (!isText(child) || child.value.trim() === "" || !child.sourceCodeLocation) continue;
      const { startOffset, endOffset } = child.sourceCodeLocation;
      found.push([{ start: startOffset, end: endOffset, text: other(child.value) }]);
    }
  }
  for (const { tree, at } of target.scripts) {
    for (const { node, parents } of walkJs(tree)) {
      const text = stringOf(node);
      const parent = parents[0];
      // Strings that are assigned or joined are shown; those of calls and comparisons mostly are not.
      const shown =
        /^(AssignmentExpression|BinaryExpression|ConditionalExpression|ReturnStatement)$/.test(parent?.type ?? "") &&
        !/^[=!]==?$/.test(String(parent?.["operator"] ?? ""));
      if (text === undefined || !shown || !/[A-Za-z]{3}/.test(text)) continue;
      const spaced = text.endsWith(" ") ? `${other(text)}: ` : other(text);
      found.push([{ start: at + node.start, end: at + node.end, text: JSON.stringify(spaced) }]);
    }
  }
  return found;
}
