import { agentFiles } from "../src/cli/commands/arena/agent-folder.ts";
import { SCRIPTS } from "../src/cli/completion/scripts.ts";
import { cliPage } from "./cli-page.ts";
import { errorsPage } from "./errors-page.ts";
import { lookAlike } from "./look-alike.ts";
import { scannerBytes } from "./scanner-bytes.ts";
import { schemaFiles } from "./schema-files.ts";

/** Every committed file that is made from the code: its path in the repository and what must stand there. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const agent = agentFiles({ handle: "my_agent", client: "x-api" });
  const posts = lookAlike({ seed: "1", agents: 4, posts: 60 });
  return new Map([
    ...[...agent].map(([name, content]): [string, string] => [`examples/arena-agent/${name}`, content]),
    ...[...posts].map(([name, content]): [string, string] => [`examples/arena/${name}`, content]),
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
