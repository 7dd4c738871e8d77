import { messageOf } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";

/** What a validator says about itself, and how its clock stands to ours. */
export interface ValidatorInfo {
  readonly validator: string;
  readonly netuid: number;
  /** Theirs minus ours, half the question's time taken off. */
  readonly skewMs: number;
}

const DEADLINE_MS = 8_000;
const MAX_BYTES = 65_536;

/**
 * Asks `/v1/info`, which is unsigned and the same for everybody.
 *
 * @throws ValidatorUnreachableError, BadResponseError.
 */
export async function askInfo(ctx: Context, url: string): Promise<ValidatorInfo> {
  const { httpTransport } = await import("../../../miner/transport.ts");
  const { BadResponseError, ValidatorUnreachableError } = await import("../../../miner/errors.ts");
  const { infoSchema } = await import("../../../protocol/messages.ts");
  const fromMs = ctx.clock.nowMs();
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(DEADLINE_MS)]);
  const target = `${url.replace(/\/+$/, "")}/v1/info`;
  const response = await httpTransport({ method: "GET", url: target, headers: {}, signal }, MAX_BYTES).catch(
    (error: unknown) => {
      throw new ValidatorUnreachableError(url, messageOf(error), { cause: error });
    },
  );
  const toMs = ctx.clock.nowMs();
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(response.body).toString("utf8"));
  } catch {
    body = undefined;
  }
  const info = infoSchema.safeParse(body);
  if (response.status !== 200 || !info.success)
    throw new BadResponseError(url, "no validator of this protocol answers");
  const { validator, netuid, now } = info.data;
  return { validator, netuid, skewMs: Date.parse(now) - (fromMs + toMs) / 2 };
}
