/**
 * Makes text from a log harmless in HTML and SVG, attributes included; control characters become visible.
 *
 * @param text - Anything; nothing in it survives as markup.
 */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );

export interface HtmlPage {
  /** Plain text; escaped here. Stands in the window's title and above the page. */
  readonly title: string;
  /** HTML, its foreign text escaped by whoever wrote it. */
  readonly body: string;
  /** The command that made the page, for its last line; plain text. */
  readonly madeBy: string;
}

/**
 * One self-contained page that can be sent to someone: no script, nothing loaded from elsewhere, and a policy that
 * forbids both. It follows the reader's light or dark theme.
 *
 * @returns HTML.
 */
export function htmlPage({ title, body, madeBy }: HtmlPage): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1>
${body}
<footer>Made by ${escapeHtml(madeBy)}. The page holds everything it shows; nothing is loaded from elsewhere.</footer>
</body></html>
`;
}

/**
 * One part of a page.
 *
 * @param title - Plain text; escaped here.
 * @param words - HTML.
 * @param drawing - HTML or SVG.
 */
export const htmlSection = (title: string, words: string, drawing: string): string =>
  `<section><h2>${escapeHtml(title)}</h2>${words === "" ? "" : `<p>${words}</p>`}${drawing}</section>`;

/** Units of a drawing's width: for a window, and for a phone, where the same drawing made smaller could not be read. */
export const DRAWING_WIDTHS = { roomy: 720, narrow: 360 } as const;
export type DrawingWidth = keyof typeof DRAWING_WIDTHS;

/**
 * A drawing for both, of which the reader's window shows one.
 *
 * @param draw - The same drawing for each; its SVG has the class of its name.
 * @returns HTML.
 */
export const drawnTwice = (draw: (width: DrawingWidth) => string): string => draw("roomy") + draw("narrow");

/** A legend: each name behind a square of its series' colour; names are escaped here. */
export const htmlLegend = (names: readonly string[]): string =>
  names
    .map((name, index) => `<span class="name"><span class="key k${index % 8}"></span>${escapeHtml(name)}</span>`)
    .join(" ");

/** Eight series in colours that colour-blind readers can tell apart (Okabe and Ito 2008), lighter on dark paper. */
const LIGHT = ["#0072b2", "#e69f00", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#1b1b1b", "#999933"];
const DARK = ["#56b4e9", "#e69f00", "#ff7f3f", "#2bc99b", "#e29ac0", "#9ad1f5", "#eeeeee", "#c9c95a"];
const variables = (colours: readonly string[]): string =>
  colours.map((colour, index) => `--s${index}:${colour}`).join(";");
const series = LIGHT.map(
  (_, index) =>
    `.p${index}{fill:var(--s${index})}.k${index}{background:var(--s${index})}.l${index}{stroke:var(--s${index})}`,
).join("");

const STYLE = `:root{color-scheme:light dark;--ink:#1b1b1b;--dim:#666;--line:#ccc;--paper:#fff;--good:#00724d;--bad:#b34700;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root{--ink:#eee;--dim:#aaa;--line:#444;--paper:#16181b;--good:#2bc99b;--bad:#ff7f3f;${variables(DARK)}}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:58rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2rem 0 .25rem}p{margin:.25rem 0 .75rem;color:var(--dim)}
.warning{color:var(--ink);border-left:4px solid var(--bad);padding-left:.75rem}
.yes{color:var(--good)}.no{color:var(--bad)}.open{color:var(--dim)}dt{font-weight:600;margin-top:.75rem}dd{margin:0;color:var(--dim)}
svg{width:100%;height:auto;display:block}svg.square{max-width:24rem}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
${series}
svg.narrow{display:none}@media (max-width:36rem){svg.roomy{display:none}svg.narrow{display:block}}
.axis,.even{stroke:var(--dim)}.halo{stroke:var(--paper);stroke-width:5}.whisker{stroke:var(--ink);stroke-width:1.5}.even{stroke-dasharray:4 4}.grid{stroke:var(--line);opacity:.5}
.frame{fill:none;stroke:var(--line)}.curve{fill:none;stroke-width:2.5}.band{opacity:.15}
.name{white-space:nowrap}.key{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 .6em}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:13px}
th,td{text-align:right;white-space:nowrap;padding:.2rem .35rem;border-bottom:1px solid var(--line)}.text{text-align:left}
.hotkey{text-align:left}td.hotkey{font:11px ui-monospace,monospace;max-width:26rem;white-space:normal;overflow-wrap:anywhere;min-width:20rem}
@media (max-width:36rem){td.hotkey{min-width:8rem}}
footer{margin-top:3rem;color:var(--dim);font-size:13px}`;
