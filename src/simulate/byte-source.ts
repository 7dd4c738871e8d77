/** Where a log's bytes come from, decompressed. */
export interface ByteSource extends AsyncDisposable {
  /** How messages call it. */
  readonly name: string;
  /** Bytes on disk, if known; for progress. */
  readonly size: number | undefined;
  /** Bytes of `size` read so far. */
  consumed(): number;
  /** A plain file, of which any part may be read at any time while the source is open. */
  readonly file?: { readonly fd: number; readonly size: number; seek(position: number): void };
  /** Fills `target` from its start; 0 bytes at the end only. @throws ColosseumError (12 or 14) */
  read(target: Uint8Array): Promise<number>;
}
