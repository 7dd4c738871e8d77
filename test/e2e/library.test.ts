import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const examples = join(root, "examples/library");
const rooms = ["arena", "mechanism", "protocol", "ratings", "yuma"];

describe("the library", () => {
  it.each([
    ["arena", /masa-v1[\s\S]*'wall'[\s\S]*'100.0 %'/],
    ["mechanism", /top three[\s\S]*trap penalty 2: 4.2 %/],
    ["protocol", /proven sender: true\na changed vote: auth-bad-signature/],
    ["ratings", /'ada'[\s\S]*9 of 10 traps avoided: between 60 and 98 %/],
    ["yuma", /after five registrations in a row: 3.176 TAO/],
  ])("runs the example of %s as its reader would", async (name, shown) => {
    const { stdout, stderr } = await run(process.execPath, [join(examples, `${name}.js`)], { cwd: tmpdir() });
    expect(stdout).toMatch(shown);
    expect(stderr).toBe("");
  });

  it("has an example for each room", async () => {
    expect((await readdir(examples)).toSorted()).toEqual(rooms.map((room) => `${room}.js`));
  });

  it("asks for nothing but itself, so that it runs in a browser too", async () => {
    for (const room of rooms) {
      const source = await readFile(join(root, `dist/library/${room}.js`), "utf8");
      for (const [, from] of source.matchAll(/^(?:import|export)[^"';]*from "([^"]+)"/gm)) {
        expect(from).toMatch(/^\.\/shared\//);
      }
      expect(source).not.toMatch(/\b(?:require\(|process\.|Buffer\b)/);
    }
  });
});

describe("its types", () => {
  let dir: string;

  beforeAll(async () => {
    await run(process.execPath, [join(root, "scripts/build-types.js")]);
    dir = await mkdtemp(join(tmpdir(), "library-types-"));
    await mkdir(join(dir, "node_modules"));
    await symlink(root, join(dir, "node_modules/colosseum"));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const compile = async (resolution: "NodeNext" | "Bundler", source: string): Promise<string> => {
    await writeFile(join(dir, "package.json"), '{"type":"module"}');
    await writeFile(join(dir, "reader.ts"), source);
    const options = {
      strict: true,
      noEmit: true,
      target: "ES2024",
      lib: ["ES2024", "DOM"],
      types: [],
      module: resolution === "NodeNext" ? "NodeNext" : "ESNext",
      moduleResolution: resolution,
    };
    await writeFile(join(dir, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["reader.ts"] }));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    return await run(process.execPath, [tsc, "-p", dir]).then(
      () => "",
      (error: { stdout: string }) => error.stdout,
    );
  };

  const READER = `
    import { ruleSetNamed, Scoreboard, standingsOf, type MinerRow } from "colosseum/mechanism";
    import { BattleTable, ratePlayers } from "colosseum/ratings";
    import { runEpoch, type EpochInput } from "colosseum/yuma";
    import { formulaNamed, walkRecords } from "colosseum/arena";
    import { signRequest, type Signer, type Hotkey } from "colosseum/protocol";
    const rows: readonly MinerRow[] = standingsOf(new Scoreboard(ruleSetNamed("scaled"))).standings.miners;
    const rating: number | undefined = ratePlayers(new BattleTable().record()).standings[0]?.rating;
    export const shares = (input: EpochInput): readonly number[] => runEpoch(input).incentive;
    walkRecords([], formulaNamed("masa-v1").scorer({ windowSeconds: 1 }, []));
    export const sign = (signer: Signer, to: Hotkey) =>
      signRequest({ method: "GET", target: "/v1/me", body: new Uint8Array() }, signer, to, 1n)["X-Bittensor-Nonce"];
    // @ts-expect-error a rule set has a name
    ruleSetNamed(5);
    export { rows, rating };
  `;

  it.each(["NodeNext", "Bundler"] as const)(
    "serve a strict reader that checks libraries too: %s",
    async (resolution) => {
      expect(await compile(resolution, READER)).toBe("");
    },
  );
});
