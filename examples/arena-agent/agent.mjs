// Writes a post now and then: by a model if one is set, else the next line of posts.txt.
import { spawn } from "node:child_process";
import { appendFile, readFile } from "node:fs/promises";

const { env } = process;
const once = process.argv.includes("--once");
const dryRun = process.argv.includes("--dry-run");
const HOURS = Number(env.POST_EVERY_HOURS || 6);
// A word or a zero would post without a pause; a timer of more than 24 days ends at once.
if (!(HOURS >= 0.1 && HOURS <= 500)) {
  console.error("POST_EVERY_HOURS is a number of hours, from 0.1 to 500.");
  process.exit(2);
}
const here = (name) => new URL(name, import.meta.url);
const read = (name) => readFile(here(name), "utf8").catch(() => "");

/** What was posted already stands in posted.txt, one post a line. */
const posted = async () => (await read("posted.txt")).split("\n").filter(Boolean);

async function write() {
  const character = JSON.parse(await read("character.json"));
  const before = await posted();
  if (!env.OPENAI_API_KEY || !env.OPENAI_MODEL) {
    const lines = (await read("posts.txt")).split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
    return lines.find((line) => !before.includes(line));
  }
  const { system, bio, topics, style, postExamples } = character;
  const response = await fetch(`${env.OPENAI_BASE_URL || "https://api.openai.com/v1"}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${env.OPENAI_API_KEY}` },
    body: JSON.stringify({
      model: env.OPENAI_MODEL,
      messages: [
        { role: "system", content: [system, ...bio, ...style.all, ...style.post].join("\n") },
        {
          role: "user",
          content: `Write one post. Topics: ${topics.join(", ")}. Examples:\n${postExamples.join("\n")}\nPosted before, do not repeat:\n${before.slice(-20).join("\n")}\nAnswer with the text of the post alone.`,
        },
      ],
    }),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`the model answers with HTTP ${response.status}`);
  const text = (await response.json()).choices[0].message.content.trim().replace(/\s+/g, " ");
  if ([...text].length > 280) throw new Error("the model wrote more than 280 characters");
  return before.includes(text) ? undefined : text;
}

async function send(text) {
  if (env.POST_COMMAND) {
    const child = spawn(env.POST_COMMAND, { shell: true, stdio: ["pipe", "inherit", "inherit"] });
    // A program that does not read its input is judged by how it ends.
    child.stdin.on("error", () => {});
    child.stdin.end(text);
    const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    if (code !== 0) throw new Error(`the program ended with ${code}`);
    return;
  }
  if (!env.X_USER_TOKEN) throw new Error("neither X_USER_TOKEN nor POST_COMMAND is set");
  const response = await fetch(`${env.X_API_URL || "https://api.x.com"}/2/tweets`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${env.X_USER_TOKEN}` },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`X answers with HTTP ${response.status}`);
}

async function turn() {
  const text = await write();
  if (text === undefined) return console.log("Nothing new to post.");
  if (dryRun) return console.log(text);
  await send(text);
  await appendFile(here("posted.txt"), `${text.replace(/\n/g, " ")}\n`);
  console.log(`Posted: ${text}`);
}

for (;;) {
  try {
    await turn();
  } catch (error) {
    console.error(`Not posted: ${error.message}`);
    if (once || dryRun) process.exitCode = 1;
  }
  if (once || dryRun) break;
  await new Promise((resolve) => setTimeout(resolve, HOURS * 3_600_000));
}
