#!/usr/bin/env node
// Finds a Node that is fit for the command, then hands over to the bundle. Old syntax on purpose:
// this file must at least be able to say "this Node is too old" on any Node that knows ES modules.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MINIMUM = "24.15";
/** These need neither node:sqlite nor crypto.argon2, so they run in place on any Node from 20 on. */
const LIGHT = ["help", "completion", "explain", "config", "simulate", "leaderboard"];
/** Names the process that handed over to this one, in its environment. */
const LAUNCHER = "COLOSSEUM_LAUNCHER";

function isFit(version) {
  const parts = version.split(".").map(Number);
  return parts[0] >= 26 || (parts[0] === 24 && parts[1] >= 15);
}

function isLight(args) {
  if (args.length === 0 || args.includes("--help") || args.includes("-h") || args.includes("--version")) return true;
  return LIGHT.includes(args[0]) || (args[0] === "wallet" && (args[1] === "list" || args[1] === "show"));
}

async function runHere(args) {
  const bundle = new URL("../dist/entry.js", import.meta.url);
  if (!existsSync(fileURLToPath(bundle))) {
    process.stderr.write("error: colosseum is not built yet.\nhint: Run: npm run build\n");
    process.exitCode = 14;
    return;
  }
  const entry = await import(bundle.href);
  await entry.run(args);
}

async function runWith(node, args) {
  // Loaded only here: it is a sixth of what a light command needs to start.
  const { spawn } = await import("node:child_process");
  const child = spawn(node, [fileURLToPath(import.meta.url)].concat(args), {
    // The channel carries nothing; that it breaks tells the child that this process was killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: Object.assign({}, process.env, { [LAUNCHER]: String(process.pid) }),
  });
  // The child drains and decides the exit code; this process only passes signals on and waits.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write("error: Could not start " + node + ": " + error.message + "\n");
    process.exitCode = 14;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) {
      process.exitCode = code === null ? 1 : code;
      return;
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** A process that was started by another of these ends with it: `kill -9` of the one in sight must not leave the other. */
function endWithLauncher() {
  if (process.env[LAUNCHER] !== String(process.ppid) || process.channel === undefined) return;
  delete process.env[LAUNCHER];
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}

const args = process.argv.slice(2);
endWithLauncher();
const bundled = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
const runsBundle = Number(process.versions.node.split(".")[0]) >= 20;
if (isFit(process.versions.node) || (runsBundle && isLight(args))) {
  await runHere(args);
} else if (existsSync(bundled)) {
  await runWith(bundled, args);
} else if (runsBundle && args[0] === "doctor") {
  // Where no fit Node is at hand, that is the first thing a doctor has to say.
  await runHere(args);
} else {
  process.stderr.write(
    "error: colosseum needs Node " +
      MINIMUM +
      " or newer for this command; this is " +
      process.version +
      ".\n" +
      "hint: Install the current Node from nodejs.org, or run from a checkout after npm ci.\n",
  );
  process.exitCode = 14;
}
