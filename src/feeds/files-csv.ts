import { parseCsv } from "../arena/csv.ts";
import { fieldNamed, postOf, type RecordSink } from "../arena/posts.ts";

const COUNTERS: ReadonlySet<string | undefined> = new Set(["likes", "retweets", "replies", "views"]);

/** CSV text in pieces → posts. CSV knows no types, so digits become numbers where a post has numbers. */
export class CsvPosts {
  readonly #sink: RecordSink;
  #header: readonly string[] | undefined;
  #headerLine = "";
  #pending = "";

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  push(text: string): void {
    this.#pending += text;
    const cut = lastRowEnd(this.#pending);
    if (cut === 0) return;
    this.#rows(this.#pending.slice(0, cut));
    this.#pending = this.#pending.slice(cut);
  }

  end(): void {
    this.#rows(this.#pending);
    this.#pending = "";
  }

  #rows(text: string): void {
    // The header goes before every piece again, so that each is split by the same separator.
    const rows = parseCsv(this.#headerLine + text);
    if (this.#headerLine !== "") rows.shift();
    for (const { fields } of rows) {
      if (this.#header === undefined) {
        this.#header = fields.map((name) => name.trim());
        this.#headerLine = `${text.slice(0, text.indexOf("\n") + 1).replace(/^\ufeff/, "")}`;
      } else this.#row(this.#header, fields);
    }
  }

  #row(header: readonly string[], fields: readonly string[]): void {
    const record: Record<string, unknown> = {};
    header.forEach((name, index) => {
      const field = fieldNamed(name);
      const text = fields[index] ?? "";
      // An empty cell is a missing value; an empty text is a text.
      if (field === undefined || (text === "" && field !== "text")) return;
      if (COUNTERS.has(field)) record[field] = /^-?[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : text;
      else record[field] = field === "isRetweet" ? /^(true|1)$/i.test(text) : text;
    });
    const post = postOf(record);
    if (post === undefined) this.#sink.odd("not-a-post");
    else this.#sink.post(post);
  }
}

/** The end of the last line end outside quotes; 0 if there is none. */
function lastRowEnd(text: string): number {
  let quoted = false;
  let end = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) quoted = !quoted;
    else if (code === 0x0a && !quoted) end = i + 1;
  }
  return end;
}
