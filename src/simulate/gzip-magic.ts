const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Whether bytes begin as a gzip archive does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
