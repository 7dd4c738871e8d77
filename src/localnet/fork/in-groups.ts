/** Questions under way at once: enough to hide the way to a far endpoint, few enough for a public one to answer. */
const AT_ONCE = 8;

/** Does a thing for each item, some at a time; results in the items' order. */
export async function inGroups<T, R>(items: readonly T[], each: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE)
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map((item, at) => each(item, from + at)))));
  return results;
}
