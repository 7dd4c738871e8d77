import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Post } from "../../../src/arena/posts.ts";
import { readPosts } from "../../../src/feeds/files.ts";
import { findPostFiles } from "../../../src/feeds/files-find.ts";
import { ArraySplitter } from "../../../src/feeds/json-splitter.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "colosseum-feeds-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const read = async (path: string, named = true) => {
  const posts: Post[] = [];
  const odd: string[] = [];
  const outcome = await readPosts(
    { path, bytes: 1, named },
    { post: (found) => void posts.push(found), odd: (reason) => void odd.push(reason) },
  );
  return { outcome, ids: posts.map(({ id }) => id), odd, posts };
};
const write = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(dir, name);
  await writeFile(path, content);
  return path;
};
const post = (id: string, text = 'é🚀, "quoted" ] }') => ({ ID: id, UserID: "1", Text: text });
const two = [post("1"), { Tweet: post("2"), Error: null }];
const lines = two.map((item) => JSON.stringify(item)).join("\n");

describe("readPosts", () => {
  it.each([
    ["a JSON array", "a.json", JSON.stringify(two)],
    ["a pretty JSON object", "a.json", JSON.stringify({ posts: two }, null, 2)],
    ["an object on one line", "a.json", `${JSON.stringify({ posts: two })}\n`],
    ["JSON Lines by name", "a.jsonl", lines],
    ["JSON Lines by content", "a.json", lines],
    ["JSON Lines with CRLF, blanks and a mark", "a.ndjson", `\ufeff${lines.replace("\n", "\r\n\r\n")}\r\n`],
    ["a gzipped array", "a.json.gz", gzipSync(JSON.stringify(two))],
    ["gzipped lines", "a.jsonl.gz", gzipSync(lines)],
    ["CSV", "a.csv", 'id,user_id,text,likes\n1,7,"a,\n""b""",3\n2,7,,\n'],
    ["an array with a mark", "a.json", `\ufeff${JSON.stringify(two)}`],
  ])("reads %s", async (_, name, content) => {
    expect(await read(await write(name, content))).toMatchObject({ outcome: "posts", ids: ["1", "2"], odd: [] });
  });

  it("makes numbers of CSV's digits and leaves empty cells missing", async () => {
    const { posts } = await read(await write("a.csv", "id,user_id,text,likes,views,timestamp\n1,7,x,3,,1735689600\n"));
    expect(posts[0]).toMatchObject({ userId: "7", text: "x", likes: 3, views: undefined, timestamp: 1_735_689_600 });
  });

  it("counts a broken line as odd and goes on", async () => {
    const path = await write("a.jsonl", `${JSON.stringify(post("1"))}\n{"ID": \n${JSON.stringify(post("2"))}`);
    expect(await read(path)).toMatchObject({ ids: ["1", "2"], odd: ["bad-json"] });
  });

  it.each([
    ["text", "notes.txt", "hello\nworld", "feeds.not-posts"],
    ["a registry", "r.csv", "user_id,uid\n1,2\n", "feeds.not-posts"],
    ["an empty file", "a.json", "", "feeds.empty-file"],
    ["blanks", "a.json", " \n ", "feeds.empty-file"],
    ["JSON that was cut off", "a.json", '[{"ID": "1", "Text": "x"}, {', "feeds.bad-json"],
    ["gzipped JSON that was cut off", "a.json.gz", gzipSync('[{"ID": "1", "Text": "x"}, {'), "feeds.bad-json"],
    ["text called .json", "a.json", "hello", "feeds.bad-json"],
  ])("refuses %s that was named", async (_, name, content, code) => {
    await expect(read(await write(name, content))).rejects.toMatchObject({ code, exitCode: 12 });
  });

  it("passes over what is no posts file in a folder", async () => {
    expect((await read(await write("r.csv", "user_id,uid\n1,2\n"), false)).outcome).toBe("no-posts-file");
    expect((await read(await write("e.json", ""), false)).outcome).toBe("empty");
  });

  it("says which file is missing", async () => {
    await expect(read(join(dir, "gone.json"))).rejects.toMatchObject({ code: "feeds.missing-file", exitCode: 14 });
  });
});

describe("findPostFiles", () => {
  it("walks folders in natural order, leaves the registry and hidden files out, takes nothing twice", async () => {
    await mkdir(join(dir, "in", "deep"), { recursive: true });
    for (const name of [
      "in/user_10.json",
      "in/user_2.json",
      "in/deep/a.csv",
      "in/.hidden.json",
      "in/notes.md",
      "registry.csv",
    ]) {
      await write(name, "[]");
    }
    await symlink(join(dir, "registry.csv"), join(dir, "in", "link.csv"));
    const found = await findPostFiles([dir, join(dir, "in", "user_2.json")], [join(dir, "in", "link.csv")]);
    expect(found.map(({ path }) => path.slice(dir.length + 1))).toEqual([
      "in/deep/a.csv",
      "in/user_2.json",
      "in/user_10.json",
    ]);
  });

  it("says which path is missing", async () => {
    await expect(findPostFiles([join(dir, "gone")])).rejects.toMatchObject({ code: "feeds.missing-file" });
  });
});

describe("ArraySplitter", () => {
  const text = ` [ ${JSON.stringify(post("1"))} , [1,{"a":"]\\""}], "x,y" ,7 ] \n`;
  it.each([[1], [2], [3], [7], [1_000]])("cuts the same elements from pieces of %i bytes", (size) => {
    const elements: unknown[] = [];
    const splitter = new ArraySplitter((element) => elements.push(JSON.parse(element)));
    const bytes = Buffer.from(text);
    for (let i = 0; i < bytes.length; i += size) expect(splitter.push(bytes.subarray(i, i + size))).toBe(true);
    expect(splitter.complete).toBe(true);
    expect(elements).toEqual(JSON.parse(text));
  });

  it("has no element in an empty array and refuses what follows it", () => {
    const elements: string[] = [];
    const splitter = new ArraySplitter((element) => elements.push(element));
    expect(splitter.push(Buffer.from("[ ]"))).toBe(true);
    expect(splitter.push(Buffer.from(" x"))).toBe(false);
    expect(elements).toEqual([]);
  });
});
