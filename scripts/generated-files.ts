import { SCRIPTS } from "../src/cli/completion/scripts.ts";
import { cliPage } from "./cli-page.ts";
import { errorsPage } from "./errors-page.ts";
import { scannerBytes } from "./scanner-bytes.ts";
import { schemaFiles } from "./schema-files.ts";

/** Every committed file that is made from the code: its path in the repository and what must stand there. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["docs/cli.md", await cliPage()],
    ["docs/errors.md", errorsPage()],
    ...schemaFiles(),
    ["src/simulate/scanner-bytes.ts", await scannerBytes()],
    ["completions/colosseum.bash", SCRIPTS.bash],
    ["completions/_colosseum", SCRIPTS.zsh],
    ["completions/colosseum.fish", SCRIPTS.fish],
    ["completions/colosseum.ps1", SCRIPTS.powershell],
  ]);
}
