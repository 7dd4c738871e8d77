import { describe, expect, it } from "vitest";
import { handleKey, mentionsIn } from "../../../src/arena/mentions.ts";
import { type Post, postOf } from "../../../src/arena/posts.ts";

const named = (fields: Record<string, unknown>): readonly string[] =>
  mentionsIn(postOf({ UserID: "a", Text: "", ...fields }) as Post);

describe("whom a post names", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ["nobody", { Text: "hello" }, []],
    ["names in the text, in any case", { Text: "@Anna and @bob_1, (@ANNA)" }, ["@anna", "@bob_1"]],
    ["at most fifteen characters of a name", { Text: "@abcdefghijklmnop" }, ["@abcdefghijklmno"]],
    ["an @ that names nobody", { Text: "@ @! a@" }, []],
    ["the source's list before the text", { Text: "@anna", Mentions: [{ ID: "7" }] }, ["7"]],
    ["the source's empty list before the text", { Text: "@anna", Mentions: [] }, []],
    ["the text where the source has no list", { Text: "@anna", Mentions: null }, ["@anna"]],
    ["an id before a name", { Mentions: [{ ID: "7", Username: "anna" }] }, ["7"]],
    [
      "a name where there is no id",
      { Mentions: [{ ID: "", Username: "Anna" }, { username: "@Bob" }] },
      ["@anna", "@bob"],
    ],
    ["X's spelling", { Mentions: [{ id: "7" }, "Carl", "@Dora"] }, ["7", "@carl", "@dora"]],
    ["each once", { Mentions: [{ ID: "7" }, { ID: "8" }, { ID: "7" }, "x", "@X"] }, ["7", "8", "@x"]],
    ["nobody by what is no name", { Mentions: [null, 5, {}, { ID: 5 }, { Username: "" }, []] }, []],
    ["nobody in what is no text", { Text: 5 }, []],
  ])("is %s", (_, fields, keys) => {
    expect(named(fields)).toEqual(keys);
  });

  it("is found by handle with or without its @", () => {
    expect([handleKey("Anna"), handleKey("@anna")]).toEqual(["@anna", "@anna"]);
  });
});
