// Arena: a million posts scored, against the time of parsing them in the same run, and the formula alone.
// Prints one JSON object.
import { ColosseumScorer } from "../src/arena/colosseum-scorer.ts";
import { masaPostScore } from "../src/arena/masa.ts";
import { MasaScorer } from "../src/arena/masa-scorer.ts";
import { type Post, postOf } from "../src/arena/posts.ts";
import { buildRegistry } from "../src/arena/registry.ts";
import type { ArenaScorer } from "../src/arena/scorer.ts";
import { madeWeek } from "../test/helpers/posts.ts";

const POSTS = Number(process.env["ARENA_POSTS"] ?? 1_000_000);
const AGENTS = 240;
const WEEK_POSTS = 2_000;

/** JSON Lines of made-up posts with the fields that real ones carry beside those that are scored. */
function lines(): string[] {
  const made: string[] = [];
  for (let week = 0; made.length < POSTS; week++) {
    for (const post of madeWeek(week, AGENTS, Math.min(WEEK_POSTS, POSTS - made.length))) {
      const link = `https://example.org/${post.Username}/status/${post.ID}`;
      const HTML = `${post.Text} <a href="${link}">${link}</a><br><img src="https://example.org/media/${post.ID}.jpg"/>`;
      const rest = {
        ConversationID: post.ID,
        GIFs: null,
        Hashtags: null,
        HTML,
        InReplyToStatus: null,
        IsQuoted: false,
        IsPin: false,
        IsReply: post.InReplyToStatusID !== "",
        IsSelfThread: false,
        Name: post.Username,
        PermanentURL: link,
        Photos: [{ ID: post.ID, URL: `https://example.org/media/${post.ID}.jpg` }],
        Place: null,
        QuotedStatus: null,
        QuotedStatusID: "",
        RetweetedStatus: null,
        RetweetedStatusID: "",
        Thread: null,
        TimeParsed: new Date(post.Timestamp * 1_000).toISOString(),
        URLs: [link],
        Videos: null,
        SensitiveContent: false,
      };
      made.push(JSON.stringify({ Tweet: { ...post, ...rest }, Error: null }));
    }
  }
  return made;
}

const registry = buildRegistry(Array.from({ length: AGENTS }, (_, uid) => ({ userId: `a${uid}`, uid })));
const source = lines();
/** Milliseconds of this thread's processor time: on a machine with other work, wall time measures the others. */
const timed = (work: () => void): number => {
  globalThis.gc?.();
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
};
const parse = (line: string): Record<string, unknown> => (JSON.parse(line) as { Tweet: Record<string, unknown> }).Tweet;
const feed = (scorer: ArenaScorer) => (): void => {
  for (const line of source) {
    const post = postOf(parse(line));
    if (post !== undefined) scorer.post(post);
  }
  scorer.finish();
};

let fields = 0;
const parseMs = timed(() => {
  for (const line of source) fields += parse(line)["Likes"] === undefined ? 0 : 1;
});
const options = { registry, windowSeconds: Number.POSITIVE_INFINITY };
const masaMs = timed(feed(new MasaScorer(options)));
const colosseumMs = timed(feed(new ColosseumScorer(options)));
const sample: Post[] = source.slice(0, 200_000).flatMap((line) => postOf(parse(line)) ?? []);
let sum = 0;
const formulaMs = Math.min(
  ...[1, 2, 3].map(() =>
    timed(() => {
      for (const post of sample) sum += masaPostScore(post) ?? 0;
    }),
  ),
);

console.log(
  JSON.stringify({
    posts: source.length,
    parsed: fields,
    parseMs: Math.round(parseMs),
    masa: { ms: Math.round(masaMs), timesParsing: Number((masaMs / parseMs).toFixed(3)), target: 1.2 },
    colosseum: { ms: Math.round(colosseumMs), timesParsing: Number((colosseumMs / parseMs).toFixed(3)), target: 4 },
    formula: {
      postsPerSecond: Math.round((sample.length / formulaMs) * 1_000),
      target: 3_000_000,
      meanScore: Number((sum / 3 / sample.length).toFixed(6)),
    },
  }),
);
