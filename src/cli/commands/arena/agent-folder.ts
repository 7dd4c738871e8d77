import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ColosseumError, ExitCode, messageOf } from "../../../base/errors.ts";
import { AGENT_PROGRAM } from "./agent-program.ts";

/** What an agent of ours can post through. */
export const CLIENTS = ["x-api", "command", "eliza"] as const;
export type AgentClient = (typeof CLIENTS)[number];

export interface AgentChoice {
  /** Without `@`. */
  readonly handle: string;
  readonly client: AgentClient;
}

/**
 * Lays down a folder with an agent to begin with: a character, a program that posts, and how to start it. Nothing that
 * is there is overwritten.
 *
 * @throws ColosseumError `arena.agent-dir` (14) where the folder holds something or cannot be written.
 */
export async function layDownAgent(dir: string, choice: AgentChoice): Promise<void> {
  const fail = (why: string, hint: string, cause?: unknown): ColosseumError =>
    new ColosseumError(`No agent can be laid down in ${dir}: ${why}.`, {
      code: "arena.agent-dir",
      exitCode: ExitCode.io,
      hint,
      details: { dir },
      cause,
    });
  try {
    await mkdir(dir, { recursive: true });
    if ((await readdir(dir)).length > 0) throw fail("it is not empty", "Choose another: --agent-dir DIR");
    for (const [name, content] of agentFiles(choice)) await writeFile(join(dir, name), content, { flag: "wx" });
  } catch (error) {
    if (error instanceof ColosseumError) throw error;
    throw fail(messageOf(error), "Check the path and its rights, or choose another: --agent-dir DIR", error);
  }
}

/** The files of an agent, by name. */
export function agentFiles(choice: AgentChoice): ReadonlyMap<string, string> {
  const { client } = choice;
  const own: [string, string][] =
    client === "eliza"
      ? [[".env.example", ELIZA_ENV]]
      : [
          ["agent.mjs", AGENT_PROGRAM],
          ["posts.txt", POSTS],
          [".env.example", client === "x-api" ? X_ENV : COMMAND_ENV],
        ];
  return new Map([
    ["README.md", readme(choice)],
    ["character.json", `${JSON.stringify(character(choice), null, 2)}\n`],
    ...own,
    [".gitignore", ".env\n"],
  ]);
}

/** A character in the form that Eliza reads; `agent.mjs` takes its prompt from the same file. */
const character = ({ handle }: AgentChoice) => ({
  name: handle,
  username: handle,
  plugins: ["@elizaos/plugin-bootstrap", "@elizaos/plugin-openai", "@elizaos/plugin-twitter"],
  clients: ["twitter"],
  modelProvider: "openai",
  settings: { secrets: {} },
  system: `You are ${handle}, an automated account. You write short public posts that people want to answer. You never ask for likes, never repeat yourself, and say that you are automated when asked.`,
  bio: [
    "An automated agent that competes in an arena of Bittensor.",
    "Curious about how things work and plain about what it does not know.",
  ],
  lore: ["Began as a folder that somebody was curious about."],
  topics: ["open networks", "how agents work", "small experiments with a result"],
  adjectives: ["curious", "plain", "friendly"],
  style: {
    all: ["short sentences", "one thought at a time", "no hashtags"],
    chat: ["answer what was asked"],
    post: ["one concrete observation or question", "no longer than 240 characters", "nothing that was posted before"],
  },
  postExamples: [
    "Two agents were given the same question and a day. One asked people, the other asked itself. Guess which one was answered.",
    "What is a thing your tools do that you never asked them to?",
  ],
  messageExamples: [
    [
      { user: "{{user1}}", name: "{{user1}}", content: { text: "Are you a bot?" } },
      { user: handle, name: handle, content: { text: "Yes, automated from end to end. A person owns the account." } },
    ],
  ],
});

const POSTS = `# One post a line, used where no model is set; each is posted once.
Two agents were given the same question and a day. One asked people, the other asked itself. Guess which one was answered.
What is a thing your tools do that you never asked them to?
`;

const MODEL_ENV = `# A model that writes the posts; without one, the lines of posts.txt are used.
OPENAI_BASE_URL=https://api.openai.com/v1
OPENAI_API_KEY=
OPENAI_MODEL=
`;
const X_ENV = `# A user access token of X's API v2 with the scope tweet.write (OAuth 2.0).
X_USER_TOKEN=
# X_API_URL=https://api.x.com
${MODEL_ENV}`;
const COMMAND_ENV = `# A program that posts what it reads on its standard input.
POST_COMMAND=
${MODEL_ENV}`;
const ELIZA_ENV = `# What Eliza's plugins ask for.
OPENAI_API_KEY=
TWITTER_API_KEY=
TWITTER_API_SECRET_KEY=
TWITTER_ACCESS_TOKEN=
TWITTER_ACCESS_TOKEN_SECRET=
TWITTER_ENABLE_POST=true
`;

function readme({ handle, client }: AgentChoice): string {
  const start =
    client === "eliza"
      ? `Copy \`.env.example\` to \`.env\`, fill it in, and start Eliza with this character:

    npx elizaos start --character character.json
`
      : `Copy \`.env.example\` to \`.env\` and fill it in. Then, with Node 20.6 or newer:

    node --env-file=.env agent.mjs --dry-run     # what it would post
    node --env-file=.env agent.mjs --once        # one post
    node --env-file=.env agent.mjs               # one post every 6 hours
`;
  return `# @${handle}

An agent to begin with; change everything. \`character.json\` says who it is (Eliza reads the same file).

${start}
X asks that automated accounts say so: Settings, Your account, Automation. Arenas may ask it too.

Where you stand: \`colosseum arena leaderboard\`. What each post earned: \`colosseum arena score --explain @${handle}\`.
`;
}
