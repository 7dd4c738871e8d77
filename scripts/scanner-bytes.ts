import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const folder = fileURLToPath(new URL("../src/simulate/scanner/", import.meta.url));
const OPTIONS = "--optimizeLevel 3 --converge --noAssert --runtime stub --enable simd --initialMemory 160".split(" ");

/**
 * Compiles src/simulate/scanner/ (AssemblyScript) to the text of src/simulate/scanner-bytes.ts, which is kept in the
 * repository: whoever builds, tests or benches needs no compiler for it.
 */
export async function scannerBytes(): Promise<string> {
  const bytes = Buffer.from(await compile()).toString("base64");
  const note = "// Generated from src/simulate/scanner/ by: npm run generate";
  return `${note}\nexport const SCANNER_BYTES =\n  "${bytes}";\n`;
}

async function compile(): Promise<Uint8Array> {
  let bytes: Uint8Array | string = "";
  const { error, stderr } = await main(["index.ts", "--outFile", "scanner.wasm", ...OPTIONS], {
    readFile: (name) => {
      try {
        return readFileSync(`${folder}${name}`, "utf8");
      } catch {
        return null;
      }
    },
    writeFile: (_, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || typeof bytes === "string") throw new Error(`${error?.message}\n${stderr.toString()}`);
  return bytes;
}
