import { wilson } from "../ratings/binomial.ts";
import type { Share } from "./judge-report.ts";

/** @returns The share of hits with its 95 % Wilson score interval; 0 and 0 … 1 where nothing was counted. */
export const countedShare = (hits: number, of: number): Share =>
  of === 0 ? { hits, of, share: 0, low: 0, high: 1 } : { hits, of, ...wilson(hits, of) };
