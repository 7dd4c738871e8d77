/**
 * Ranks of rows that stand in the order of their scores, best first: equal scores share a rank, and the next one counts
 * all before it (1, 1, 3).
 *
 * @param rows - By score descending; null (never scored) last.
 * @returns In the order of `rows`, from 1.
 */
export function ranksOf(rows: readonly { readonly score: number | null }[]): number[] {
  let rank = 0;
  return rows.map(({ score }, index) => {
    if (index === 0 || score !== rows[index - 1]?.score) rank = index + 1;
    return rank;
  });
}
