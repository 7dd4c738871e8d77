import type { PalletSource } from "../pallet-table.ts";

/**
 * Pallet Aura of spec 461, as far as clients need it: they read there how long a block takes.
 *
 * @param slotMs - Milliseconds, a whole number ≥ 1.
 */
export function aura(slotMs: number): PalletSource {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(slotMs));
  return {
    name: "Aura",
    index: 3,
    crate: "pallet_aura",
    constants: `
    SlotDuration u64 = ${bytes.toString("hex")}
  `,
  };
}
