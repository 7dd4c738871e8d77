import { endOfPlain, QUOTE, UNSURE } from "./json";
import { ARENA, ARENA_BYTES, MARKS, MOST_HOTKEYS, NAME_AT, NAME_LENGTH, SLOT_MASK, SLOTS } from "./layout";

// Finds hotkeys by their bytes, so that a vote costs no string of its own. Names are numbered by the other side, which
// is asked once for each.

/** Gives a name its number. */
@external("hotkeys", "numberOf")
declare function numberOf(at: usize, length: i32): i32;

/** Characters of an SS58 address with a one-byte prefix: what almost every hotkey of a real log is. */
const ADDRESS: i32 = 48;
/** A longer hotkey is left to the general reader. */
const LONGEST: i32 = 256;

/** Number of the hotkey that was read last. */
export let hotkey: i32 = -1;

let known: i32 = 0;
let used: usize = 0;
let round: i32 = 0;
/** So that nobody can prepare names that all fall into one slot. */
let seed: u64 = 0;

export function seedHotkeys(value: u32): void {
  seed = u64(value) * 0x9e3779b97f4a7c15;
}

/**
 * Reads a hotkey: printable ASCII without escapes.
 *
 * @param at - Its opening quote.
 * @returns Just after its closing quote; {@link hotkey} is its number.
 */
export function readHotkey(at: usize): usize {
  const from = at + 1;
  if (load<u8>(at) !== QUOTE) return UNSURE;
  if (load<u8>(from + ADDRESS) === QUOTE) {
    // A known name has no quote inside, so equal bytes prove that the string ends here.
    let slot = hashAddress(from);
    for (let id = idIn(slot); id >= 0; id = idIn(slot)) {
      slot = (slot + 1) & SLOT_MASK;
      if (load<i32>(NAME_LENGTH + 4 * id) === ADDRESS && isAddress(from, load<usize>(NAME_AT + 4 * id))) {
        hotkey = id;
        return from + ADDRESS + 1;
      }
    }
  }
  return readSlowly(at);
}

/** The number in a slot, -1 if the slot is empty. */
@inline
function idIn(slot: i32): i32 {
  return load<i32>(SLOTS + 4 * slot) - 1;
}

@inline
function isAddress(a: usize, b: usize): bool {
  const differs = v128.or(
    v128.or(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(a, 16), v128.load(b, 16))),
    v128.xor(v128.load(a, 32), v128.load(b, 32)),
  );
  return !v128.any_true(differs);
}

/** Two words of an address stand for all of it: the rest is compared anyway. */
@inline
function hashAddress(at: usize): i32 {
  const mixed = (load<u64>(at + 12) ^ seed) * 0x9e3779b97f4a7c15 + load<u64>(at + 36) * 0xc2b2ae3d27d4eb4f;
  return i32(mixed >> 40) & SLOT_MASK;
}

/** FNV-1a. */
function hashBytes(at: usize, length: i32): i32 {
  let hash: u64 = 0xcbf29ce484222325 ^ seed;
  for (let i = 0; i < length; i++) hash = (hash ^ load<u8>(at + i)) * 0x100000001b3;
  return i32((hash ^ (hash >> 32)) & SLOT_MASK);
}

function readSlowly(at: usize): usize {
  const end = endOfPlain(at);
  if (end === UNSURE) return UNSURE;
  const from = at + 1;
  const length = i32(end - from);
  if (length > LONGEST) return UNSURE;
  let slot = length === ADDRESS ? hashAddress(from) : hashBytes(from, length);
  for (let id = idIn(slot); id >= 0; id = idIn(slot)) {
    const isSame =
      load<i32>(NAME_LENGTH + 4 * id) === length && memory.compare(from, load<usize>(NAME_AT + 4 * id), length) === 0;
    if (isSame) {
      hotkey = id;
      return end + 1;
    }
    slot = (slot + 1) & SLOT_MASK;
  }
  return insert(from, length, slot) ? end + 1 : UNSURE;
}

/** Names of a new slot; false if there is no room. */
function insert(from: usize, length: i32, slot: i32): bool {
  if (known === MOST_HOTKEYS || used + length + 16 > usize(ARENA_BYTES)) return false;
  const id = numberOf(from, length);
  if (id >= MOST_HOTKEYS) return false;
  memory.copy(ARENA + used, from, length);
  store<usize>(NAME_AT + 4 * id, ARENA + used);
  store<i32>(NAME_LENGTH + 4 * id, length);
  store<i32>(SLOTS + 4 * slot, id + 1);
  used += (length + 15) & ~15;
  known++;
  hotkey = id;
  return true;
}

/** Begins a list in which no hotkey may come twice. */
export function newList(): void {
  round++;
}

/** Marks a hotkey; false if it was marked since {@link newList}. */
@inline
export function isFirst(id: i32): bool {
  if (load<i32>(MARKS + 4 * id) === round) return false;
  store<i32>(MARKS + 4 * id, round);
  return true;
}
