const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Parses bytes strictly, UTF-8 included; undefined if they are no JSON. */
export function parseBytes(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown };
  } catch {
    return undefined;
  }
}
