/**
 * First and last code points that take two cells: East Asian Wide and Fullwidth, and what is an emoji by itself.
 *
 * @see Unicode 17, EastAsianWidth.txt (W, F), neighbouring blocks joined where what lies between is unassigned.
 */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x23f0, 0x23f0],
  [0x23f3, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2630, 0x2637],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x268a, 0x268f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f3],
  [0x26f5, 0x26f5],
  [0x26fa, 0x26fa],
  [0x26fd, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x274e, 0x274e],
  [0x2753, 0x2755],
  [0x2757, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27b0],
  [0x27bf, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2b55, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x1b2fb],
  [0x1d300, 0x1d376],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c],
  [0x1f37e, 0x1f393],
  [0x1f3a0, 0x1f3ca],
  [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0],
  [0x1f3f4, 0x1f3f4],
  [0x1f3f8, 0x1f43e],
  [0x1f440, 0x1f440],
  [0x1f442, 0x1f4fc],
  [0x1f4ff, 0x1f53d],
  [0x1f54b, 0x1f54e],
  [0x1f550, 0x1f567],
  [0x1f57a, 0x1f57a],
  [0x1f595, 0x1f596],
  [0x1f5a4, 0x1f5a4],
  [0x1f5fb, 0x1f64f],
  [0x1f680, 0x1f6c5],
  [0x1f6cc, 0x1f6cc],
  [0x1f6d0, 0x1f6d2],
  [0x1f6d5, 0x1f6d8],
  [0x1f6dc, 0x1f6df],
  [0x1f6eb, 0x1f6ec],
  [0x1f6f4, 0x1f6fc],
  [0x1f7e0, 0x1f7eb],
  [0x1f7f0, 0x1f7f0],
  [0x1f90c, 0x1f93a],
  [0x1f93c, 0x1f945],
  [0x1f947, 0x1f9ff],
  [0x1fa70, 0x1faf8],
  [0x20000, 0x3fffd],
];
/** Letters, signs and lines that take one cell each, for the quick way. */
const NARROW = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0391-\u0482\u2010-\u2027\u2190-\u2311\u2500-\u25fc]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function isWide(point: number): boolean {
  let [low, high] = [0, WIDE.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = WIDE[middle] ?? [0, 0];
    if (point < first) high = middle - 1;
    else if (point > last) low = middle + 1;
    else return true;
  }
  return false;
}

const INVISIBLE =
  /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Surrogate}]+/u;
/** An emoji by its selector, a keycap or a flag: two cells even where its first character has one. */
const EMOJI = /\ufe0f|^[\d#*]\u20e3|^\p{Regional_Indicator}{2}/u;
/** Marks with a place of their own; half-width voicing marks. */
const SPACING = /[\p{Spacing_Mark}\uff00-\uffef]/gu;

/** Cells of one grapheme: that of its first visible character, and of marks that do not sit on it. */
function graphemeWidth(grapheme: string): number {
  const visible = grapheme.replace(INVISIBLE, "");
  const point = visible.codePointAt(0);
  if (point === undefined) return 0;
  if (isWide(point) || EMOJI.test(visible)) return 2;
  const behind = visible.slice(point > 0xffff ? 2 : 1);
  return 1 + (behind === "" ? 0 : (behind.match(SPACING)?.length ?? 0));
}

/** Cells that a text without control characters takes in a terminal. */
export function cellWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/**
 * Cuts a text to at most `width` cells; where something is left out, `mark` (one cell) stands at its end.
 * A wide character that does not fit whole is left out whole.
 */
export function cutCells(text: string, width: number, mark = "…"): string {
  if (NARROW.test(text)) {
    if (text.length <= width) return text;
    return width < 1 ? "" : `${text.slice(0, width - 1)}${mark}`;
  }
  if (cellWidth(text) <= width) return text;
  if (width < 1) return "";
  let kept = "";
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    taken += graphemeWidth(segment);
    if (taken > width - 1) break;
    kept += segment;
  }
  return `${kept}${mark}`;
}

/** A text in exactly `width` cells: cut, or filled with blanks on the other side of `align`. */
export function fitCells(text: string, width: number, align: "left" | "right" = "left", mark = "…"): string {
  const cut = cutCells(text, width, mark);
  const blanks = " ".repeat(Math.max(0, width - cellWidth(cut)));
  return align === "left" ? cut + blanks : blanks + cut;
}
