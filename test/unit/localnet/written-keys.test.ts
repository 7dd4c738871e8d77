import { describe, expect, it } from "vitest";
import { derivePublicKey, devAccount, devAccounts } from "../../../src/localnet/dev-accounts.ts";
import { beaconConfiguration, deriveBeaconKey } from "../../../src/localnet/pallets/beacon-key.ts";
import { toHex } from "../../../src/localnet/scale/bytes.ts";

describe("keys that are written down to start sooner", () => {
  it.each(devAccounts(10))("$name is what its phrase derives to", ({ name, account }) => {
    expect(account).toBe(toHex(derivePublicKey(name)));
  });

  it("the beacon's key is that of its secret", () => {
    expect(toHex(beaconConfiguration().public_key)).toBe(toHex(deriveBeaconKey()));
  });

  it("an account that is not written down is derived, and follows the named ones in order", () => {
    const eleventh = devAccounts(11).at(-1);
    expect(eleventh).toEqual(devAccount("miner-4"));
    expect(eleventh?.account).toBe(toHex(derivePublicKey("miner-4")));
    expect(devAccount("constructor").account).toBe(toHex(derivePublicKey("constructor")));
  });
});
