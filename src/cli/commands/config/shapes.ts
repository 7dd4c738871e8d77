import { z } from "zod";
import { SETTINGS } from "../../../config/schema.ts";
import type { CommandShapes } from "../../shape-words.ts";

const key = z.enum(SETTINGS.map((setting) => setting.key));
const value = z.union([z.string(), z.number()]).nullable();
const origin = z.enum(["flag", "environment", "project file", "user file", "default"]);
const setting = { key, value, origin, source: z.string().nullable() };
const kept = z.strictObject({ key, value, path: z.string() });

export const configShapes: CommandShapes = {
  "config list": {
    data: z.strictObject({ settings: z.array(z.strictObject({ ...setting, summary: z.string() })) }),
  },
  "config get": { data: z.strictObject(setting) },
  "config set": { data: kept },
  "config unset": { data: kept },
  "config path": {
    data: z.strictObject({
      user: z.string(),
      project: z.string(),
      state: z.string(),
      cache: z.string(),
      wallets: z.string(),
    }),
  },
};
