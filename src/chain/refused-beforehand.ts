import { ChainRefusedError } from "./refusals.ts";

/**
 * What the chain would refuse, refused before anything is signed: the same code, words and exit code as the chain's own
 * answer, so that scripts need not know who noticed.
 *
 * @param name - The chain's name of the error.
 * @param words - What is so in this case, where that says more than what the error means in general.
 */
export const refusedBeforehand = (
  name: string,
  details: Readonly<Record<string, unknown>>,
  words?: string,
): ChainRefusedError =>
  new ChainRefusedError(
    { name, pallet: "SubtensorModule", docs: "" },
    { ...details, noticed: "before sending" },
    { words },
  );
