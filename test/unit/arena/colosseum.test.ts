import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { seededRandom, shuffled } from "../../../src/base/random.ts";
import { flagsOf, rawOf, scoreColosseum, scoreMasa, shareOf } from "../../helpers/arena.ts";
import { DAY_SECONDS, type MadePost, madeWeek, post, START_SECONDS } from "../../helpers/posts.ts";
import { referenceColosseum } from "./reference.ts";

/** Simulations take seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const AGENTS = 8;
const everybody = Object.fromEntries(Array.from({ length: AGENTS }, (_, uid) => [uid, [`a${uid}`]]));
const seed = fc.integer({ min: 0, max: 100_000 });
const CLOSE = 1e-9;

describe("the formula colosseum", () => {
  it("gives what docs/arena.md says, for every agent, post and metric", () => {
    const accounts = { ...everybody, 7: ["a7", "x9"] };
    const counts = fc.array(
      fc.record({
        userId: fc.constantFrom("a1", "a6", "a7", "x9"),
        seconds: fc.integer({ min: -1, max: 8 }).map((days) => START_SECONDS + days * DAY_SECONDS),
        followers: fc.nat(400),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 9 }),
        counts,
        (week, end, days, seen) => {
          const posts = madeWeek(week);
          const at = START_SECONDS + end * DAY_SECONDS;
          // Of two counts at one time the later word is taken; which is that, only the order of reading tells.
          const followers = [...new Map(seen.map((one) => [`${one.userId} ${one.seconds}`, one])).values()];
          const scores = scoreColosseum(posts, accounts, { at, windowSeconds: days * DAY_SECONDS }, followers);
          fc.pre(scores.skipped["duplicate-text"] + scores.skipped["near-duplicate"] === 0);
          const wanted = referenceColosseum(posts, accounts, at, days, followers);
          expect(scores.agents.map(({ uid }) => String(uid)).sort()).toEqual(Object.keys(wanted).sort());
          for (const { uid, raw, posts: count, metrics } of scores.agents) {
            const other = wanted[String(uid)];
            expect(raw).toBeCloseTo(other?.raw ?? Number.NaN, 9);
            expect(count).toBe(other?.posts);
            expect(metrics.followers).toBe(other?.metrics.followers);
            expect(metrics.mentions).toBe(other?.metrics.mentions);
            for (const key of ["impressions", "likes", "replies"] as const)
              expect(metrics[key]).toBeCloseTo(other?.metrics[key] ?? Number.NaN, 6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each<[string, Partial<Record<keyof MadePost, unknown>>, string | null]>([
    ["no likes to count", { Likes: null }, "bad-counter"],
    ["views in words", { Views: "many" }, "bad-counter"],
    ["endless replies", { Replies: Number.POSITIVE_INFINITY }, "bad-counter"],
    ["no counters at all", { Likes: undefined, Views: undefined, Replies: undefined }, null],
    ["truth values, as Python counts them", { Likes: true, Views: true, Replies: false }, null],
    ["counters below nothing, which are nothing", { Likes: -5, Views: -5, Replies: -5 }, null],
    ["no time", { Timestamp: undefined }, "bad-timestamp"],
    ["a time in words", { Timestamp: "today" }, "bad-timestamp"],
    ["the first second of the window", { Timestamp: START_SECONDS - 7 * DAY_SECONDS }, null],
    ["the second before the window", { Timestamp: START_SECONDS - 7 * DAY_SECONDS - 1 }, "outside-window"],
    ["the second after the window", { Timestamp: START_SECONDS + 1 }, "outside-window"],
    ["somebody else's words", { IsRetweet: true }, "retweet"],
    ["bad counters before a bad time", { Likes: null, Timestamp: null }, "bad-counter"],
  ])("leaves out a post with the first reason that applies: %s", (_, fields, reason) => {
    const odd = { ...post({ UserID: "a1", Likes: 9, Views: 99 }), ...fields };
    const scores = scoreColosseum([post({ UserID: "a0", Likes: 9, Views: 99 }), odd], everybody, { at: START_SECONDS });
    const skipped = Object.entries(scores.skipped).filter(([, count]) => count > 0);
    expect(skipped).toEqual(reason === null ? [] : [[reason, 1]]);
    expect(scores.agents.every(({ raw }) => raw !== null && raw >= 0)).toBe(true);
    expect(scores.agents.map(({ uid }) => uid)).toEqual(reason === null ? [0, 1] : [0]);
  });

  it("takes a post once, also where it was read with counters that are none in between", () => {
    const good = post({ UserID: "a0", ID: "same", Likes: 9, Views: 99 });
    const scores = scoreColosseum([good, { ...good, Likes: null }, good, { ...good, UserID: "a1" }], everybody);
    expect(scores.skipped).toMatchObject({ "bad-counter": 1, "duplicate-id": 1, "duplicate-text": 1 });
    expect(scores.agents.map(({ uid, posts }) => [uid, posts])).toEqual([[0, 1]]);
  });

  it("credits nobody for an account that is no text, and says so", () => {
    const odd = [{ UserID: 5 }, { UserID: null }, { UserID: "" }, {}, { UserID: "x" }].map((one) => ({
      Text: "t",
      ...one,
    }));
    const { skipped } = scoreColosseum(odd, everybody);
    expect([skipped["missing-user-id"], skipped["unregistered-author"]]).toEqual([3, 2]);
  });

  it("never falls in any counter of a post, for score and share", () => {
    const field = fc.constantFrom("Likes", "Replies", "Views", "Retweets");
    fc.assert(
      fc.property(seed, fc.nat(119), field, fc.integer({ min: 1, max: 100_000 }), (week, place, key, more) => {
        const posts = madeWeek(week);
        const chosen = posts[place] as MadePost;
        const raised = posts.with(place, { ...chosen, [key]: chosen[key] + more });
        const uid = Number(chosen.UserID.slice(1));
        const [before, after] = [scoreColosseum(posts, everybody), scoreColosseum(raised, everybody)];
        expect(rawOf(after, uid)).toBeGreaterThanOrEqual(rawOf(before, uid) - CLOSE);
        if (chosen.UserID.startsWith("a"))
          expect(shareOf(after, uid)).toBeGreaterThanOrEqual(shareOf(before, uid) - CLOSE);
      }),
      { numRuns: 120 },
    );
  });

  it("never falls when followers grow", () => {
    fc.assert(
      fc.property(seed, fc.nat(500), fc.nat(500), (week, growth, more) => {
        const raw = (grown: number) =>
          rawOf(
            scoreColosseum(madeWeek(week), everybody, {}, [
              { userId: "a7", seconds: START_SECONDS + DAY_SECONDS, followers: 100 },
              { userId: "a7", seconds: START_SECONDS + 5 * DAY_SECONDS, followers: 100 + grown },
            ]),
            7,
          );
        expect(raw(growth + more)).toBeGreaterThanOrEqual(raw(growth) - CLOSE);
      }),
      { numRuns: 60 },
    );
  });

  /** An agent's posts and what it receives, divided between it and a twin. */
  const divided = (posts: readonly MadePost[], own: string, sides: readonly boolean[], keepsAnswers: boolean) =>
    posts.map((item, index) => ({
      ...item,
      UserID:
        item.UserID === own && sides[index] && !(keepsAnswers && item.InReplyToStatusID !== "") ? "twin" : item.UserID,
      Mentions:
        item.Mentions?.map((name) =>
          name.ID === own && sides[(index * 7) % 120] ? { ID: "twin", Username: "twin" } : name,
        ) ?? null,
    }));
  const sides = fc.array(fc.boolean(), { minLength: 120, maxLength: 120 });

  it("never pays for splitting an agent in two, however its posts and what it receives are divided", () => {
    fc.assert(
      fc.property(seed, fc.nat(AGENTS - 1), sides, (week, uid, way) => {
        const posts = madeWeek(week);
        const before = scoreColosseum(posts, everybody);
        const after = scoreColosseum(divided(posts, `a${uid}`, way, false), { ...everybody, 99: ["twin"] });
        expect(rawOf(after, uid) + rawOf(after, 99)).toBeLessThanOrEqual(rawOf(before, uid) + CLOSE);
      }),
      { numRuns: 120 },
    );
  });

  it("gives the halves no larger share either, as long as the twin does not go and answer competitors", () => {
    fc.assert(
      fc.property(seed, fc.nat(AGENTS - 1), sides, (week, uid, way) => {
        const posts = madeWeek(week);
        const before = scoreColosseum(posts, everybody);
        const after = scoreColosseum(divided(posts, `a${uid}`, way, true), { ...everybody, 99: ["twin"] });
        expect(shareOf(after, uid) + shareOf(after, 99)).toBeLessThanOrEqual(shareOf(before, uid) + CLOSE);
      }),
      { numRuns: 120 },
    );
  });

  it("pays a ring that engages only itself less than its members apart", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 2, max: AGENTS }), fc.integer({ min: 1, max: 3 }), (week, k, eager) => {
        const random = seededRandom(`ring/${week}`);
        const apart = madeWeek(week).map((item) => ({ ...item, InReplyToStatusID: "", Mentions: null }));
        const members = Array.from({ length: k }, (_, uid) => `a${uid}`);
        const own = shuffled(random, apart).filter(
          ({ UserID, Likes, Views, IsRetweet }) => members.includes(UserID) && Likes > 0 && Views > 0 && !IsRetweet,
        );
        fc.pre(own.length > 0);
        const targets = new Set(own.slice(0, 10).map(({ ID }) => ID));
        const answers: MadePost[] = [];
        const lifted = apart.map((item) => {
          if (!targets.has(item.ID)) return item;
          const others = members.filter((member) => member !== item.UserID);
          for (const UserID of others) {
            for (let i = 0; i < eager; i++) {
              const Mentions = [{ ID: item.UserID, Username: item.Username }];
              answers.push(
                post({
                  UserID,
                  InReplyToStatusID: item.ID,
                  Mentions,
                  Timestamp: item.Timestamp + 60,
                  Text: `r${week}`,
                }),
              );
            }
          }
          // Every member likes, sees and answers each of the others' posts.
          return {
            ...item,
            Likes: item.Likes + others.length,
            Views: item.Views + others.length,
            Replies: item.Replies + others.length * eager,
          };
        });
        const total = (posts: readonly MadePost[]) => {
          const scores = scoreColosseum(posts, everybody, {
            at: START_SECONDS + 8 * DAY_SECONDS,
            windowSeconds: 9 * DAY_SECONDS,
          });
          return members.reduce((sum, _, uid) => sum + rawOf(scores, uid), 0);
        };
        expect(total([...lifted, ...answers])).toBeLessThan(total(apart));
      }),
      { numRuns: 100 },
    );
  });

  it("gives the same scores whatever the order of reading", () => {
    fc.assert(
      fc.property(seed, fc.integer(), (week, order) => {
        const posts = madeWeek(week);
        const byUid = (scores: ReturnType<typeof scoreColosseum>) =>
          Object.fromEntries(scores.agents.map(({ uid, raw }) => [uid, (raw ?? 0).toFixed(9)]));
        expect(byUid(scoreColosseum(shuffled(seededRandom(order), posts), everybody))).toEqual(
          byUid(scoreColosseum(posts, everybody)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("gives the same scores when everything is read twice", () => {
    fc.assert(
      fc.property(seed, (week) => {
        const posts = madeWeek(week);
        const [once, twice] = [posts, [...posts, ...posts]].map((read) =>
          scoreColosseum(read, everybody).agents.map(({ uid, raw, metrics }) => ({
            uid,
            metrics,
            raw: raw?.toFixed(9),
          })),
        );
        expect(twice).toEqual(once);
      }),
      { numRuns: 20 },
    );
  });

  it("accounts for every post", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 12 }), (week, days) => {
        const posts: unknown[] = [...madeWeek(week), 7, null, { Text: "x" }, { UserID: "a0", Likes: null, Text: "y" }];
        const {
          posts: read,
          scored,
          skipped,
        } = scoreColosseum(posts, everybody, { windowSeconds: days * DAY_SECONDS });
        expect(read).toBe(posts.length);
        expect(scored + Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(read);
      }),
      { numRuns: 40 },
    );
  });

  it("gives the best 1, a lone agent too, and nobody anything for nothing", () => {
    const lone = scoreColosseum([post({ UserID: "a0", Likes: 3, Views: 50 })], everybody);
    expect(lone.agents.map(({ score, share, weight }) => [score, share, weight])).toEqual([[1, 1, 65_535]]);
    const nothing = scoreColosseum([post({ UserID: "a0" }), post({ UserID: "a1" })], everybody);
    expect(nothing.agents.map(({ score, weight }) => [score, weight])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("lets a post count half after a half-life", () => {
    const at = START_SECONDS + 4 * DAY_SECONDS;
    const [fresh, old] = [0, 3.5].map((days) =>
      rawOf(
        scoreColosseum([post({ UserID: "a0", Likes: 9, Views: 99, Timestamp: at - days * DAY_SECONDS })], everybody, {
          at,
        }),
        0,
      ),
    );
    expect(old).toBeCloseTo((fresh ?? 0) / 2, 12);
  });

  it("takes the later counters of a post that was read twice", () => {
    const [early, late] = [
      post({ UserID: "a0", ID: "same", Likes: 2, Views: 40 }),
      post({ UserID: "a0", ID: "same", Likes: 9, Views: 90 }),
    ];
    for (const posts of [
      [early, late],
      [late, early],
    ]) {
      const scores = scoreColosseum(posts, everybody);
      expect(scores.agents[0]?.metrics).toMatchObject({ likes: 9, impressions: 90 });
      expect(scores.skipped["duplicate-id"]).toBe(1);
    }
  });
});

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const accounts = { 1: ["honest"], 2: ["cheat"], 3: ["third"] };
/** The cheat's other accounts, for attacks that take several. */
const RING = ["cheat", "ring1", "ring2", "ring3", "ring4"];
const ringAccounts = { ...accounts, 4: ["ring1"], 5: ["ring2"], 6: ["ring3"], 7: ["ring4"] };
/** An ordinary agent: ten posts that people answer. */
const honest = many(10, () => post({ UserID: "honest", Likes: 12, Replies: 4, Views: 900, Retweets: 2 }));
const third = [post({ UserID: "third", Likes: 1, Views: 30 })];

interface Attack {
  readonly name: string;
  readonly before: readonly MadePost[];
  readonly after: readonly MadePost[];
  readonly flag?: string;
  /** Those who attack together; the cheat alone by default. */
  readonly uids?: readonly number[];
  /** Growth of the cheat's followers in the window. */
  readonly followers?: readonly [number, number];
}

/** Two posts of each of the ring's members; `eager`: each member likes, sees and answers each of the others' posts. */
const ringPosts = (eager: boolean): MadePost[] =>
  RING.flatMap((UserID, member) => {
    const others = eager ? RING.filter((other) => other !== UserID) : [];
    return many(2, (i) => [
      post({
        UserID,
        ID: `ring${member}${i}`,
        Likes: 4 + others.length,
        Views: 200 + others.length,
        Replies: 1 + others.length,
        Text: `ring member ${"abcde"[member]} writes ${"xy"[i]} on its own`,
      }),
      ...others.map((other) =>
        post({
          UserID: other,
          InReplyToStatusID: `ring${member}${i}`,
          Mentions: [{ ID: UserID, Username: UserID }],
          Timestamp: START_SECONDS + 60,
          Text: `${other} likes ${"abcde"[member]}${"xy"[i]}`,
        }),
      ),
    ]).flat();
  });

/** Attacks that users of the real arena complained about; share of the cheat before and after, under both formulas. */
const ATTACKS: readonly Attack[] = [
  {
    name: "long texts that nobody reads",
    before: many(10, () => post({ UserID: "cheat", Views: 5 })),
    after: many(10, (i) =>
      post({ UserID: "cheat", Views: 5, Text: `${i} ${"padding words without any meaning ".repeat(8)}${i}` }),
    ),
    flag: "duplicate-texts",
  },
  {
    name: "a hundred empty posts",
    before: many(5, () => post({ UserID: "cheat", Views: 5 })),
    after: many(100, () => post({ UserID: "cheat", Views: 5 })),
    flag: "high-frequency",
  },
  {
    name: "the same text fifty times",
    before: many(1, () =>
      post({ UserID: "cheat", Likes: 3, Views: 90, Text: "buy this wonderful coin today my dear friends" }),
    ),
    after: many(50, (i) =>
      post({
        UserID: "cheat",
        Likes: 3,
        Views: 90,
        Text: "buy this wonderful coin today my dear friends",
        Timestamp: START_SECONDS + i,
      }),
    ),
    flag: "duplicate-texts",
  },
  {
    name: "near-duplicates with a number and a link changed",
    before: many(1, () =>
      post({
        UserID: "cheat",
        Likes: 3,
        Views: 90,
        Text: "the market moves up again and the careful reader sees it in our daily signal number 1",
      }),
    ),
    after: many(50, (i) =>
      post({
        UserID: "cheat",
        Likes: 3,
        Views: 90,
        Text: `the market moves up again and the careful reader sees it in our daily signal number ${i} https://t.co/${i}x`,
        Timestamp: START_SECONDS + i,
      }),
    ),
    flag: "duplicate-texts",
  },
  {
    name: "likes without impressions",
    before: many(5, () => post({ UserID: "cheat", Likes: 2, Views: 40 })),
    after: many(5, () => post({ UserID: "cheat", Likes: 400, Views: 40 })),
    flag: "likes-above-views",
  },
  {
    name: "answering its own posts",
    before: many(5, (i) => post({ UserID: "cheat", ID: `self${i}`, Likes: 2, Views: 60 })),
    after: many(5, (i) => i).flatMap((i) => [
      post({ UserID: "cheat", ID: `self${i}`, Likes: 2, Views: 60, Replies: 6 }),
      ...many(6, (j) =>
        post({
          UserID: "cheat",
          InReplyToStatusID: `self${i}`,
          Timestamp: START_SECONDS + 60,
          Text: `so true ${"abcdef"[j]} ${"uvwxyz"[i]}`,
        }),
      ),
    ]),
    flag: "self-replies",
  },
  {
    name: "a bought spike on one post",
    before: many(6, () => post({ UserID: "cheat", Likes: 2, Views: 60 })),
    after: [
      ...many(5, () => post({ UserID: "cheat", Likes: 2, Views: 60 })),
      post({ UserID: "cheat", Likes: 9_000, Views: 900_000 }),
    ],
    flag: "spike",
  },
  {
    name: "replies without impressions",
    before: many(5, () => post({ UserID: "cheat", Likes: 2, Views: 40 })),
    after: many(5, () => post({ UserID: "cheat", Likes: 2, Views: 40, Replies: 200 })),
    flag: "replies-above-views",
  },
  {
    name: "the same engagement on ten times the posts",
    before: many(10, () => post({ UserID: "cheat", Likes: 10, Views: 500, Replies: 2 })),
    after: many(100, (i) => post({ UserID: "cheat", Likes: 1, Views: 50, Replies: i % 5 === 0 ? 1 : 0 })),
    flag: "high-frequency",
  },
  {
    name: "twenty pictures that are seen and not answered",
    before: many(2, () => post({ UserID: "cheat", Views: 60, Text: "" })),
    after: many(20, () => post({ UserID: "cheat", Views: 60, Text: "" })),
  },
  {
    name: "fifty fresh accounts that mention it",
    before: many(5, () => post({ UserID: "cheat", Likes: 2, Views: 60 })),
    after: [
      ...many(5, () => post({ UserID: "cheat", Likes: 2, Views: 60 })),
      ...many(50, (i) => post({ UserID: `fresh${i}`, Mentions: [{ ID: "cheat", Username: "cheat" }] })),
    ],
    flag: "mentions-capped",
  },
  {
    name: "ten thousand bought followers",
    before: many(5, () => post({ UserID: "cheat", Likes: 2, Views: 60 })),
    after: many(5, () => post({ UserID: "cheat", Likes: 2, Views: 60 })),
    followers: [5, 10_005],
    flag: "followers-capped",
  },
  {
    name: "five agents that like and answer each other",
    before: ringPosts(false),
    after: ringPosts(true),
    uids: [2, 4, 5, 6, 7],
    flag: "ring",
  },
  {
    name: "one agent split in five",
    before: many(10, () => post({ UserID: "cheat", Likes: 6, Views: 300, Replies: 1 })),
    after: many(10, (i) => post({ UserID: RING[i % 5] ?? "", Likes: 6, Views: 300, Replies: 1 })),
    uids: [2, 4, 5, 6, 7],
  },
];

describe("attacks", () => {
  const shares = (attack: readonly MadePost[], uids: readonly number[], grown: number | undefined) => {
    const posts = [...honest, ...attack, ...third];
    const growth = [
      { userId: "cheat", seconds: START_SECONDS - DAY_SECONDS, followers: 10 },
      { userId: "cheat", seconds: START_SECONDS, followers: 10 + (grown ?? 0) },
    ];
    const ours = scoreColosseum(posts, ringAccounts, {}, grown === undefined ? [] : growth);
    const theirs = scoreMasa(posts, ringAccounts);
    const sum = (scores: typeof ours) => uids.reduce((total, uid) => total + shareOf(scores, uid), 0);
    return { ours, theirs, cheat: { ours: sum(ours), theirs: sum(theirs) } };
  };

  /** The table of docs/arena.md, which is held equal to what is measured here. */
  const documented = readFileSync(new URL("../../../docs/arena.md", import.meta.url), "utf8");
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

  it.each(ATTACKS)("$name: pays as documented, and nobody alone more than an honest agent", (attack) => {
    const { name, before, after, flag, uids = [2], followers } = attack;
    const [plain, attacked] = [shares(before, uids, followers?.[0]), shares(after, uids, followers?.[1])];
    const row = [
      `| ${name} `,
      ` ${percent(plain.cheat.theirs)} → ${percent(attacked.cheat.theirs)} `,
      ` ${percent(plain.cheat.ours)} → ${percent(attacked.cheat.ours)} `,
      flag === undefined ? " |" : ` \`${flag}\` |`,
    ].join("|");
    expect(documented).toContain(row);
    for (const uid of uids) expect(shareOf(attacked.ours, uid)).toBeLessThan(shareOf(attacked.ours, 1));
    if (flag !== undefined) expect(flagsOf(attacked.ours, 2)).toContain(flag);
  });

  it("a hundred empty posts do not beat one that people answer, which they do under masa-v1", () => {
    const posts = [
      post({ UserID: "honest", Likes: 3, Replies: 2, Views: 80 }),
      ...many(100, () => post({ UserID: "cheat", Views: 3 })),
      ...third,
    ];
    const [ours, theirs] = [scoreColosseum(posts, accounts), scoreMasa(posts, accounts)];
    expect(shareOf(ours, 2)).toBeLessThan(shareOf(ours, 1));
    expect(shareOf(theirs, 2)).toBeGreaterThan(shareOf(theirs, 1));
  });

  it("mere text length earns nothing", () => {
    const long = scoreColosseum([post({ UserID: "cheat", Text: "word ".repeat(400), Likes: 1, Views: 20 })], accounts);
    const short = scoreColosseum([post({ UserID: "cheat", Text: "word", Likes: 1, Views: 20 })], accounts);
    expect(rawOf(long, 2)).toBe(rawOf(short, 2));
  });

  it("a text belongs to whoever posted it first", () => {
    const text = "seven small words that somebody wrote first here";
    const posts = [
      post({ UserID: "cheat", Likes: 9, Views: 90, Text: text, Timestamp: START_SECONDS + 10 }),
      post({ UserID: "honest", Likes: 9, Views: 90, Text: text, Timestamp: START_SECONDS }),
    ];
    const scores = scoreColosseum(posts, accounts);
    expect(scores.agents.map(({ uid }) => uid)).toEqual([1]);
    expect(scores.skipped["duplicate-text"]).toBe(1);
  });

  it("a text belongs to whoever posted it first, whatever stands between without a time that can be read", () => {
    const text = "seven small words that somebody wrote first here";
    const posts = [
      post({ UserID: "honest", ID: "z", Likes: 9, Views: 90, Text: text, Timestamp: START_SECONDS }),
      post({ UserID: "third", ID: "m", Timestamp: 1e15 }),
      post({ UserID: "cheat", ID: "a", Likes: 9, Views: 90, Text: text, Timestamp: START_SECONDS + 10 }),
    ];
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const scores = scoreColosseum(
        order.map((place) => posts[place]),
        accounts,
      );
      expect(scores.agents.map(({ uid }) => uid)).toEqual([1]);
    }
  });

  it("too many posts a day are named, whatever the times of others that do not count", () => {
    const hourly = many(60, (i) => post({ UserID: "cheat", Timestamp: START_SECONDS + 60 * i, Likes: 1, Views: 9 }));
    const at = START_SECONDS + DAY_SECONDS;
    const flagsWith = (...more: MadePost[]): readonly string[] =>
      flagsOf(scoreColosseum([...hourly, ...more], accounts, { at }), 2);
    expect(flagsWith()).toContain("high-frequency");
    expect(flagsWith(post({ UserID: "cheat", Timestamp: 1e15 }))).toContain("high-frequency");
    const bad = post({ UserID: "cheat", Timestamp: START_SECONDS - 90 * DAY_SECONDS, Likes: null as never });
    expect(flagsWith(bad)).toContain("high-frequency");
    expect(flagsOf(scoreColosseum(hourly.slice(0, 50), accounts, { at }), 2)).not.toContain("high-frequency");
  });

  it("mentions count once per outside account, shared between those it names, capped by impressions", () => {
    const naming = (UserID: string, ...names: string[]) =>
      post({ UserID, Mentions: names.map((ID) => ({ ID, Username: ID })) });
    const seen = [post({ UserID: "honest", Views: 1_000 }), post({ UserID: "third", Views: 1_000 })];
    const raw = (...more: MadePost[]) => rawOf(scoreColosseum([...seen, ...more], accounts), 1);
    const none = raw();
    const one = raw(naming("x1", "honest")) - none;
    expect(one).toBeCloseTo(0.5, 9);
    expect(raw(naming("x1", "honest"), naming("x1", "honest")) - none).toBeCloseTo(one, 9);
    expect(raw(naming("x1", "honest", "third")) - none).toBeCloseTo(one / 2, 9);
    expect(raw(naming("x1", "honest"), naming("x2", "honest")) - none).toBeCloseTo(2 * one, 9);
    expect(raw(naming("honest", "honest"), naming("third", "honest")) - none).toBeCloseTo(0, 9);
    const crowd = many(500, (i) => naming(`bot${i}`, "honest"));
    const scores = scoreColosseum([...seen, ...crowd], accounts);
    expect(rawOf(scores, 1) - none).toBeCloseTo(1_000 * 0.05 * 0.5, 9);
    expect(flagsOf(scores, 1)).toContain("mentions-capped");
  });

  it("followers that the impressions do not explain are capped and named", () => {
    const posts = [post({ UserID: "honest", Views: 1_000, Timestamp: START_SECONDS + DAY_SECONDS })];
    const grown = (to: number) => [
      { userId: "honest", seconds: START_SECONDS, followers: 10 },
      { userId: "honest", seconds: START_SECONDS + DAY_SECONDS, followers: to },
    ];
    const [few, bought] = [40, 90_010].map((to) => scoreColosseum(posts, accounts, {}, grown(to)));
    expect(rawOf(bought as never, 1) - rawOf(few as never, 1)).toBeCloseTo((50 - 30) * 0.02, 9);
    expect(flagsOf(bought as never, 1)).toContain("followers-capped");
    expect(few?.agents[0]?.metrics.followers).toBe(30);
  });

  it("a ring is named", () => {
    const ring = [
      post({ UserID: "honest", ID: "r1", Likes: 5, Views: 60, Replies: 3 }),
      ...many(3, (i) => post({ UserID: "cheat", InReplyToStatusID: "r1", Text: `great ${"abc"[i]}` })),
    ];
    expect(flagsOf(scoreColosseum([...ring, ...third], accounts), 1)).toContain("ring");
  });
});
