import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dispatchFailure, eventsOf, failureIn, feeIn } from "../../../src/chain/events.ts";
import { assembleExtrinsic, extrinsicHash, signExtrinsic, signingPayload } from "../../../src/chain/extrinsic.ts";
import { hexToBytes } from "../../../src/chain/plain.ts";
import { Runtime } from "../../../src/chain/runtime.ts";
import { testSigner } from "../../helpers/signers.ts";

/** Real metadata carries somebody's documentation, so it is not copied; without it these tests are skipped. */
const shared = new URL("../../../../shared/vectors/chain/", import.meta.url);
const isThere = existsSync(shared);
const metadata = (): string => `0x${readFileSync(new URL("metadata-v15-spec461.scale", shared)).toString("hex")}`;
const golden = isThere ? JSON.parse(readFileSync(new URL("golden-spec461.json", shared), "utf8")) : {};
/** Composed by bittensor_core 0.1.5 over the same metadata. */
const composed = JSON.parse(readFileSync(new URL("../../vectors/chain/calls-spec461.json", import.meta.url), "utf8"));
const GENESIS = "0x1dc00e76a13fc48b9c932e076622c5920295afaad4fd805c284a5cf3222ce452";

interface CallVector {
  module: string;
  function: string;
  params: Record<string, unknown>;
  call_hex: string;
}
interface KeyVector {
  pallet: string;
  item: string;
  params: unknown[];
  key: string;
}

describe.skipIf(!isThere)(
  "Runtime over real metadata of spec 461 (skipped where the shared vectors are missing)",
  () => {
    const runtime = isThere
      ? new Runtime(metadata(), { specName: "node-subtensor", specVersion: 461, transactionVersion: 1 })
      : (undefined as never);

    it("encodes all 19 calls as bittensor_core does", () => {
      expect(composed.calls).toHaveLength(19);
      for (const vector of composed.calls as CallVector[]) {
        const call = runtime.call({ pallet: vector.module, name: vector.function, args: vector.params });
        expect(call.toHex(), vector.function).toBe(vector.call_hex);
      }
    });

    it("builds all 16 storage keys as bittensor_core does, and reads their arguments back", () => {
      expect(composed.storage_keys).toHaveLength(16);
      for (const vector of composed.storage_keys as KeyVector[]) {
        const { pallet, item, params, key } = vector;
        expect(runtime.storageKey(pallet, item, params), `${pallet}.${item}`).toBe(key);
        expect(runtime.keyArguments(pallet, item, key)).toEqual(params);
      }
    });

    interface PayloadVector {
      call_data_hex: string;
      era: "00" | { period: number; current: number };
      era_birth_block_hash?: string;
      nonce: number;
      tip: number;
      payload_hex: string;
    }
    it("signs the bytes that the chain expects, for mortal and immortal transactions", () => {
      expect(golden.signature_payloads.length).toBeGreaterThan(1);
      for (const vector of golden.signature_payloads as PayloadVector[]) {
        const call = runtime.registry.createType("Call", hexToBytes(vector.call_data_hex));
        const { era } = vector;
        const birth =
          era === "00"
            ? undefined
            : { number: era.current, hash: vector.era_birth_block_hash ?? "", period: era.period };
        const { bytes } = signingPayload(runtime, call, {
          nonce: vector.nonce,
          genesis: GENESIS,
          ...(birth === undefined ? {} : { birth }),
        });
        expect(`0x${Buffer.from(bytes).toString("hex")}`).toBe(vector.payload_hex);
      }
    });

    interface ExtrinsicVector {
      call_data_hex: string;
      address: string;
      crypto_type: number;
      era: "00" | { period: number; current: number };
      nonce: number;
      signature_hex: string;
      extrinsic_hex: string;
      extrinsic_hash: string;
    }
    it("puts extrinsics together byte for byte, and names them by their hash", () => {
      for (const vector of golden.extrinsics as ExtrinsicVector[]) {
        const call = runtime.registry.createType("Call", hexToBytes(vector.call_data_hex));
        const { era } = vector;
        const { payload } = signingPayload(runtime, call, {
          nonce: vector.nonce,
          genesis: GENESIS,
          ...(era === "00" ? {} : { birth: { number: era.current, hash: GENESIS, period: era.period } }),
        });
        const signature = Uint8Array.from([vector.crypto_type, ...hexToBytes(vector.signature_hex)]);
        const made = assembleExtrinsic(runtime, call, vector.address, signature, payload);
        expect(made).toBe(vector.extrinsic_hex);
        expect(extrinsicHash(made)).toBe(vector.extrinsic_hash);
      }
    });

    it("signs long payloads by their hash", () => {
      const signed: number[] = [];
      const signer = {
        ...testSigner(1),
        sign: (message: Uint8Array) => {
          signed.push(message.length);
          return new Uint8Array(64);
        },
      };
      const facts = { nonce: 0, genesis: GENESIS };
      const short = { pallet: "Balances", name: "transfer_keep_alive", args: { dest: signer.address, value: 1 } };
      const uids = Array.from({ length: 100 }, (_, uid) => uid);
      const args = { netuid: 1, mecid: 0, dests: uids, weights: uids, version_key: 0 };
      signExtrinsic(runtime, runtime.call(short), signer, facts);
      signExtrinsic(
        runtime,
        runtime.call({ pallet: "SubtensorModule", name: "set_mechanism_weights", args }),
        signer,
        facts,
      );
      expect(signed[0]).toBeGreaterThan(100);
      expect(signed[1]).toBe(32);
    });

    it("reads a real block's events: who they belong to, the fee, and that nothing failed", () => {
      const events = eventsOf(runtime, golden.events.raw_hex, golden.receipt.extrinsic_idx);
      expect(events.map(({ pallet, name }) => `${pallet}.${name}`)).toEqual(
        golden.receipt.triggered_events.map(
          (event: { module_id: string; event_id: string }) => `${event.module_id}.${event.event_id}`,
        ),
      );
      expect(feeIn(events)).toBe(BigInt(golden.receipt.total_fee_amount));
      expect(failureIn(runtime, events)).toBeUndefined();
    });

    it("names module errors by the chain's own table, and other dispatch errors by their variant", () => {
      const failed = { module: { index: 7, error: "0x04000000" } };
      expect(dispatchFailure(runtime, failed)).toMatchObject({
        name: "HotKeyNotRegisteredInSubNet",
        docs: "The hotkey is not registered in subnet",
      });
      expect(dispatchFailure(runtime, "badOrigin").name).toBe("BadOrigin");
      expect(dispatchFailure(runtime, { badOrigin: null }).name).toBe("BadOrigin");
      expect(dispatchFailure(runtime, { token: "fundsUnavailable" }).name).toBe("Token.FundsUnavailable");
      expect(dispatchFailure(runtime, { module: { index: 250, error: "0x01000000" } }).name).toBe("Module250Error1");
    });

    it("finds a failure inside a sudo, a batch and a proxy", () => {
      const inner = { module: { index: 7, error: "0x04000000" } };
      const event = (pallet: string, name: string, fields: unknown[]) => ({ pallet, name, fields, named: {} }) as never;
      const name = "HotKeyNotRegisteredInSubNet";
      expect(failureIn(runtime, [event("System", "ExtrinsicFailed", [inner, {}])])).toMatchObject({ name });
      expect(failureIn(runtime, [event("Sudo", "Sudid", [{ err: inner }])])).toMatchObject({ name });
      expect(failureIn(runtime, [event("Sudo", "Sudid", [{ ok: null }])])).toBeUndefined();
      expect(failureIn(runtime, [event("Proxy", "ProxyExecuted", [{ err: inner }])])).toMatchObject({ name });
      expect(failureIn(runtime, [event("Utility", "BatchInterrupted", [0, inner])])).toMatchObject({ name });
    });

    it("gives absent values their default, or null where they are optional", () => {
      expect(runtime.storageValue("SubtensorModule", "Tempo", null)).toBe(10);
      expect(runtime.storageValue("SubtensorModule", "Uids", null)).toBeNull();
      expect(runtime.storageValue("SubtensorModule", "Tempo", "0x6400")).toBe(100);
    });

    it("names what the chain does not have", () => {
      const unsupported = expect.objectContaining({ code: "chain.unsupported", exitCode: 13 });
      expect(() => runtime.storageKey("SubtensorModule", "Nothing")).toThrow(unsupported);
      expect(() => runtime.call({ pallet: "SubtensorModule", name: "nothing", args: {} })).toThrow(unsupported);
      expect(() => runtime.call({ pallet: "SubtensorModule", name: "start_call", args: {} })).toThrow(unsupported);
      expect(() => runtime.apiCall("SubnetInfoRuntimeApi", "nothing", [])).toThrow(unsupported);
      expect(() => runtime.constant("System", "Nothing")).toThrow(unsupported);
      expect(runtime.hasCall("SubtensorModule", "register_limit")).toBe(true);
      expect(runtime.hasCall("SubtensorModule", "faucet")).toBe(false);
    });

    it("refuses values and answers that do not fit their type", () => {
      const tooMuch = {
        pallet: "Balances",
        name: "transfer_keep_alive",
        args: { dest: testSigner(1).address, value: 2n ** 65n },
      };
      expect(() => runtime.call(tooMuch)).toThrow(expect.objectContaining({ code: "chain.bad-argument" }));
      for (const hex of ["0x", "0x01", "0x010203"]) {
        expect(() => runtime.storageValue("SubtensorModule", "Tempo", hex), hex).toThrow(
          expect.objectContaining({ code: "chain.unexpected-shape", exitCode: 10 }),
        );
      }
    });
  },
);
