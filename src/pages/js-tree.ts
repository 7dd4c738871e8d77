/** A node of an ESTree, as far as generic walking needs it. */
export interface JsNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is JsNode =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** A node with what stands above it, nearest first. */
export interface JsVisit {
  readonly node: JsNode;
  /** The key of the parent under which the node stands. */
  readonly key: string;
  readonly parents: readonly JsNode[];
}

/** Every node of a tree in source order, with its ancestors. Not recursive, so that depth costs no stack. */
export function walkJs(root: object): JsVisit[] {
  const visits: JsVisit[] = [];
  const stack: JsVisit[] = isNode(root) ? [{ node: root, key: "", parents: [] }] : [];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    visits.push(visit);
    const parents = [visit.node, ...visit.parents.slice(0, 7)];
    const below: JsVisit[] = [];
    for (const [key, value] of Object.entries(visit.node)) {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (isNode(item)) below.push({ node: item, key, parents });
      }
    }
    for (let i = below.length - 1; i >= 0; i--) stack.push(below[i] as JsVisit);
  }
  return visits;
}

/** The name of an identifier node, else undefined. */
export const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === "Identifier" ? String(node["name"]) : undefined;

/** The value of a string literal node, else undefined. */
export const stringOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === "Literal" && typeof node["value"] === "string" ? node["value"] : undefined;

/** For `object.method(…)`: the method's name and the arguments, else undefined. */
export function methodCall(node: JsNode): { method: string; args: readonly unknown[] } | undefined {
  const callee = node["callee"];
  if (node.type !== "CallExpression" || !isNode(callee) || callee.type !== "MemberExpression" || callee["computed"])
    return undefined;
  const method = nameOf(callee["property"]);
  const args = node["arguments"];
  return method === undefined || !Array.isArray(args) ? undefined : { method, args };
}

/** Whether a node is a reference or binding rather than a property's name, a key or a label. */
export function isVariable({ node, key, parents }: JsVisit): boolean {
  if (node.type !== "Identifier") return false;
  const parent = parents[0];
  if (parent === undefined) return false;
  if (parent.type === "MemberExpression" && key === "property") return parent["computed"] === true;
  if (/^(Property|MethodDefinition|PropertyDefinition)$/.test(parent.type) && key === "key")
    return parent["computed"] === true;
  return !/^(LabeledStatement|BreakStatement|ContinueStatement|ImportSpecifier|ExportSpecifier|MetaProperty)$/.test(
    parent.type,
  );
}
