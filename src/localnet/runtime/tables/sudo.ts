import type { PalletSource } from "../pallet-table.ts";

/** Pallet Sudo, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const SUDO: PalletSource = {
  name: "Sudo",
  index: 12,
  crate: "pallet_sudo",
  calls: `
    0 sudo(call: RuntimeCall)
    1 sudo_unchecked_weight(call: RuntimeCall, weight: Weight)
    2 set_key(new: MultiAddress)
    3 sudo_as(who: MultiAddress, call: RuntimeCall)
    4 remove_key()
  `,
  storage: `
    Key ?AccountId32
  `,
  events: `
    0 Sudid { sudo_result: Result<(), DispatchError> }
    1 KeyChanged { old: Option<AccountId32>, new: AccountId32 }
    2 KeyRemoved
    3 SudoAsDone { sudo_result: Result<(), DispatchError> }
  `,
  errors: `
    0 RequireSudo
  `,
};
