/** What may differ between two runs of one seed: instants, signatures, and what is made of them. */
const OF_TIME = /At$|^(at|signature|extrinsic)$/;
/** Line 6 of a signed payload is its nonce, which is a time. */
const NONCE_LINE = 5;

/** A task log without its times and signatures, for comparing two runs. */
export function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !OF_TIME.test(key))
      .map(([key, item]) => [key, key === "payload" && typeof item === "string" ? withoutNonce(item) : timeless(item)]),
  );
}

const withoutNonce = (payload: string): string =>
  payload
    .split("\n")
    .filter((_, index) => index !== NONCE_LINE)
    .join("\n");
