/** A JSON object of which nothing else is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value parsed from JSON is an object: neither a list nor null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
