// A wallet made by either side opens and signs on the other. Needs Python with the peers; skipped with a word without them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataOf, temporaryHome } from "../unit/wallet/temporary-wallets.ts";
import { BITTENSOR_11 } from "./peers.ts";
import { askPeer, missingModule } from "./python-peer.ts";

interface Seen {
  readonly coldkey: string;
  readonly coldkeypub: string;
  readonly hotkey: string;
  readonly coldSignature: string;
  readonly hotSignature: string;
}
interface Made {
  readonly coldkey: string;
  readonly hotkeys: readonly { readonly address: string }[];
}

const SLOW = { timeout: 180_000 };
const PASSWORD = "pässwörd-密码-🔑9A";
const MESSAGE = "both sides sign this: äöü";
const MODULES = ["bittensor_wallet", "bittensor"] as const;
const KINDS = [
  ["plain sr25519", undefined, false],
  ["encrypted sr25519", PASSWORD, false],
  ["plain ed25519", undefined, true],
] as const;

describe.each(MODULES)("%s", (module) => {
  const missing = missingModule(BITTENSOR_11, module);
  const ask = <T>(job: Record<string, unknown>): Promise<T> => askPeer<T>(BITTENSOR_11, "wallet_peer.py", job, module);
  if (missing !== undefined) {
    it.skip(`is not here: ${missing}`, () => undefined);
    return;
  }

  it.each(KINDS)("opens our %s wallet, and we verify what it signs", SLOW, async (_, password, ed25519) => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "p"), PASSWORD);
    const safety = password === undefined ? ["--no-password"] : ["--password-file", "p"];
    const scheme = ed25519 ? ["--crypto-type", "ed25519"] : [];
    const made = dataOf<Made>(
      await home.cli(["wallet", "create", "ours", "--mnemonic-file", "m", "--json", ...safety, ...scheme]),
    );
    const job = { do: "read", path: home.wallets, name: "ours", hotkey: "default", password: password ?? null };
    const seen = await ask<Seen>({ ...job, message: MESSAGE });
    const hotkey = made.hotkeys[0]?.address;
    expect([seen.coldkey, seen.coldkeypub, seen.hotkey]).toEqual([made.coldkey, made.coldkey, hotkey]);
    for (const [address, signature] of [
      [seen.coldkey, seen.coldSignature],
      [seen.hotkey, seen.hotSignature],
    ] as const) {
      expect((await home.cli(["wallet", "verify", MESSAGE, signature, "--address", address])).code).toBe(0);
    }
  });

  it.each(KINDS)("makes a %s wallet that we open, and verifies what we sign", SLOW, async (_, password, ed25519) => {
    using home = temporaryHome();
    const job = { do: "make", path: home.wallets, name: "theirs", hotkey: "default", password: password ?? null };
    const seen = await ask<Seen>({ ...job, message: MESSAGE, ed25519 });
    const [listed] = dataOf<{ wallets: unknown[] }>(await home.cli(["wallet", "list", "--json"])).wallets;
    expect(listed).toMatchObject({
      name: "theirs",
      coldkey: seen.coldkey,
      encrypted: password !== undefined,
      hotkeys: [{ name: "default", address: seen.hotkey }],
    });
    for (const [flags, address] of [
      [["--coldkey"], seen.coldkey],
      [[], seen.hotkey],
    ] as const) {
      const env = password === undefined ? {} : { BT_WALLET_PASSWORD: password };
      const run = await home.cli(["wallet", "sign", MESSAGE, "-w", "theirs", "--json", ...flags], { env });
      const { signature } = dataOf<{ signature: string }>(run);
      expect(await ask({ do: "verify", address, ed25519, message: MESSAGE, signature })).toEqual({ valid: true });
    }
  });
});
