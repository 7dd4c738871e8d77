import { z } from "zod";

/**
 * The shape of what one command prints with `--json`. Declared beside the commands, made into `schemas/*.json` by
 * `npm run generate`; the product itself never loads it.
 */
export interface CommandShape {
  /** Inside `data` of the one object that is printed. */
  readonly data?: z.ZodType;
  /** Each JSON line of a command that goes on. */
  readonly events?: z.ZodType;
}

/** Shapes by the command's words: `wallet list`. */
export type CommandShapes = Readonly<Record<string, CommandShape>>;

export const address = z.string().meta({ description: "SS58" });
export const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
export const tao = z
  .string()
  .regex(/^-?\d+\.\d{9}$/)
  .meta({ description: "decimal, 9 places" });
export const whole = z.int().min(0);
export const fraction = z.number().min(0).max(1);
export const u16 = z.int().min(0).max(65_535);
export const uid = u16.meta({ description: "slot in the subnet" });
export const netuid = u16.meta({ description: "subnet" });
export const block = whole.meta({ description: "block number" });
export const instant = z.string().meta({ description: "RFC 3339, UTC" });

/** One JSON line: `v`, `at`, `type` and the facts of that type. */
export const event = <T extends z.ZodRawShape>(type: string, facts: T) =>
  z.strictObject({ v: z.literal(1), at: instant, type: z.literal(type), ...facts });

/** What a long-running command warns of. */
export const warningEvent = event("warning", { code: z.string(), message: z.string() });

/** What was sent, once it is in a block. */
export const included = { block, extrinsic: hash };

export const weightEntry = z.strictObject({ uid, hotkey: address, value: u16 });

/** What a check of `doctor` or `miner check` says. */
export const check = z.strictObject({
  id: z.string(),
  status: z.enum(["ok", "warn", "fail", "skip"]),
  message: z.string(),
  hint: z.string().nullable(),
});
