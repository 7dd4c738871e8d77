import type { Candidate, DamageTarget } from "./damage-target.ts";
import { type JsNode, type JsVisit, methodCall, nameOf, stringOf, walkJs } from "./js-tree.ts";
import { elementsOf } from "./parse.ts";

const remove = (at: number, node: JsNode): Candidate => [{ start: at + node.start, end: at + node.end, text: "" }];
const visitsOf = (target: DamageTarget): (JsVisit & { at: number; source: string })[] =>
  target.scripts.flatMap(({ tree, at, source }) => walkJs(tree).map((visit) => ({ ...visit, at, source })));

/** A statement that attaches a handler, or a handler attribute. */
export function handlerDamage(target: DamageTarget): Candidate[] {
  const found: Candidate[] = [];
  for (const { node, at } of visitsOf(target)) {
    if (node.type !== "ExpressionStatement") continue;
    const expression = node["expression"] as JsNode;
    const left = expression.type === "AssignmentExpression" ? (expression["left"] as JsNode) : undefined;
    const attaches =
      (methodCall(expression)?.method === "addEventListener" &&
        !/^(DOMContentLoaded|load)$/.test(stringOf(methodCall(expression)?.args[0]) ?? "")) ||
      (left?.type === "MemberExpression" && /^on[a-z]+$/.test(nameOf(left["property"]) ?? ""));
    if (attaches) found.push(remove(at, node));
  }
  for (const element of elementsOf(target.document)) {
    for (const [name, place] of Object.entries(element.sourceCodeLocation?.attrs ?? {})) {
      if (/^on[a-z]+$/.test(name)) found.push([{ start: place.startOffset - 1, end: place.endOffset, text: "" }]);
    }
  }
  return found;
}

const OTHER_OPERATOR: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["/"],
  "<": ["<=", ">"],
  "<=": ["<"],
  ">": [">=", "<"],
  ">=": [">"],
  "===": ["!=="],
  "!==": ["==="],
};

const mentionsText = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return false;
  const node = value as JsNode;
  if (stringOf(node) !== undefined || node.type === "TemplateLiteral") return true;
  return node.type === "BinaryExpression" && (mentionsText(node["left"]) || mentionsText(node["right"]));
};

/** An operator or a constant that becomes another one. */
export function formulaDamage(target: DamageTarget): Candidate[] {
  const found: Candidate[] = [];
  for (const { node, at, source, parents } of visitsOf(target)) {
    if (node.type === "BinaryExpression" && !(node["operator"] === "+" && mentionsText(node))) {
      const left = node["left"] as JsNode;
      const right = node["right"] as JsNode;
      const operator = String(node["operator"]);
      const offset = source.slice(left.end, right.start).indexOf(operator);
      for (const text of offset === -1 ? [] : (OTHER_OPERATOR[operator] ?? [])) {
        const start = at + left.end + offset;
        found.push([{ start, end: start + operator.length, text }]);
      }
    }
    const { value } = node as { value?: unknown };
    const arithmetic =
      parents[0]?.type === "BinaryExpression" ||
      parents[0]?.type === "AssignmentExpression" ||
      parents[0]?.type === "VariableDeclarator";
    if (node.type === "Literal" && typeof value === "number" && arithmetic && Number.isFinite(value)) {
      const text = String(Number.isInteger(value) ? value + 1 : Number((value * 1.1).toPrecision(6)));
      found.push([{ start: at + node.start, end: at + node.end, text }]);
    }
  }
  return found;
}

/** A statement inside a function that is left out: something is not shown, not counted, not reset. */
export function stepDamage(target: DamageTarget): Candidate[] {
  const found: Candidate[] = [];
  for (const { node, at, parents } of visitsOf(target)) {
    if (node.type !== "ExpressionStatement") continue;
    const inFunction = parents.some(({ type }) => /Function/.test(type));
    const expression = node["expression"] as JsNode;
    const listens = methodCall(expression)?.method === "addEventListener";
    const call = expression.type === "CallExpression" && !listens;
    const direct = parents[0]?.type === "BlockStatement";
    // A whole program wrapped into one call is no step.
    if (
      inFunction &&
      direct &&
      (call || /^(AssignmentExpression|UpdateExpression)$/.test(expression.type)) &&
      node.end - node.start < 200
    )
      found.push(remove(at, node));
  }
  return found;
}
