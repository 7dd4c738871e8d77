/** Seconds since the epoch from an RFC 3339 text, digits, or milliseconds; anything else is returned as it is. */
export function secondsOf(value: unknown): unknown {
  // No post is from after the year 5138, so a larger number is milliseconds.
  if (typeof value === "number") return value > 1e11 ? value / 1_000 : value;
  if (typeof value !== "string") return value;
  if (/^[0-9]{1,12}$/.test(value)) return Number(value);
  const ms = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? value : ms / 1_000;
}
