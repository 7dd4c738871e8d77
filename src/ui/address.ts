import type { Theme } from "./theme.ts";

const TAIL = 4;

/** An address, or what people call it, in at most `width` cells: its end stays, so that two with one beginning differ. */
export function addressText(address: string, width: number, { signs }: Theme): string {
  if (address.length <= width || width < 10 || !/^[\x21-\x7e]+$/.test(address)) return address;
  return `${address.slice(0, width - TAIL - 1)}${signs.cut}${address.slice(-TAIL)}`;
}
