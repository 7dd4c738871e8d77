import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { describesPosts, type RecordSink, walkRecords } from "../arena/posts.ts";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { CsvPosts } from "./files-csv.ts";
import { fileError, type PostFile } from "./files-find.ts";
import { ArraySplitter } from "./json-splitter.ts";

/** Read at once below this size; beyond, one record at a time. Far below the longest string that V8 can hold. */
const WHOLE_BYTES = 64 * 1_048_576;
const CHUNK_BYTES = 1_048_576;
/** Enough to see a byte order mark, blanks and the first field names. */
const HEAD_BYTES = 65_536;

type Shape = "json" | "array" | "lines" | "csv" | "empty" | "other";

/** What became of one file. */
export type FileOutcome = "posts" | "empty" | "no-posts-file";

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called with the bytes read since the last call (compressed bytes count as what they became). */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Streams the posts of one file, whatever its shape: JSON in any nesting, JSON Lines, CSV with a header, each of them
 * gzipped too. Odd records go to the sink as odd; a file that cannot be read as a whole is an error.
 *
 * @returns `no-posts-file` for a CSV or text in a folder that does not describe posts (a registry, notes).
 * @throws ColosseumError `feeds.bad-json`, `feeds.not-posts`, `feeds.empty-file`, `feeds.unreadable`; AbortError.
 */
export async function readPosts(file: PostFile, into: RecordSink, options: ReadOptions = {}): Promise<FileOutcome> {
  const sink: RecordSink = {
    post: (post) => into.post(post),
    odd: (reason) => into.odd(reason),
    author: (author, at) => into.author?.(author, at ?? file.modifiedAt),
  };
  const { head, zipped } = await readHead(file.path);
  const shape = shapeOf(head, file);
  if (shape === "empty") {
    if (file.named) throw bad(file.path, "feeds.empty-file", "it is empty");
    return "empty";
  }
  if (shape === "other" || (shape === "csv" && !hasPostColumns(head))) {
    if (file.named)
      throw bad(file.path, "feeds.not-posts", "it is neither JSON nor CSV with columns such as user_id, text, likes");
    return "no-posts-file";
  }
  const source = openBytes(file.path, zipped);
  try {
    if (shape === "lines") await readLines(source, sink, options);
    else if (shape === "csv") await readCsv(source, sink, options);
    else if (shape === "array" && (zipped || file.bytes > WHOLE_BYTES))
      await readArray(file.path, source, sink, options);
    else await readWhole(file.path, source, sink, options);
  } catch (error) {
    if (error instanceof ColosseumError || options.signal?.aborted === true) throw error;
    throw fileError(file.path, error);
  }
  return "posts";
}

const bad = (path: string, code: string, why: string, cause?: unknown): ColosseumError =>
  new ColosseumError(`${path} cannot be read as posts: ${why}.`, {
    code,
    exitCode: ExitCode.invalid,
    hint: "Posts are JSON (any nesting), JSON Lines or CSV with a header. Mend the file or leave it out.",
    details: { path },
    cause,
  });

const openBytes = (path: string, zipped: boolean): Readable => {
  const raw = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (!zipped) return raw;
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES });
  raw.on("error", (error) => unzipped.destroy(error));
  return raw.pipe(unzipped);
};

async function readHead(path: string): Promise<{ head: string; zipped: boolean }> {
  try {
    const start = Buffer.alloc(2);
    {
      await using file = await open(path, "r");
      await file.read(start, 0, 2, 0);
    }
    const zipped = start[0] === 0x1f && start[1] === 0x8b;
    const parts: Buffer[] = [];
    let bytes = 0;
    const source = openBytes(path, zipped);
    for await (const chunk of source) {
      parts.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes >= HEAD_BYTES) break;
    }
    source.destroy();
    return {
      head: Buffer.concat(parts)
        .subarray(0, HEAD_BYTES)
        .toString("utf8")
        .replace(/^\ufeff/, ""),
      zipped,
    };
  } catch (error) {
    throw fileError(path, error);
  }
}

function shapeOf(head: string, file: PostFile): Shape {
  const text = head.trimStart();
  if (text === "") return file.bytes === 0 || head.trim() === "" ? "empty" : "other";
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(file.path)) return "lines";
  if (text.startsWith("[")) return "array";
  if (!text.startsWith("{")) return /\.json(\.gz)?$/i.test(file.path) ? "json" : text.includes("\n") ? "csv" : "other";
  const end = text.indexOf("\n");
  // An object that is complete on the first line with more below it: one record a line.
  return end !== -1 && text.slice(end).trim() !== "" && isJson(text.slice(0, end)) ? "lines" : "json";
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const hasPostColumns = (head: string): boolean =>
  describesPosts((head.trimStart().split(/\r?\n/)[0] ?? "").split(/[,;\t]/));

async function* chunks(source: Readable, { signal, onBytes }: ReadOptions): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    signal?.throwIfAborted();
    onBytes?.((chunk as Buffer).length);
    yield chunk as Buffer;
  }
}

async function readWhole(path: string, source: Readable, sink: RecordSink, options: ReadOptions): Promise<void> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks(source, options)) parts.push(chunk);
  let value: unknown;
  try {
    value = JSON.parse(
      Buffer.concat(parts)
        .toString("utf8")
        .replace(/^\ufeff/, ""),
    );
  } catch (error) {
    throw bad(path, "feeds.bad-json", `it is not JSON (${messageOf(error)})`, error);
  }
  walkRecords(value, sink);
}

async function readArray(path: string, source: Readable, sink: RecordSink, options: ReadOptions): Promise<void> {
  let first = true;
  const splitter = new ArraySplitter((text) => walkText(text, sink, true));
  for await (const chunk of chunks(source, options)) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    first = false;
    if (!splitter.push(marked ? chunk.subarray(3) : chunk)) {
      throw bad(path, "feeds.bad-json", "something follows the end of the array");
    }
  }
  if (!splitter.complete) throw bad(path, "feeds.bad-json", "the array never ends; the file was cut off");
}

async function readLines(source: Readable, sink: RecordSink, options: ReadOptions): Promise<void> {
  let rest: Buffer[] = [];
  const line = (bytes: Buffer): void => {
    const text = bytes.toString("utf8").replace(/^\ufeff/, "");
    if (text.trim() !== "") walkText(text, sink, true);
  };
  for await (const chunk of chunks(source, options)) {
    let start = 0;
    for (let end = chunk.indexOf(10, start); end !== -1; end = chunk.indexOf(10, start)) {
      const piece = chunk.subarray(start, end);
      line(rest.length === 0 ? piece : Buffer.concat([...rest, piece]));
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(Buffer.from(chunk.subarray(start)));
  }
  if (rest.length > 0) line(Buffer.concat(rest));
}

async function readCsv(source: Readable, sink: RecordSink, options: ReadOptions): Promise<void> {
  const posts = new CsvPosts(sink);
  const decoder = new TextDecoder();
  for await (const chunk of chunks(source, options)) posts.push(decoder.decode(chunk, { stream: true }));
  posts.push(decoder.decode());
  posts.end();
}

/** One record's text; what is no JSON is odd, not fatal. */
function walkText(text: string, sink: RecordSink, inArray: boolean): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    sink.odd("bad-json");
    return;
  }
  walkRecords(value, sink, 0, inArray);
}
