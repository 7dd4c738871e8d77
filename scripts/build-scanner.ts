// Compiles src/simulate/scanner/ (AssemblyScript) to src/simulate/scanner-bytes.ts, which is kept in the repository:
// whoever builds, tests or benches needs no compiler for it. A test compares both.
import { readFileSync, writeFileSync } from "node:fs";
import { main } from "assemblyscript/asc";

const root = new URL("..", import.meta.url).pathname;
const OPTIONS = "--optimizeLevel 3 --converge --noAssert --runtime stub --enable simd --initialMemory 128".split(" ");

/** The module's bytes. */
export async function compileScanner(): Promise<Uint8Array> {
  let bytes: Uint8Array | string = "";
  const { error, stderr } = await main(["index.ts", "--outFile", "scanner.wasm", ...OPTIONS], {
    readFile: (name) => {
      try {
        return readFileSync(`${root}src/simulate/scanner/${name}`, "utf8");
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

if (process.argv[1] === import.meta.filename) {
  const text = Buffer.from(await compileScanner()).toString("base64");
  const note = "// Generated from src/simulate/scanner/ by: npm run scanner";
  writeFileSync(`${root}src/simulate/scanner-bytes.ts`, `${note}\nexport const SCANNER_BYTES =\n  "${text}";\n`);
}
