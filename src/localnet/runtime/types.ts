import { type Field, type NamedType, parseNamedTypes, type Variant } from "../scale/named-types.ts";
import { parseType } from "../scale/type-expression.ts";
import { TypeRegistry } from "../scale/type-registry.ts";
import { eraCodec } from "./era.ts";
import type { PalletTable } from "./pallet-table.ts";
import { PALLETS_TYPES } from "./tables/pallets-types.ts";
import { SUBTENSOR_TYPES } from "./tables/subtensor-types.ts";
import { SYSTEM_TYPES } from "./tables/system-types.ts";
import { VIEWS_TYPES } from "./tables/views-types.ts";

/** A commitment's field: up to 128 raw bytes by length, hashes, longer bytes, or a timelocked blob (pallet_commitments). */
const dataType = (): NamedType => {
  const hash: readonly Field[] = [{ type: parseType("[u8; 32]") }];
  const timelocked: readonly Field[] = [
    { name: "encrypted", type: parseType("BoundedVec<u8>") },
    { name: "reveal_round", type: parseType("u64") },
  ];
  const raw = (length: number): Variant => ({
    index: length + 1,
    name: `Raw${length}`,
    fields: [{ type: parseType(`[u8; ${length}]`) }],
  });
  return {
    name: "Data",
    path: ["pallet_commitments", "types", "Data"],
    definition: {
      kind: "variant",
      variants: [
        { index: 0, name: "None", fields: [] },
        ...Array.from({ length: 129 }, (_, length) => raw(length)),
        { index: 130, name: "BlakeTwo256", fields: hash },
        { index: 131, name: "Sha256", fields: hash },
        { index: 132, name: "Keccak256", fields: hash },
        { index: 133, name: "ShaThree256", fields: hash },
        { index: 134, name: "TimelockEncrypted", fields: timelocked },
        { index: 135, name: "ResetBondsFlag", fields: [] },
        { index: 136, name: "BigRaw", fields: [{ type: parseType("BoundedVec<u8>") }] },
        { index: 137, name: "TimelockRevealFailed", fields: timelocked },
      ],
    },
  };
};

const eraType = (): NamedType => ({
  name: "Era",
  path: ["sp_runtime", "generic", "era", "Era"],
  definition: {
    kind: "variant",
    variants: [
      { index: 0, name: "Immortal", fields: [] },
      ...Array.from({ length: 255 }, (_, i) => ({
        index: i + 1,
        name: `Mortal${i + 1}`,
        fields: [{ type: parseType("u8") }],
      })),
    ],
  },
});

const of = (name: string): Field => ({ type: { kind: "named", name } });

/** The outer enums over all pallets, and each pallet's own Call, Event and Error. */
function palletTypes(pallets: readonly PalletTable[]): NamedType[] {
  const types: NamedType[] = [];
  const outer = (
    name: string,
    part: "Call" | "Event" | "Error",
    list: (pallet: PalletTable) => readonly Variant[],
  ): void => {
    const present = pallets.filter((pallet) => list(pallet).length > 0);
    for (const pallet of present) {
      types.push({
        name: `${pallet.name}${part}`,
        path: [...pallet.crate.split("::"), "pallet", part],
        params: [{ name: "T" }],
        definition: { kind: "variant", variants: list(pallet) },
      });
    }
    types.push({
      name,
      path: ["node_subtensor_runtime", name],
      definition: {
        kind: "variant",
        variants: present.map(({ index, name: pallet }) => ({ index, name: pallet, fields: [of(`${pallet}${part}`)] })),
      },
    });
  };
  outer("RuntimeCall", "Call", (pallet) => pallet.calls);
  outer("RuntimeEvent", "Event", (pallet) => pallet.events);
  outer("RuntimeError", "Error", (pallet) => pallet.errors);
  return types;
}

/** Every type of the runtime over the given pallets. */
export function runtimeTypes(pallets: readonly PalletTable[]): TypeRegistry {
  const registry = new TypeRegistry();
  for (const text of [SYSTEM_TYPES, SUBTENSOR_TYPES, VIEWS_TYPES, PALLETS_TYPES])
    registry.define(parseNamedTypes(text));
  registry.define([dataType(), eraType(), ...palletTypes(pallets)]);
  registry.define([
    {
      name: "UncheckedExtrinsic",
      path: ["sp_runtime", "generic", "unchecked_extrinsic", "UncheckedExtrinsic"],
      params: [
        { name: "Address", type: parseType("MultiAddress") },
        { name: "Call", type: parseType("RuntimeCall") },
        { name: "Signature", type: parseType("MultiSignature") },
        { name: "Extra", type: parseType(`(${EXTENSIONS.map(({ name }) => name).join(", ")})`) },
      ],
      definition: { kind: "composite", fields: [{ type: parseType("Vec<u8>") }] },
    },
  ]);
  registry.override("Era", eraCodec);
  return registry;
}

/** Transaction extensions in the order of their bytes; `implicit` is signed without being sent (spec 461). */
export const EXTENSIONS: readonly { readonly name: string; readonly implicit: string }[] = [
  { name: "CheckNonZeroSender", implicit: "()" },
  { name: "CheckSpecVersion", implicit: "u32" },
  { name: "CheckTxVersion", implicit: "u32" },
  { name: "CheckGenesis", implicit: "H256" },
  { name: "CheckMortality", implicit: "H256" },
  { name: "CheckNonce", implicit: "()" },
  { name: "CheckWeight", implicit: "()" },
  { name: "ChargeTransactionPayment", implicit: "()" },
  { name: "SudoTransactionExtension", implicit: "()" },
  { name: "CheckShieldedTxValidity", implicit: "()" },
  { name: "SubtensorTransactionExtension", implicit: "()" },
  { name: "DrandPriority", implicit: "()" },
  { name: "CheckMetadataHash", implicit: "Option<[u8; 32]>" },
];
