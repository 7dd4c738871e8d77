import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorOf } from "../../../src/arena/author.ts";
import { challengeIn, challengeMessage, challengePost } from "../../../src/arena/challenge.ts";
import { MOST_POST_CHARACTERS, postLength } from "../../../src/arena/post-length.ts";
import { encodeSs58 } from "../../../src/base/ss58.ts";

const challenges = fc.record({
  netuid: fc.nat(65_535),
  handle: fc.stringMatching(/^[a-z0-9_]{1,15}$/),
  at: fc.integer({ min: 1_000_000_000, max: 99_999_999_999 }),
  hotkey: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(encodeSs58),
});
const signatures = fc.uint8Array({ minLength: 64, maxLength: 64 });

describe("a registration's text", () => {
  it("fits into a post and is read back as it was, whatever stands around it", () => {
    fc.assert(
      fc.property(challenges, signatures, fc.string(), (challenge, signature, around) => {
        const text = challengePost(challenge, signature);
        expect(postLength(text)).toBeLessThanOrEqual(MOST_POST_CHARACTERS);
        const read = challengeIn(`${around.replaceAll("colosseum-arena/1", "")} ${text} ${around}`);
        expect(read?.challenge).toEqual(challenge);
        expect([...(read?.signature ?? [])]).toEqual([...signature]);
      }),
    );
  });

  const challenge = { netuid: 1, handle: "agent", at: 1_767_225_600, hotkey: encodeSs58(new Uint8Array(32).fill(7)) };
  const text = challengePost(challenge, new Uint8Array(64).fill(255));

  it("says what is signed before the signature, word for word", () => {
    expect(text).toContain(`${challengeMessage(challenge)} `);
    expect(challengeMessage(challenge)).toBe(`colosseum-arena/1 1 agent 1767225600 ${challenge.hotkey}`);
  });

  it.each([
    ["line ends where blanks were", text.replaceAll(" ", "\n")],
    ["an @ before the name and capitals in it", text.replace("agent 176", "@Agent 176")],
  ])("survives %s", (_, changed) => {
    expect(challengeIn(changed)?.challenge).toEqual(challenge);
  });

  it.each([
    ["no challenge", "colosseum-arena/1"],
    ["an address that is none", text.replace(challenge.hotkey, `5${"1".repeat(47)}`)],
    ["a signature cut short", text.slice(0, -1)],
    ["a signature that goes on", `${text}A`],
    ["a subnet that cannot be", text.replace("/1 1 ", "/1 99999 ")],
    ["bits that no 64 bytes leave", `${text.slice(0, -1)}x`],
  ])("is not found in %s", (_, changed) => {
    expect(challengeIn(changed)).toBeUndefined();
  });
});

describe("postLength", () => {
  it("is what X compares with 280", () => expect(MOST_POST_CHARACTERS).toBe(280));

  it.each([
    ["nothing", "", 0],
    ["Latin letters", "abc", 3],
    ["a letter with its accent apart", "cafe\u0301", 4],
    ["letters of heavy scripts", "日本", 4],
    ["a whole family as one emoji", "👨‍👩‍👧‍👦", 2],
    ["a skin tone", "🙋🏽", 2],
    ["a flag and a keycap", "🇩🇪1️⃣", 4],
    ["a link of any length", `see https://example.org/${"x".repeat(90)} now`, 4 + 23 + 4],
    ["typographic quotes", "“x”", 3],
    ["the last light letter and the first heavy one", "\u10ff\u1100", 1 + 2],
    ["thin blanks and marks of direction", "\u2002\u200b\u200e", 1 + 1 + 2],
    ["dashes and daggers", "\u2010\u2013\u201f\u2020", 1 + 1 + 1 + 2],
    ["primes and carets", "\u2031\u2032\u2037\u2038", 2 + 1 + 1 + 2],
    ["two links and what stands between", "http://a.b https://c.d", 23 + 1 + 23],
  ])("counts %s as X does", (_, text, length) => {
    expect(postLength(text)).toBe(length);
  });
});

describe("authorOf", () => {
  it.each([
    ["a field that says so", { id: "1", is_automated: true }, true],
    ["a profile that says so", { id: "1", description: "An Automated account, run by a person" }, true],
    ["a bot by name", { id: "1", name: "Weather Bot", description: "" }, true],
    ["a profile that says nothing of it", { id: "1", description: "robotics and botany" }, false],
    ["no profile at all", { id: "1" }, undefined],
  ])("knows an automated account by %s", (_, record, automated) => {
    expect(authorOf(record)?.automated).toBe(automated);
  });

  it("reads X's user and Masa's profile", () => {
    const metrics = { followers_count: 0 };
    expect(
      authorOf({ id: "7", username: "anna", public_metrics: metrics, created_at: "2020-01-01T00:00:00Z" }),
    ).toEqual({
      ...{ userId: "7", username: "anna", followers: 0, createdAt: 1_577_836_800, automated: undefined },
    });
    const profile = {
      UserID: "7",
      Username: "anna",
      FollowersCount: 5,
      Joined: "0001-01-01T00:00:00Z",
      Biography: "a bot",
    };
    expect(authorOf(profile)).toEqual({
      ...{ userId: "7", username: "anna", followers: 5, createdAt: undefined, automated: true },
    });
  });

  it.each<[string, unknown, number | undefined]>([
    ["its first day on X", "2006-01-01T00:00:00Z", 1_136_073_600],
    ["a day before X", "2005-12-31T23:59:59Z", undefined],
    ["no date", "long ago", undefined],
    ["seconds", 1_577_836_800, 1_577_836_800],
  ])("knows since when an account is there from %s", (_, created_at, createdAt) => {
    expect(authorOf({ id: "7", created_at })?.createdAt).toBe(createdAt);
  });

  it.each([-1, "5", null, Number.POSITIVE_INFINITY])("takes %j for no number of followers", (followers_count) => {
    expect(authorOf({ id: "7", public_metrics: { followers_count } })?.followers).toBeUndefined();
  });

  it("asks the profile's words only where no field says it", () => {
    expect(authorOf({ id: "7", is_automated: false, description: "a bot" })?.automated).toBe(false);
    expect(authorOf({ id: "7", description: 5, name: "Botanist" })?.automated).toBe(false);
  });

  it.each([[undefined], [null], [7], [[]], [{}], [{ id: 7 }], [{ UserID: "" }]])(
    "takes %j for no account",
    (record) => {
      expect(authorOf(record)).toBeUndefined();
    },
  );
});
