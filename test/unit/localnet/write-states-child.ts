// Writes a growing chain to a file for ever, telling its parent after each write, until it is killed.
import { writeState } from "../../../src/localnet/state-file.ts";
import { mine, testChain } from "./harness.ts";

const [file = ""] = process.argv.slice(2);
const chain = testChain();
for (let count = 1; ; count++) {
  mine(chain, 1);
  await writeState(file, chain.dump());
  process.send?.(count);
}
