// Writes a look-alike of a social arena's posts into a folder, in the shapes that real files have: what each agent's
// search would have found, wrapped {Tweet, Error} or flat, and a registry. Seeded: equal seeds give equal files.
// Usage: node scripts/make-arena-posts.ts DIR [--seed 7] [--agents 12] [--posts 600]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lookAlike } from "./look-alike.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "7" },
    agents: { type: "string", default: "12" },
    posts: { type: "string", default: "600" },
  },
});
const [dir] = positionals;
const [agents, posts] = [Number(values.agents), Number(values.posts)];
if (dir === undefined || !(agents >= 1) || !(posts >= 1)) {
  process.stderr.write("Usage: node scripts/make-arena-posts.ts DIR [--seed 7] [--agents 12] [--posts 600]\n");
  process.exitCode = 2;
} else {
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of lookAlike({ seed: values.seed, agents, posts }))
    writeFileSync(join(dir, name), content);
}
