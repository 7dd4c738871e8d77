import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HashIndex } from "../../../src/arena/hash-index.ts";
import { TextSketches } from "../../../src/arena/text-sketch.ts";
import { wordHashes } from "../../../src/arena/word-hashes.ts";
import { seededRandom } from "../../../src/base/random.ts";
import { sentence } from "../../helpers/posts.ts";

const verdicts = (...texts: string[]) => {
  const seen = new TextSketches();
  return texts.map((text) => seen.see(seen.sketch(text)));
};
const LONG =
  "the market moves up again today and every careful reader sees the signal that our agent posted yesterday evening";

describe("TextSketches", () => {
  it.each([
    ["the same text", [LONG, LONG], "duplicate-text"],
    ["case, punctuation, digits and emoji", [LONG, `${LONG.toUpperCase()}!!! 123 🚀`], "duplicate-text"],
    ["links and names", [LONG, `@friend ${LONG} https://t.co/abc?d=e#f`], "duplicate-text"],
    ["a short text", ["gm", "GM!"], "duplicate-text"],
    ["a word put after it", [LONG, `${LONG} friends`], "near-duplicate"],
    ["another language without spaces", ["今日は良い天気です", "今日は良い天気です!"], "duplicate-text"],
  ])("finds a repetition despite %s", (_, texts, verdict) => expect(verdicts(...texts)[1]).toBe(verdict));

  it.each([
    ["another order", ["one two", "two one"]],
    [
      "half the words replaced",
      [LONG, "the market moves up again today and nobody that we know has any idea why it should do so at all"],
    ],
    ["texts without words", ["🚀🚀", "🚀🚀"]],
    ["links alone", ["https://a.example/1", "https://b.example/2"]],
    ["empty texts", ["", ""]],
  ])("does not take %s for a repetition", (_, texts) => expect(verdicts(...texts)).toEqual(["new", "new"]));

  it("looks inside texts of six words and more, and compares shorter ones as a whole", () => {
    // The same three words in a row again and again, however long.
    expect(verdicts("go on go on go on", "go on go on go on go")).toEqual(["new", "near-duplicate"]);
    expect(verdicts("go on go on go", "go on go on go on")).toEqual(["new", "new"]);
  });

  it("says of few among thousands of unrelated texts that they repeat", () => {
    const random = seededRandom("texts");
    const found = verdicts(...Array.from({ length: 5_000 }, () => sentence(random, 12)));
    expect(found.filter((verdict) => verdict !== "new").length).toBeLessThan(5);
  });
});

describe("many texts", () => {
  it("are not alike because they are short", () => {
    const random = seededRandom("short");
    const found = verdicts(...Array.from({ length: 1_000 }, () => sentence(random, 6)));
    expect(found.filter((verdict) => verdict !== "new").length).toBeLessThan(5);
  });

  it("are all remembered: a word more does not make one new, whenever it was seen", () => {
    const random = seededRandom("remembered");
    const texts = Array.from({ length: 2_500 }, () => sentence(random, 30));
    const found = verdicts(...texts, ...texts.map((text) => `${text} friends`)).slice(texts.length);
    for (const from of [0, 1_000, 1_500, 2_000]) {
      const some = found.slice(from, from + 500);
      expect(some.filter((verdict) => verdict === "near-duplicate").length).toBeGreaterThan(480);
    }
  });
});

describe("wordHashes", () => {
  const words = (text: string): string => wordHashes(text).join(" ");

  it.each([
    ["case", "Hello World", "hello world"],
    ["punctuation", "hello, (world)!", "hello world"],
    ["blanks of any kind", "hello\n\tworld ", "hello world"],
    ["digits", "hello 2 world 33", "hello world"],
    ["emoji", "hello 🚀✨ world❤️", "hello world"],
    ["links", "hello https://t.co/a?b=c#d http://x.y world", "hello world"],
    ["a link at the end", "hello world https://t.co/a", "hello world"],
    ["names", "@Anna_1 hello @b2 world @", "hello world"],
    ["names with digits and low lines", "@x0y hello @z9_ world", "hello world"],
    ["a multiplication sign", "hello × world", "hello world"],
    ["typographic quotes and wide punctuation", "“hello”！ world。", "hello world"],
  ])("passes over %s", (_, text, same) => {
    expect(words(text)).toBe(words(same));
  });

  it.each([
    ["another order", "hello world", "world hello"],
    ["another letter", "hello world", "hello worle"],
    ["an accent", "hello", "hellö"],
    ["words run together", "hello world", "helloworld"],
    ["a word that only begins like a link", "hello https world", "hello world"],
    ["what follows a link's scheme in a word", "xhttp://hello", "hello"],
    ["another ideograph", "日本", "日木"],
    ["another letter of another script", "привет", "приват"],
  ])("hears %s", (_, text, other) => {
    expect(words(text)).not.toBe(words(other));
  });

  it.each([
    ["ª", true],
    ["©", false],
    ["Ö", true],
    ["×", false],
    ["ø", true],
    ["\u1fff", true],
    ["\u2000", false],
    ["\u303f", false],
    ["\ud7ff", true],
    ["\ue000", false],
    ["\uf8ff", false],
    ["豈", true],
    ["\ufe0f", false],
    ["\ufe10", true],
    ["！", false],
    ["＠", false],
    ["Ａ", true],
    ["_", false],
  ])("knows a letter when it sees one: %j", (character, isLetter) => {
    expect(wordHashes(`${character}`)).toHaveLength(isLetter ? 1 : 0);
  });

  it("takes ideographs one by one, and a letter beside one as a word of its own", () => {
    expect(wordHashes("日本語")).toHaveLength(3);
    expect(wordHashes("ab日cd")).toHaveLength(3);
    expect(wordHashes("ぁ鿿")).toHaveLength(2);
  });

  it("does not read beyond a limit", () => expect(wordHashes("a ".repeat(5_000))).toHaveLength(2_048));
});

describe("HashIndex", () => {
  it("keeps the first value of each key, as a map does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(1_000)), { maxLength: 3_000 }),
        (pairs) => {
          const index = new HashIndex();
          const map = new Map<number, number>();
          for (const [key, value] of pairs) {
            index.add(key * 0x01000193, value);
            if (!map.has(key)) map.set(key, value);
          }
          for (let key = -60; key <= 60; key++) expect(index.get(key * 0x01000193)).toBe(map.get(key) ?? -1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("grows", () => {
    const index = new HashIndex();
    for (let i = 0; i < 10_000; i++) index.add(i * 7_919, i);
    for (let i = 0; i < 10_000; i++) expect(index.get(i * 7_919)).toBe(i);
  });
});
