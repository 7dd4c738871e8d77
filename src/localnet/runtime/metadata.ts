import { ByteWriter, concatBytes } from "../scale/bytes.ts";
import { HASHER_INDEX } from "../scale/hashers.ts";
import { parseType, type TypeNode } from "../scale/type-expression.ts";
import { list, PortableTypes } from "./metadata-types.ts";
import type { PalletTable, StorageEntry } from "./pallet-table.ts";
import type { Runtime } from "./runtime.ts";
import { EXTENSIONS } from "./types.ts";

/** "meta", little-endian, in front of every metadata. */
const MAGIC = 0x6174_656d;

export type MetadataVersion = 14 | 15;

const made = new WeakMap<Runtime, Map<MetadataVersion, Uint8Array>>();

/** A runtime's metadata, made on first request. */
export function metadataOf(runtime: Runtime, version: MetadataVersion): Uint8Array {
  const versions = made.get(runtime) ?? new Map<MetadataVersion, Uint8Array>();
  made.set(runtime, versions);
  const bytes = versions.get(version) ?? encodeMetadata(runtime, version);
  versions.set(version, bytes);
  return bytes;
}

/**
 * The runtime's metadata, generated from the pallet tables; no documentation strings.
 *
 * @returns RuntimeMetadataPrefixed: magic, version, then V14 or V15 as frame-metadata defines them.
 */
export function encodeMetadata(runtime: Runtime, version: MetadataVersion): Uint8Array {
  const types = new PortableTypes(runtime.types);
  const id = (expression: string): number => types.id(parseType(expression));
  const body = new ByteWriter();

  list(body, runtime.pallets, (pallet) => writePallet(body, types, runtime, pallet, version));
  if (version === 14) {
    body.compact(id("UncheckedExtrinsic"));
    body.u8(4);
  } else {
    body.u8(4);
    body.compact(id("MultiAddress"));
    body.compact(id("RuntimeCall"));
    body.compact(id("MultiSignature"));
    body.compact(id(`(${EXTENSIONS.map(({ name }) => name).join(", ")})`));
  }
  list(body, EXTENSIONS, ({ name, implicit }) => {
    body.text(name);
    body.compact(id(name));
    body.compact(id(implicit));
  });
  body.compact(types.id({ kind: "named", name: "Runtime" }));
  if (version === 15) {
    list(body, runtime.apis, (api) => {
      body.text(api.name);
      list(body, api.methods, (method) => {
        body.text(method.name);
        list(body, method.inputs, (input) => {
          body.text(input.name);
          body.compact(types.id(input.type));
        });
        body.compact(types.id(method.output));
        body.compact(0);
      });
      body.compact(0);
    });
    for (const outer of ["RuntimeCall", "RuntimeEvent", "RuntimeError"]) body.compact(id(outer));
    body.compact(0);
  }

  const head = new ByteWriter();
  head.u32(MAGIC);
  head.u8(version);
  types.write(head);
  return concatBytes(head.finish(), body.finish());
}

function writePallet(
  writer: ByteWriter,
  types: PortableTypes,
  runtime: Runtime,
  pallet: PalletTable,
  version: MetadataVersion,
): void {
  const optionalType = (present: boolean, name: string): void => {
    writer.u8(present ? 1 : 0);
    if (present) writer.compact(types.id({ kind: "named", name }));
  };
  writer.text(pallet.name);
  writer.u8(pallet.storage.length > 0 ? 1 : 0);
  if (pallet.storage.length > 0) {
    writer.text(pallet.name);
    list(writer, pallet.storage, (entry) => writeStorage(writer, types, runtime, entry));
  }
  optionalType(pallet.calls.length > 0, `${pallet.name}Call`);
  optionalType(pallet.events.length > 0, `${pallet.name}Event`);
  list(writer, pallet.constants, (constant) => {
    writer.text(constant.name);
    writer.compact(types.id(constant.type));
    writer.prefixed(constant.value);
    writer.compact(0);
  });
  optionalType(pallet.errors.length > 0, `${pallet.name}Error`);
  writer.u8(pallet.index);
  if (version === 15) writer.compact(0);
}

function writeStorage(writer: ByteWriter, types: PortableTypes, runtime: Runtime, entry: StorageEntry): void {
  writer.text(entry.name);
  writer.u8(entry.optional ? 0 : 1);
  const [onlyKey] = entry.keys;
  if (onlyKey === undefined) {
    writer.u8(0);
  } else {
    writer.u8(1);
    list(writer, entry.hashers, (hasher) => writer.u8(HASHER_INDEX[hasher]));
    const key: TypeNode = entry.keys.length === 1 ? onlyKey : { kind: "tuple", of: entry.keys };
    writer.compact(types.id(key));
  }
  writer.compact(types.id(entry.value));
  writer.prefixed(runtime.fallbackOf(entry));
  writer.compact(0);
}
