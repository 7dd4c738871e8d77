import { SCANNER_BYTES } from "./scanner-bytes.ts";

// Node's types know the name of the namespace only.
declare global {
  namespace WebAssembly {
    interface Memory {
      readonly buffer: ArrayBuffer;
      grow(pages: number): number;
    }
    interface Instance {
      readonly exports: unknown;
    }
    const Module: new (bytes: Uint8Array) => Module;
    const Instance: new (module: Module, imports: Record<string, Record<string, unknown>>) => Instance;
  }
}

let compiled: WebAssembly.Module | undefined;

/** The compiled scanner; threads share one, with the machine code that the engine makes of it while it runs. */
export function scannerModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Buffer.from(SCANNER_BYTES, "base64"));
  return compiled;
}
