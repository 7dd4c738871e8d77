import { describe, expect, it } from "vitest";
import { revealWeights } from "../../../src/validator/duties/reveal-weights.ts";
import { World } from "./world.ts";

const REVEALED = { block: 120, extrinsic: "0xaa", verified: true };
const reveal = (world: World): Promise<boolean> => revealWeights(world.core, new AbortController().signal);

describe("revealWeights", () => {
  it("has nothing to do where nothing was committed by hash", async () => {
    using world = new World();
    expect(await reveal(world)).toBe(false);
  });

  it("waits for the epoch of a commit, then opens it and says so", async () => {
    using world = new World();
    world.chain.reveals.push(
      { revealed: undefined, expired: [], againAt: 119 },
      { revealed: REVEALED, expired: [], againAt: undefined },
    );
    expect(await reveal(world)).toBe(true);
    expect(world.chain.block).toBe(119);
    expect(await reveal(world)).toBe(true);
    expect(world.events).toContainEqual(expect.objectContaining({ type: "weights-revealed", ...REVEALED }));
    expect(await reveal(world)).toBe(false);
  });

  it("warns of a commit whose epoch passed while nobody revealed it", async () => {
    using world = new World();
    world.chain.reveals.push({ revealed: undefined, expired: ["0xbb"], againAt: undefined });
    expect(await reveal(world)).toBe(true);
    expect(world.events).toContainEqual(
      expect.objectContaining({
        type: "warning",
        code: "weights.commit-expired",
        message: expect.stringContaining("0xbb"),
      }),
    );
  });
});
