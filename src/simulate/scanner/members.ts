import { wordOf } from "./words";

// Members, each with the bit that says it was seen.
export const SEEN_ID: i32 = 1;
export const SEEN_KIND: i32 = 2;
export const SEEN_INTERVAL: i32 = 4;
export const SEEN_TASK_TYPE: i32 = 8;
export const SEEN_CREATED: i32 = 16;
export const SEEN_OPENS: i32 = 32;
export const SEEN_EXPIRES: i32 = 64;
export const SEEN_VALIDATOR: i32 = 128;
export const SEEN_GENERATORS: i32 = 256;
export const SEEN_COMPLETIONS: i32 = 512;
export const SEEN_NEGATIVE: i32 = 1_024;
export const SEEN_INVITED: i32 = 2_048;
export const SEEN_VOTES: i32 = 4_096;
export const REQUIRED: i32 =
  SEEN_ID | SEEN_KIND | SEEN_CREATED | SEEN_EXPIRES | SEEN_VALIDATOR | SEEN_GENERATORS | SEEN_COMPLETIONS | SEEN_VOTES;
/** What the votes are checked against must stand before them. */
export const BEFORE_VOTES: i32 = SEEN_CREATED | SEEN_EXPIRES | SEEN_COMPLETIONS;

// Their names: of those longer than a word, its first and its last eight bytes.
const ID: u64 = 0x6469;
const KIND_NAME: u64 = 0x646e696b;
const VOTES: u64 = 0x7365746f76;
const INTERVAL_NAME: u64 = 0x6c61767265746e69;
const TASK_TYPE: u64 = 0x657079546b736174;
const NEGATIVE_NAME: u64 = 0x657669746167656e;
const CREATED_1: u64 = 0x4164657461657263; // createdA
const CREATED_2: u64 = 0x7441646574616572; // reatedAt
const EXPIRES_1: u64 = 0x4173657269707865; // expiresA
const EXPIRES_2: u64 = 0x7441736572697078; // xpiresAt
const VALIDATOR_1: u64 = 0x6f746164696c6176; // validato
const VALIDATOR_2: u64 = 0x726f746164696c61; // alidator
const GENERATORS_1: u64 = 0x6f746172656e6567; // generato
const GENERATORS_2: u64 = 0x73726f746172656e; // nerators
const COMPLETIONS_1: u64 = 0x6974656c706d6f63; // completi
const COMPLETIONS_2: u64 = 0x736e6f6974656c70; // pletions
const OPENS_1: u64 = 0x704f676e69746f76; // votingOp
const OPENS_2: u64 = 0x7441736e65704f67; // gOpensAt
const INVITED_1: u64 = 0x696d697263736964; // discrimi
const INVITED_2: u64 = 0x73726f74616e696d; // minators

/** The bit of a member, 0 if nobody reads it. */
export function memberNamed(from: usize, to: usize): i32 {
  const length = i32(to - from);
  if (length <= 8) {
    const word = wordOf(from, to);
    if (word === ID) return SEEN_ID;
    if (word === KIND_NAME) return SEEN_KIND;
    if (word === VOTES) return SEEN_VOTES;
    if (word === INTERVAL_NAME) return SEEN_INTERVAL;
    if (word === TASK_TYPE) return SEEN_TASK_TYPE;
    return word === NEGATIVE_NAME ? SEEN_NEGATIVE : 0;
  }
  const first = load<u64>(from);
  const last = load<u64>(to - 8);
  switch (length) {
    case 9:
      if (first === CREATED_1 && last === CREATED_2) return SEEN_CREATED;
      if (first === EXPIRES_1 && last === EXPIRES_2) return SEEN_EXPIRES;
      return first === VALIDATOR_1 && last === VALIDATOR_2 ? SEEN_VALIDATOR : 0;
    case 10:
      return first === GENERATORS_1 && last === GENERATORS_2 ? SEEN_GENERATORS : 0;
    case 11:
      return first === COMPLETIONS_1 && last === COMPLETIONS_2 ? SEEN_COMPLETIONS : 0;
    case 13:
      return first === OPENS_1 && last === OPENS_2 ? SEEN_OPENS : 0;
    case 14:
      return first === INVITED_1 && last === INVITED_2 ? SEEN_INVITED : 0;
    default:
      return 0;
  }
}
