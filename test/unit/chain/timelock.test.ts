import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planReveal } from "../../../src/chain/reveal-round.ts";
import { timelockDecrypt, timelockEncrypt, timelockPayload } from "../../../src/chain/timelock.ts";

/** Made by bittensor-core 0.1.5 and the real quicknet round 1000; origin in the repository's notes on test vectors. */
interface Vectors {
  round: number;
  signature: string;
  public_key: string;
  det_ciphertexts: Det[];
  py_ciphertexts: Py[];
  weights_payload: Payload[];
  epoch_schedule: Schedule[];
}
const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../vectors/timelock/timelock.json", import.meta.url), "utf8"),
);
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const KEY = bytes(vectors.public_key);
const SIGNATURE = bytes(vectors.signature);

interface Det {
  plaintext_hex: string;
  aes_key: string;
  aes_nonce: string;
  sigma: string;
  ciphertext_hex: string;
}
interface Py {
  plaintext_hex: string;
  inner_ciphertext_hex: string;
  userdata_envelope_hex: string;
}
interface Payload {
  hotkey_hex: string;
  uids: number[];
  values: number[];
  version_key: number;
  scale_hex: string;
  expected_commit_len: number;
}
interface Schedule {
  last_epoch_block: number;
  pending_epoch_at: number;
  subnet_epoch_index: number;
  tempo: number;
  blocks_since_last_step: number;
  current_block: number;
  reveal_period: number;
  block_time?: number;
  blocks_until_ingest?: number[];
  first_reveal_block?: number[];
  now?: number;
  reveal_round?: number;
  error?: string;
}

describe("timelockEncrypt", () => {
  it.each(vectors.det_ciphertexts.map((vector: Det, index: number) => [index, vector] as const))(
    "gives the bytes that the chain's library opens, given the same randomness (%i)",
    (_, vector: Det) => {
      const made = timelockEncrypt(bytes(vector.plaintext_hex), vectors.round, KEY, {
        key: bytes(vector.aes_key),
        nonce: bytes(vector.aes_nonce),
        sigma: bytes(vector.sigma),
      });
      expect(Buffer.from(made).toString("hex")).toBe(vector.ciphertext_hex);
    },
  );

  it("is opened by the round's signature, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (plaintext) => {
        const made = timelockEncrypt(plaintext, vectors.round, KEY);
        expect(made.length).toBe(plaintext.length + 244);
        expect(timelockDecrypt(made, SIGNATURE)).toEqual(plaintext);
      }),
      { numRuns: 5 },
    );
  });

  it("is not opened by the signature of another round", () => {
    const made = timelockEncrypt(new Uint8Array([1, 2, 3]), vectors.round + 1, KEY);
    expect(() => timelockDecrypt(made, SIGNATURE)).toThrow(expect.objectContaining({ code: "chain.timelock" }));
  });

  it("refuses a beacon key that is no point", () => {
    expect(() => timelockEncrypt(new Uint8Array(1), 1, new Uint8Array(96))).toThrow(
      expect.objectContaining({ code: "chain.timelock" }),
    );
  });
});

describe("timelockDecrypt", () => {
  it.each(vectors.py_ciphertexts.map((vector: Py, index: number) => [index, vector] as const))(
    "opens what bittensor-core encrypted (%i)",
    (_, vector: Py) => {
      const opened = timelockDecrypt(bytes(vector.inner_ciphertext_hex), SIGNATURE);
      expect(Buffer.from(opened).toString("hex")).toBe(vector.plaintext_hex);
    },
  );

  it("names a damaged ciphertext whatever byte was changed or lost", () => {
    const good = bytes(vectors.det_ciphertexts[1]?.ciphertext_hex ?? "");
    for (const at of [0, 50, 100, 110, 140, 150, 180, 190, 200, good.length - 1]) {
      const damaged = Uint8Array.from(good, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => timelockDecrypt(damaged, SIGNATURE), `byte ${at}`).toThrow(
        expect.objectContaining({ code: "chain.timelock" }),
      );
    }
    expect(() => timelockDecrypt(good.subarray(0, 200), SIGNATURE)).toThrow(
      expect.objectContaining({ code: "chain.timelock" }),
    );
  });
});

describe("timelockPayload", () => {
  it.each(vectors.weights_payload.map((vector: Payload, index: number) => [index, vector] as const))(
    "is the SCALE that the chain decodes, as long as a real commit (%i)",
    (_, vector: Payload) => {
      const made = timelockPayload(bytes(vector.hotkey_hex), vector, BigInt(vector.version_key));
      expect(Buffer.from(made).toString("hex")).toBe(vector.scale_hex);
      expect(made.length + 244).toBe(vector.expected_commit_len);
    },
  );
});

describe("planReveal", () => {
  const QUICKNET = { genesisTime: 1_692_803_367, periodSeconds: 3 };

  it("has eighteen cases to meet", () => {
    expect(vectors.epoch_schedule).toHaveLength(18);
  });

  it.each(vectors.epoch_schedule.map((vector: Schedule, index: number) => [index, vector] as const))(
    "finds the reveal block and round of bittensor-core (%i)",
    (_, vector: Schedule) => {
      const clock = {
        block: vector.current_block,
        lastEpochBlock: vector.last_epoch_block,
        pendingEpochAt: vector.pending_epoch_at,
        epochIndex: vector.subnet_epoch_index,
        tempo: vector.tempo,
        blocksSinceLastStep: vector.blocks_since_last_step,
      };
      const plan = () =>
        planReveal(clock, vector.reveal_period, (vector.now ?? 0) * 1_000, (vector.block_time ?? 12) * 1_000, QUICKNET);
      if (vector.error !== undefined) {
        expect(plan).toThrow(expect.objectContaining({ code: "weights.no-epochs" }));
        return;
      }
      expect(plan()).toMatchObject({ firstRevealBlock: vector.first_reveal_block?.[0], round: vector.reveal_round });
    },
  );
});
