import type { Candidate, DamageTarget } from "./damage-target.ts";
import { elementsOf, rawTextOf } from "./parse.ts";

/** What a rule gains or loses when a layout breaks. */
const BROKEN = [
  "position: absolute;",
  "width: 40px;\n  overflow: hidden;",
  "height: 12px;\n  overflow: hidden;",
  "margin-left: -300px;",
  "font-size: 2px;",
  "display: none;",
];

/**
 * Rules of the style sheet that break: contents on top of each other, cut off, off the screen, unreadable, or a
 * flow that is gone.
 */
export function layoutDamage({ html, document }: DamageTarget): Candidate[] {
  const found: Candidate[] = [];
  for (const element of elementsOf(document)) {
    const at = element.sourceCodeLocation?.startTag?.endOffset;
    if (element.tagName !== "style" || at === undefined) continue;
    const css = rawTextOf(element);
    if (html.slice(at, at + css.length) !== css) continue;
    for (const rule of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      const selector = (rule[1] ?? "").trim();
      // The body alone would be damage too plain to be natural; a bare @-rule holds no declarations.
      if (/^(@|body$|html$|\*$|:root$)/.test(selector)) continue;
      const start = at + rule.index + (rule[1] ?? "").length + 1;
      const end = start + (rule[2] ?? "").length;
      for (const broken of BROKEN) found.push([{ start: end, end, text: `  ${broken}\n` }]);
      if (/display:\s*(flex|grid)/.test(rule[2] ?? "")) {
        found.push([
          {
            start,
            end,
            text: (rule[2] ?? "").replace(/\s*(display|gap|flex-direction|grid-template-columns):[^;]*;/g, ""),
          },
        ]);
      }
    }
  }
  return found;
}
