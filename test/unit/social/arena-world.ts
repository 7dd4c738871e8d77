import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { challengeMessage, challengePost } from "../../../src/arena/challenge.ts";
import type { Signer } from "../../../src/base/ports.ts";
import { XSource } from "../../../src/feeds/x.ts";
import { DEFAULT_VERIFY_RULES, type VerifyRules, verifyPost } from "../../../src/social/verify.ts";
import { ArenaStore } from "../../../src/store/arena-store.ts";
import { FAKE_TOKEN, type FakePost, type FakeX, startFakeX } from "../../helpers/fake-x.ts";
import { JumpingClock } from "../../helpers/jumping-clock.ts";
import { testSigner } from "../../helpers/signers.ts";

export const NOW_MS = Date.parse("2026-01-10T12:00:00Z");
export const NOW = NOW_MS / 1_000;
export const SCOPE = { chain: "test", netuid: 1 };

/** A subnet of two hotkeys, a fake X with an account of the first, and an empty store. */
export class ArenaWorld implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), "colosseum-arena-"));
  readonly clock = new JumpingClock(NOW_MS);
  readonly store = ArenaStore.open(join(this.dir, "posts.db"));
  readonly signer = testSigner(1);
  readonly other = testSigner(2);
  readonly uids = new Map([
    [this.signer.address, 5],
    [this.other.address, 6],
  ]);
  readonly x: FakeX;
  readonly source: XSource;

  private constructor(x: FakeX) {
    this.x = x;
    this.source = new XSource({ baseUrl: x.url, token: FAKE_TOKEN, clock: this.clock });
    x.user({ id: "7", username: "Agent", description: "An automated agent.", createdAt: "2025-12-01T00:00:00Z" });
  }

  static async open(): Promise<ArenaWorld> {
    return new ArenaWorld(await startFakeX());
  }

  /** The text that a hotkey makes for an account. */
  text(fields: { signer?: Signer; handle?: string; netuid?: number; at?: number; signedFor?: string } = {}): string {
    const { signer = this.signer, handle = "agent", netuid = 1, at = NOW - 600, signedFor = handle } = fields;
    const challenge = { netuid, handle, at, hotkey: signer.address };
    const bytes = new TextEncoder().encode(challengeMessage({ ...challenge, handle: signedFor }));
    return challengePost(challenge, signer.sign(bytes));
  }

  /** Puts the text into a post of the account, a minute ago. */
  posts(text: string, fields: Partial<FakePost> = {}): FakePost {
    return this.x.post({
      id: "100",
      authorId: "7",
      text,
      createdAt: new Date(NOW_MS - 60_000).toISOString(),
      ...fields,
    });
  }

  verify(rules: Partial<VerifyRules> = {}, id = "100") {
    const { source, store, uids } = this;
    const world = { source, store, scope: SCOPE, uids, nowSeconds: NOW };
    return verifyPost(world, id, { ...DEFAULT_VERIFY_RULES, ...rules });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.store[Symbol.dispose]();
    await this.x[Symbol.asyncDispose]();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
