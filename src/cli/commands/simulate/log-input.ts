import { resolve } from "node:path";
import type { LogInput } from "../../../simulate/log-source.ts";
import type { Context } from "../../context.ts";

/** The log that an argument names: a path from where the command runs, or `-` for standard input. */
export const logInput = (ctx: Context, argument: string): LogInput =>
  argument === "-" ? { stdin: ctx.io.stdin } : { file: resolve(ctx.io.cwd, argument), name: argument };
