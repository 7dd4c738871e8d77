import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";

describe("the binary", () => {
  it("answers --help from an empty home without leaving a trace there", async () => {
    using home = temporaryHome();
    const run = await runBin(["--help"], { env: home.env });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("Usage: colosseum");
    expect(readdirSync(home.path)).toEqual([]);
  });

  it("ends quietly when the reader of its stdout is gone", async () => {
    using home = temporaryHome();
    const bin = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));
    const child = spawn(process.execPath, [bin, "--help"], { env: home.env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it.skipIf(!existsSync("/dev/full"))("never loses a result silently: a full disk is exit 14", async () => {
    using home = temporaryHome();
    const bin = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));
    const full = openSync("/dev/full", "w");
    try {
      const child = spawn(process.execPath, [bin, "config", "list", "--json"], {
        env: home.env,
        stdio: ["ignore", full, "pipe"],
      });
      let stderr = "";
      child.stderr?.on("data", (chunk) => {
        stderr += String(chunk);
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(code).toBe(14);
      expect(JSON.parse(stderr)).toMatchObject({ ok: false, error: { code: "output.unwritable" } });
    } finally {
      closeSync(full);
    }
  });

  it.skipIf(process.platform === "win32")("says at the first Ctrl-C that it is finishing, and exits 130", async () => {
    using home = temporaryHome();
    const bin = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));
    const child = spawn(process.execPath, [bin, "localnet", "--port", "0"], {
      env: home.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    child.stdout.once("data", () => child.kill("SIGINT"));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(stderr).toContain("Finishing what is in work");
  });

  it("says what is wrong with a command line and exits 2, with an empty PATH as well", async () => {
    using home = temporaryHome();
    const run = await runBin(["--nonsense"], { env: { ...home.env, PATH: "" } });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/^error: .*\nhint: .*\ncode: usage\.command-line\n$/);
  });
});
