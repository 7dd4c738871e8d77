// Writes the library's declarations into dist/library/types/, with their comments, and an entry beside each bundle.
// Only a package needs them, so `npm run build` leaves them out.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const types = `${root}dist/library/types`;
rmSync(types, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [`${root}node_modules/typescript/bin/tsc`, "--project", `${root}tsconfig.library.json`],
  {
    stdio: "inherit",
  },
);
for (const file of readdirSync(types, { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".d.ts")) continue;
  // A reader's compiler need not allow imports of .ts files.
  const text = readFileSync(`${types}/${file}`, "utf8");
  writeFileSync(`${types}/${file}`, text.replace(/(from "\.[^"]*)\.ts"/g, '$1.js"'));
}
