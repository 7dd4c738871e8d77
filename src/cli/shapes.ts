import { z } from "zod";
import { arenaShapes } from "./commands/arena/shapes.ts";
import { auditShapes } from "./commands/audit/shapes.ts";
import { completionShapes } from "./commands/completion/shapes.ts";
import { configShapes } from "./commands/config/shapes.ts";
import { demoShapes } from "./commands/demo/shapes.ts";
import { doctorShapes } from "./commands/doctor/shapes.ts";
import { explainShapes } from "./commands/explain/shapes.ts";
import { initShapes } from "./commands/init/shapes.ts";
import { leaderboardShapes } from "./commands/leaderboard/shapes.ts";
import { localnetShapes } from "./commands/localnet/shapes.ts";
import { minerShapes } from "./commands/miner/shapes.ts";
import { registerShapes } from "./commands/register/shapes.ts";
import { simulateShapes } from "./commands/simulate/shapes.ts";
import { stakeShapes } from "./commands/stake/shapes.ts";
import { subnetShapes } from "./commands/subnet/shapes.ts";
import { validatorShapes } from "./commands/validator/shapes.ts";
import { voteShapes } from "./commands/vote/shapes.ts";
import { walletShapes } from "./commands/wallet/shapes.ts";
import { watchShapes } from "./commands/watch/shapes.ts";
import { weightsShapes } from "./commands/weights/shapes.ts";
import { greetingShapes } from "./greeting-shape.ts";
import type { CommandShapes } from "./shape-words.ts";

/** What every command prints with `--json`, by its words; the empty one is `colosseum` alone. */
export const SHAPES: CommandShapes = {
  ...greetingShapes,
  ...initShapes,
  ...demoShapes,
  ...localnetShapes,
  ...walletShapes,
  ...registerShapes,
  ...subnetShapes,
  ...stakeShapes,
  ...weightsShapes,
  ...minerShapes,
  ...voteShapes,
  ...validatorShapes,
  ...simulateShapes,
  ...leaderboardShapes,
  ...auditShapes,
  ...arenaShapes,
  ...watchShapes,
  ...doctorShapes,
  ...explainShapes,
  ...configShapes,
  ...completionShapes,
};

const warning = z.strictObject({ code: z.string(), message: z.string() });

/** The one object on stdout. @param data - The command's own part. */
export const envelope = (data: z.ZodType) =>
  z.strictObject({ schemaVersion: z.literal(1), ok: z.literal(true), data, warnings: z.array(warning) });

/** The one object on stderr, with stdout empty. */
export const failureShape = z.strictObject({
  schemaVersion: z.literal(1),
  ok: z.literal(false),
  error: z.strictObject({
    code: z.string().regex(/^[a-z][a-z0-9.-]*$/),
    message: z.string(),
    hint: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  }),
});
