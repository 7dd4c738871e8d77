import type { Command } from "commander";
import { Option } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { parseDurationMs } from "../../../base/units.ts";
import type { PostSource } from "../../../feeds/source.ts";
import type { Context } from "../../context.ts";

export interface SourceFlags {
  readonly source?: "x" | "masa";
  readonly url?: string;
  readonly tokenFile?: string;
  readonly maxWait?: number;
}

/** Adds the flags that say where posts come from. */
export const withSourceFlags = (command: Command): Command =>
  command
    .addOption(new Option("--source <name>", "X's API v2, or a node of Masa's").choices(["x", "masa"]))
    .option(
      "--url <url>",
      "its address (COLOSSEUM_X_URL, COLOSSEUM_MASA_URL; https://api.x.com, http://localhost:8080)",
    )
    .option("--token-file <file>", "X's bearer token, one line (or X_BEARER_TOKEN, X_BEARER_TOKEN_FILE)")
    .option("--max-wait <time>", "longest wait for a rate limit (default 16m)", parseDurationMs);

/**
 * The source that flags and environment name. A token is read from a file or the environment, never from a flag's value.
 *
 * @param fallback - Where no flag names one.
 * @throws UsageError `usage.x-token` where X is asked without one; `feeds.token-file` (14).
 */
export async function openSource(ctx: Context, flags: SourceFlags, fallback: "x" | "masa" = "x"): Promise<PostSource> {
  const options = {
    clock: ctx.clock,
    signal: ctx.signal,
    ...(flags.maxWait === undefined ? {} : { maxWaitMs: flags.maxWait }),
    onWait: (why: string) => ctx.out.status(why),
  };
  const { env } = ctx.io;
  if ((flags.source ?? fallback) === "masa") {
    const { MasaSource } = await import("../../../feeds/masa.ts");
    return new MasaSource({ ...options, baseUrl: flags.url ?? (env["COLOSSEUM_MASA_URL"] || undefined) });
  }
  const { XSource } = await import("../../../feeds/x.ts");
  const baseUrl = flags.url ?? (env["COLOSSEUM_X_URL"] || undefined);
  return new XSource({ ...options, baseUrl, token: await bearerToken(ctx, flags.tokenFile) });
}

async function bearerToken(ctx: Context, file: string | undefined): Promise<string> {
  const { env } = ctx.io;
  const path = file ?? (env["X_BEARER_TOKEN_FILE"] || undefined);
  const given = file === undefined ? env["X_BEARER_TOKEN"] || undefined : undefined;
  if (given !== undefined) return given.trim();
  if (path === undefined) {
    throw new UsageError("X's API asks for a token, and none was given.", {
      code: "usage.x-token",
      hint: "Put the app's bearer token in a file and add --token-file FILE, or set X_BEARER_TOKEN or X_BEARER_TOKEN_FILE.",
    });
  }
  const { readTokenFile } = await import("../../../feeds/token-file.ts");
  const { resolve } = await import("node:path");
  return await readTokenFile(resolve(ctx.io.cwd, path));
}
