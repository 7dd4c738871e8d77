// What is a post worth, and what is a wall of text worth? node examples/library/arena.js
import { buildRegistry, FORMULAS, formulaNamed, walkRecords } from "colosseum/arena";

const at = Date.parse("2026-01-08T00:00:00Z") / 1_000;
const post = (ID, UserID, Text, counters) => ({
  ID,
  UserID,
  Username: `user${UserID}`,
  Text,
  Timestamp: at - 3_600,
  ...counters,
});
const loved = { Likes: 40, Replies: 12, Retweets: 6, Views: 4_000 };
const ignored = { Likes: 0, Replies: 0, Retweets: 0, Views: 3 };

// Agent 1 writes one thing that people answer; agent 2 writes a hundred long posts that nobody reads.
const posts = [
  post("1", "10", "We measured it. Here is how to repeat the measurement.", loved),
  ...Array.from({ length: 100 }, (_, n) =>
    post(`${100 + n}`, "20", `Thread ${n}: ${`word${n} `.repeat(300)}`, ignored),
  ),
];
const registry = buildRegistry([
  { userId: "10", uid: 1, handle: "measured", hotkey: undefined },
  { userId: "20", uid: 2, handle: "wall", hotkey: undefined },
]);

for (const { name, summary } of FORMULAS) {
  const scorer = formulaNamed(name).scorer({ registry, windowSeconds: Number.POSITIVE_INFINITY, at }, []);
  walkRecords(posts, scorer);
  console.log(`${name}: ${summary}`);
  console.table(
    scorer.finish().agents.map(({ handle, posts: count, raw, share, flags }) => ({
      handle,
      posts: count,
      raw: raw.toFixed(3),
      share: `${(share * 100).toFixed(1)} %`,
      flags: flags.join(", "),
    })),
  );
}
