import { DecodeError } from "../scale/bytes.ts";
import type { Codec } from "../scale/codec.ts";

/** How long a signed extrinsic stays valid: for ever, or `period` blocks from a block congruent to `phase`. */
export type Era =
  | { readonly type: "Immortal" }
  | { readonly type: "Mortal"; readonly period: number; readonly phase: number };

/**
 * Mortal eras are two bytes: the low 4 bits log2(period) − 1, the rest the phase in steps of period/4096.
 *
 * @see sp_runtime::generic::Era.
 */
export const eraCodec: Codec = {
  minSize: 1,
  encode: (writer, value) => {
    const era = value as Era;
    if (era.type === "Immortal") return writer.u8(0);
    const step = Math.max(1, era.period >> 12);
    const log = Math.min(15, Math.max(1, Math.log2(era.period) - 1));
    writer.u16(log | (Math.floor(era.phase / step) << 4));
  },
  decode: (reader): Era => {
    const first = reader.u8();
    if (first === 0) return { type: "Immortal" };
    const encoded = first | (reader.u8() << 8);
    const period = 2 << (encoded % 16);
    const phase = (encoded >> 4) * Math.max(1, period >> 12);
    if (period < 4 || phase >= period) throw new DecodeError("no such era");
    return { type: "Mortal", period, phase };
  },
};

/** The block at which the era of an extrinsic seen at `current` began. */
export const eraBirth = (era: Era, current: number): number => {
  if (era.type === "Immortal") return 0;
  return Math.floor((Math.max(current, era.phase) - era.phase) / era.period) * era.period + era.phase;
};
/** The first block at which the extrinsic is no longer valid. */
export const eraDeath = (era: Era, current: number): number =>
  era.type === "Immortal" ? Number.POSITIVE_INFINITY : eraBirth(era, current) + era.period;
