import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountOf, CHECKS, type VerifyRules } from "../../../src/social/verify.ts";
import { testSigner } from "../../helpers/signers.ts";
import { ArenaWorld, NOW, NOW_MS, SCOPE } from "./arena-world.ts";

let world: ArenaWorld;
beforeEach(async () => {
  world = await ArenaWorld.open();
});
afterEach(() => world[Symbol.asyncDispose]());

/** The checks that failed, by id. */
const failed = async (rules: Partial<VerifyRules> = {}): Promise<string[]> => {
  const { verified, checks } = await world.verify(rules);
  expect(checks.map(({ id }) => id)).toEqual(CHECKS);
  const names = checks.filter(({ status }) => status === "fail").map(({ id }) => id);
  expect(verified).toBe(names.length === 0);
  for (const { status, hint, message } of checks) {
    expect(message).toMatch(/^[A-Z@5].*\.$/);
    expect(hint === null).toBe(status !== "fail");
  }
  return names;
};
const ago = (seconds: number): string => new Date(NOW_MS - seconds * 1_000).toISOString();
const account = (hotkey: string, challengedAt = NOW - 900) => ({
  hotkey,
  uid: 6,
  userId: "7",
  handle: "Agent",
  postId: "1",
  challengedAt,
  verifiedAt: challengedAt,
});

describe("verifyPost", () => {
  it.each(["sr25519", "ed25519"] as const)("proves an account for a hotkey that signs with %s", async (scheme) => {
    const signer = testSigner(1, scheme);
    world.uids.set(signer.address, 5);
    world.posts(world.text({ signer }));
    expect(await failed()).toEqual([]);
    expect(accountOf(await world.verify(), NOW)).toEqual({
      hotkey: signer.address,
      uid: 5,
      userId: "7",
      handle: "Agent",
      postId: "100",
      challengedAt: NOW - 600,
      verifiedAt: NOW,
    });
  });

  it.each<[string, string[], () => unknown]>([
    ["a post that is not there", ["post"], () => undefined],
    ["another text", ["text"], () => world.posts("gm")],
    ["a text for another subnet", ["subnet"], () => world.posts(world.text({ netuid: 2 }))],
    [
      "somebody else's post of it",
      ["author"],
      () => {
        world.x.user({ id: "8", username: "thief" });
        world.posts(world.text(), { authorId: "8" });
      },
    ],
    ["a text whose name was changed", ["signature"], () => world.posts(world.text({ signedFor: "victim" }))],
    ["a text that was posted days later", ["age"], () => world.posts(world.text({ at: NOW - 90_000 }))],
    ["a post that is older than its text", ["age"], () => world.posts(world.text(), { createdAt: ago(2_000) })],
    ["a text from the future", ["age"], () => world.posts(world.text({ at: NOW + 900 }), { createdAt: ago(-900) })],
    ["a hotkey without a slot", ["registered"], () => world.posts(world.text({ signer: testSigner(9) }))],
    [
      "an account of another hotkey",
      ["account"],
      () => {
        world.store.accounts.put(SCOPE, account(world.other.address));
        world.posts(world.text());
      },
    ],
    [
      "a text older than the one that is known",
      ["age"],
      () => {
        world.store.accounts.put(SCOPE, account(world.signer.address, NOW - 60));
        world.posts(world.text());
      },
    ],
  ])("refuses %s by name", async (_, names, prepare) => {
    prepare();
    expect(await failed()).toEqual(names);
  });

  it("proves nothing of an account whose id the source leaves out", async () => {
    const { id, text, createdAt } = world.posts(world.text());
    const data = { id, text, created_at: createdAt, username: "Agent" };
    world.x.faults.push({ status: 200, body: JSON.stringify({ data }) });
    expect(await failed()).toEqual(["account"]);
  });

  it("names all that is wrong at once", async () => {
    world.posts(world.text({ signer: testSigner(9), netuid: 3, handle: "other", at: NOW - 100_000 }));
    expect(await failed({ requireAutomation: true })).toEqual(["subnet", "author", "age", "registered"]);
  });

  it("follows an account that was renamed between the text and the look at it", async () => {
    world.posts(world.text());
    const [user] = world.x.users;
    if (user !== undefined) user.username = "Renamed";
    expect(await failed()).toEqual(["author"]);
    world.store.authors.put(
      { userId: "7", username: "Agent", followers: 1, createdAt: undefined, automated: undefined },
      NOW - 5_000,
    );
    expect(await failed()).toEqual([]);
    expect((await world.verify()).handle).toBe("Renamed");
  });

  it("frees the account of a hotkey that left the subnet", async () => {
    world.store.accounts.put(SCOPE, account(world.other.address));
    world.posts(world.text());
    expect(await failed()).toEqual(["account"]);
    world.uids.delete(world.other.address);
    expect(await failed()).toEqual([]);
  });

  it("lets a hotkey take another account, with a newer text", async () => {
    world.store.accounts.put(SCOPE, { ...account(world.signer.address), userId: "6" });
    world.posts(world.text());
    const verification = await world.verify();
    world.store.accounts.put(SCOPE, accountOf(verification, NOW));
    expect(world.store.accounts.all(SCOPE).map(({ userId }) => userId)).toEqual(["7"]);
  });

  it.each<[string, Partial<VerifyRules>, string, string[]]>([
    ["an account that hides that it is automated", { requireAutomation: true }, "Just me.", ["automation"]],
    ["an account that says so", { requireAutomation: true }, "Automated by @owner", []],
    ["a young account", { minAccountAgeSeconds: 60 * 86_400 }, "", ["account-age"]],
    ["an old enough account", { minAccountAgeSeconds: 30 * 86_400 }, "", []],
    ["another hotkey than the one that was asked for", { hotkey: testSigner(2).address }, "", ["hotkey"]],
  ])("checks on request: %s", async (_, rules, description, names) => {
    const [user] = world.x.users;
    if (user !== undefined) user.description = description;
    world.posts(world.text());
    expect(await failed(rules)).toEqual(names);
  });
});
