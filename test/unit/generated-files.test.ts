import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "../../scripts/generated-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const files = await generatedFiles();

describe("files made by npm run generate", () => {
  it.each([...files.keys()])("%s is fresh", (path) => {
    expect(existsSync(root + path), `${path} is missing: npm run generate`).toBe(true);
    expect(readFileSync(root + path, "utf8") === files.get(path), `${path} is stale: npm run generate`).toBe(true);
  });

  it.each(["completions", "schemas"])("%s holds nothing that is not made any more", (folder) => {
    if (!existsSync(root + folder)) return;
    const made = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
    expect(
      readdirSync(root + folder)
        .map((name) => `${folder}/${name}`)
        .sort(),
    ).toEqual(made.sort());
  });
});
