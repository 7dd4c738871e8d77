import { type Ballot, UNKNOWN } from "../mechanism/ballot.ts";
import { compareInstants, daysOf, type Instant, type InstantCell } from "../mechanism/instant.ts";
import { Marks } from "../mechanism/marks.ts";
import { TASK_KINDS } from "../mechanism/task-log.ts";
import { HotkeyBytes } from "./hotkey-bytes.ts";
import { pastSpace, skipValue, UNSURE } from "./json-skip.ts";

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const BACKSLASH = 92;
const DASH = 45;
const ZERO = 48;
const LETTER_T = 84;
const LETTER_Z = 90;
const DOT = 46;
/** Completions and generators of one task beyond this are left to the general reader. */
const FEW = 16;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const wordOf = (text: string): number => new DataView(bytesOf(text).buffer).getInt32(0, true);

/** The members of a task, each with the bit that says it was seen. */
const MEMBERS = [
  "id",
  "kind",
  "interval",
  "taskType",
  "createdAt",
  "votingOpensAt",
  "expiresAt",
  "validator",
  "generators",
  "completions",
  "negative",
  "discriminators",
  "votes",
] as const;
type Member = (typeof MEMBERS)[number];
const KEYS = MEMBERS.map((name, index) => ({ name, bit: 1 << index, bytes: bytesOf(name) }));
const bitOf = (...names: Member[]): number => names.reduce((bits, name) => bits | (1 << MEMBERS.indexOf(name)), 0);
const REQUIRED = bitOf("id", "kind", "createdAt", "expiresAt", "validator", "generators", "completions", "votes");
const NEGATIVE = bitOf("negative");
const INVITED = bitOf("discriminators");
const OPENS = bitOf("votingOpensAt");
/** What the votes are checked against must stand before them. */
const BEFORE_VOTES = bitOf("createdAt", "expiresAt", "completions");

const KIND_BYTES = TASK_KINDS.map(bytesOf);
const VOTER = bytesOf("voter");
const COMPLETION = bytesOf("completion");
const AT = bytesOf("at");
const ID = bytesOf("id");
const BY = bytesOf("by");
const SOURCE = bytesOf("source");
const MINER = bytesOf("miner");
const VALIDATOR = bytesOf("validator");

// A vote as JSON.stringify writes it, in words of four bytes; the last of each run overlaps the one before.
const VOTE_1 = wordOf('{"vo');
const VOTE_2 = wordOf('ter"');
const VOTE_3 = wordOf('r":"');
const CHOICE_1 = wordOf(',"co');
const CHOICE_2 = wordOf("mple");
const CHOICE_3 = wordOf("tion");
const CHOICE_4 = wordOf('n":"');
const AT_1 = wordOf(',"at');
const AT_2 = wordOf('t":"');

function equals(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false;
  return true;
}

/**
 * Loads a task into a ballot straight from its bytes: no object, no string for each vote. It takes the plain form in
 * which programs write logs and says so when a task has any other, valid or not; then `JSON.parse` and
 * `Ballot.load` decide. What it takes, they would have taken, with the same result; a property test holds them together.
 */
export class TaskScanner {
  readonly #ballot: Ballot;
  readonly #hotkeys: HotkeyBytes;
  #bytes: Buffer = Buffer.alloc(0);
  #words: DataView = new DataView(new ArrayBuffer(0));
  #end = 0;
  /** Where reading goes on. */
  #at = 0;
  #until: Instant | undefined;
  readonly #created: InstantCell = { seconds: 0, nanos: 0 };
  readonly #opens: InstantCell = { seconds: 0, nanos: 0 };
  readonly #expires: InstantCell = { seconds: 0, nanos: 0 };
  readonly #cell: InstantCell = { seconds: 0, nanos: 0 };
  #negative = UNKNOWN;
  // The vote that was read last.
  #voter = 0;
  #choice = UNKNOWN;
  readonly #idFrom: number[] = [];
  readonly #idTo: number[] = [];
  readonly #marks = new Marks();
  // The last date read, in the words of its text (at first bytes that no UTF-8 has), and its days since the epoch.
  #date1 = -1;
  #date2 = 0;
  #date3 = 0;
  #days = 0;

  constructor(ballot: Ballot) {
    this.#ballot = ballot;
    this.#hotkeys = new HotkeyBytes(ballot.hotkeys);
  }

  /** Names the bytes of the next tasks; they are valid UTF-8. */
  open(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * Loads the task that fills `start … end − 1`.
   *
   * @param until - Votes after it are not loaded.
   * @returns True if the ballot holds a valid task; false if somebody else must look at it.
   */
  load(start: number, end: number, until: Instant | undefined): boolean {
    const at = this.loadFirst(start, end, until);
    return at >= 0 && pastSpace(this.#bytes, at) >= end;
  }

  /**
   * Loads the task that begins at `start` and may end anywhere before `end`.
   *
   * @returns Just after it, or -1 if somebody else must look at it.
   */
  loadFirst(start: number, end: number, until: Instant | undefined): number {
    this.#end = end;
    this.#until = until;
    const first = pastSpace(this.#bytes, start);
    if (this.#bytes[first] !== OPEN_OBJECT) return -1;
    this.#at = first + 1;
    const seen = this.#members();
    if (seen < 0 || this.#at > end) return -1;
    return (seen & REQUIRED) === REQUIRED && this.#isConsistent(seen) ? this.#at : -1;
  }

  /** Reads the members up to the closing brace. Returns the bits of those seen, or -1. */
  #members(): number {
    let seen = 0;
    for (;;) {
      const from = this.#key();
      if (from < 0) return -1;
      const key = this.#memberAt(from, this.#at - 1);
      if (!this.#colon()) return -1;
      if (key === undefined) {
        this.#at = skipValue(this.#bytes, this.#at, this.#end);
        if (this.#at === UNSURE) return -1;
      } else {
        if ((seen & key.bit) !== 0) return -1;
        if (key.name === "votes" && (seen & BEFORE_VOTES) !== BEFORE_VOTES) return -1;
        if (key.name === "votingOpensAt" && (seen & bitOf("votes")) !== 0) return -1;
        if (key.name === "votes" && (seen & OPENS) === 0) this.#copyOpening();
        if (!this.#member(key.name)) return -1;
        seen |= key.bit;
      }
      const more = this.#comma(CLOSE_OBJECT);
      if (more < 0) return -1;
      if (more === 0) return seen;
    }
  }

  #copyOpening(): void {
    this.#opens.seconds = this.#created.seconds;
    this.#opens.nanos = this.#created.nanos;
  }

  #memberAt(from: number, to: number): (typeof KEYS)[number] | undefined {
    for (const key of KEYS) {
      if (key.bytes.length === to - from && equals(this.#bytes, from, key.bytes)) return key;
    }
    return undefined;
  }

  #member(name: Member): boolean {
    const ballot = this.#ballot;
    switch (name) {
      case "id": {
        const from = this.#plainString();
        if (from < 0) return false;
        ballot.id = this.#bytes.toString("latin1", from, this.#at - 1);
        return true;
      }
      case "kind": {
        const from = this.#plainString();
        const kind = KIND_BYTES.findIndex(
          (word) => word.length === this.#at - 1 - from && equals(this.#bytes, from, word),
        );
        ballot.kind = TASK_KINDS[kind] ?? "duel";
        return from >= 0 && kind >= 0;
      }
      case "interval":
        return this.#interval();
      case "taskType":
        return this.#plainString() >= 0;
      case "createdAt":
        return this.#quotedTime(this.#created);
      case "votingOpensAt":
        return this.#quotedTime(this.#opens);
      case "expiresAt":
        return this.#quotedTime(this.#expires);
      case "validator":
        ballot.validator = this.#hotkey();
        return ballot.validator >= 0;
      case "negative":
        this.#negative = this.#hotkey();
        return this.#negative >= 0;
      case "generators":
        ballot.generatorCount = this.#hotkeyList(true);
        return ballot.generatorCount >= 0 && ballot.generatorCount <= FEW;
      case "discriminators":
        ballot.invitedCount = this.#hotkeyList(false);
        return ballot.invitedCount >= 0;
      case "completions":
        return this.#completions();
      case "votes":
        return this.#votes();
    }
  }

  /** A whole number without sign, at most fifteen digits. */
  #interval(): boolean {
    let value = 0;
    const from = this.#at;
    for (; this.#at < this.#end; this.#at++) {
      const digit = (this.#bytes[this.#at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const length = this.#at - from;
    if (length < 1 || length > 15 || (length > 1 && this.#bytes[from] === ZERO)) return false;
    this.#ballot.interval = value;
    return true;
  }

  #hotkey(): number {
    if (this.#bytes[this.#at] !== QUOTE) return -1;
    const id = this.#hotkeys.read(this.#bytes, this.#words, this.#at + 1, this.#end);
    this.#at = this.#hotkeys.end;
    return id;
  }

  /** A list of hotkeys, no two alike. Returns how many, or -1. */
  #hotkeyList(generators: boolean): number {
    const ballot = this.#ballot;
    let into = generators ? ballot.generators : ballot.invited;
    if (!this.#listBegins()) return this.#at < 0 ? -1 : 0;
    this.#marks.clear();
    for (let count = 0; ; ) {
      const id = this.#hotkey();
      if (id < 0 || this.#marks.has(id)) return -1;
      this.#marks.add(id);
      if (count === into.length) {
        ballot.reserve(generators ? count * 2 : 0, generators ? 0 : count * 2, 0, 0);
        into = generators ? ballot.generators : ballot.invited;
      }
      into[count++] = id;
      const more = this.#comma(CLOSE_LIST);
      if (more < 0) return -1;
      if (more === 0) return count;
    }
  }

  /** Steps into a list. False if it is empty (then behind it) or none (then `#at` is -1). */
  #listBegins(): boolean {
    if (this.#bytes[this.#at] !== OPEN_LIST) {
      this.#at = -1;
      return false;
    }
    this.#at = pastSpace(this.#bytes, this.#at + 1);
    if (this.#bytes[this.#at] !== CLOSE_LIST) return true;
    this.#at++;
    return false;
  }

  #completions(): boolean {
    const ballot = this.#ballot;
    ballot.completionCount = 0;
    if (!this.#listBegins()) return this.#at >= 0;
    for (;;) {
      if (ballot.completionCount === FEW || !this.#completion(ballot.completionCount)) return false;
      ballot.completionCount++;
      const more = this.#comma(CLOSE_LIST);
      if (more < 0) return false;
      if (more === 0) return true;
    }
  }

  #completion(index: number): boolean {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== OPEN_OBJECT) return false;
    this.#at++;
    let seen = 0;
    for (;;) {
      const from = this.#key();
      const length = this.#at - 1 - from;
      if (from < 0 || !this.#colon()) return false;
      if (length === ID.length && equals(bytes, from, ID)) {
        const start = this.#plainString();
        if (start < 0 || (seen & 1) !== 0 || this.#completionIndex(start, this.#at - 1, index) !== UNKNOWN)
          return false;
        this.#idFrom[index] = start;
        this.#idTo[index] = this.#at - 1;
        seen |= 1;
      } else if (length === BY.length && equals(bytes, from, BY)) {
        const author = this.#hotkey();
        if (author < 0 || (seen & 2) !== 0) return false;
        for (let c = 0; c < index; c++) if (this.#ballot.authors[c] === author) return false;
        this.#ballot.authors[index] = author;
        seen |= 2;
      } else if (length === SOURCE.length && equals(bytes, from, SOURCE)) {
        const start = this.#plainString();
        const size = this.#at - 1 - start;
        const validator = size === VALIDATOR.length && equals(bytes, start, VALIDATOR);
        if (start < 0 || (seen & 4) !== 0) return false;
        if (!validator && !(size === MINER.length && equals(bytes, start, MINER))) return false;
        this.#ballot.fromValidator[index] = validator ? 1 : 0;
        seen |= 4;
      } else {
        this.#at = skipValue(bytes, this.#at, this.#end);
        if (this.#at === UNSURE) return false;
      }
      const more = this.#comma(CLOSE_OBJECT);
      if (more < 0) return false;
      if (more === 0) return seen === 7;
    }
  }

  #completionIndex(from: number, to: number, count: number): number {
    for (let c = 0; c < count; c++) {
      const start = this.#idFrom[c] ?? 0;
      const length = (this.#idTo[c] ?? 0) - start;
      if (length !== to - from) continue;
      let same = 0;
      while (same < length && this.#bytes[start + same] === this.#bytes[from + same]) same++;
      if (same === length) return c;
    }
    return UNKNOWN;
  }

  #votes(): boolean {
    const ballot = this.#ballot;
    ballot.voteCount = 0;
    if (!this.#listBegins()) return this.#at >= 0;
    for (;;) {
      const from = this.#at;
      if (!this.#plainVote()) {
        this.#at = from;
        if (!this.#vote()) return false;
      }
      if (this.#until === undefined || compareInstants(this.#cell, this.#until) <= 0) this.#keepVote();
      const more = this.#comma(CLOSE_LIST);
      if (more < 0) return false;
      if (more === 0) return true;
    }
  }

  #keepVote(): void {
    const ballot = this.#ballot;
    const at = ballot.voteCount++;
    if (at === ballot.voters.length) ballot.reserve(0, 0, 0, at * 2);
    ballot.voters[at] = this.#voter;
    ballot.choices[at] = this.#choice;
    ballot.inTime[at] =
      compareInstants(this.#cell, this.#opens) >= 0 && compareInstants(this.#cell, this.#expires) <= 0 ? 1 : 0;
    ballot.atSeconds[at] = this.#cell.seconds;
    ballot.atNanos[at] = this.#cell.nanos;
  }

  /** A vote exactly as JSON.stringify writes `{voter, completion, at}`. */
  #plainVote(): boolean {
    const words = this.#words;
    const at = this.#at;
    // The shortest such vote has 55 bytes, so the words below are inside the record.
    if (at + 55 > this.#end) return false;
    if (words.getInt32(at, true) !== VOTE_1 || words.getInt32(at + 4, true) !== VOTE_2) return false;
    if (words.getInt32(at + 6, true) !== VOTE_3) return false;
    this.#voter = this.#hotkeys.read(this.#bytes, words, at + 10, this.#end);
    if (this.#voter < 0) return false;
    const choice = this.#hotkeys.end;
    if (choice + 40 > this.#end) return false;
    if (words.getInt32(choice, true) !== CHOICE_1 || words.getInt32(choice + 4, true) !== CHOICE_2) return false;
    if (words.getInt32(choice + 8, true) !== CHOICE_3 || words.getInt32(choice + 11, true) !== CHOICE_4) return false;
    this.#at = choice + 14;
    const id = this.#plainString();
    if (id < 0) return false;
    const time = this.#at;
    if (time + 29 > this.#end) return false;
    this.#choice = this.#completionIndex(id, time - 1, this.#ballot.completionCount);
    if (words.getInt32(time, true) !== AT_1 || words.getInt32(time + 3, true) !== AT_2) return false;
    this.#at = time + 6;
    if (!this.#quotedTime(this.#cell) || this.#bytes[this.#at] !== CLOSE_OBJECT) return false;
    this.#at++;
    return true;
  }

  /** A vote with white space, another order or further members. */
  #vote(): boolean {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== OPEN_OBJECT) return false;
    this.#at++;
    let seen = 0;
    for (;;) {
      const from = this.#key();
      const length = this.#at - 1 - from;
      if (from < 0 || !this.#colon()) return false;
      if (length === VOTER.length && equals(bytes, from, VOTER)) {
        this.#voter = this.#hotkey();
        if (this.#voter < 0 || (seen & 1) !== 0) return false;
        seen |= 1;
      } else if (length === COMPLETION.length && equals(bytes, from, COMPLETION)) {
        const start = this.#plainString();
        if (start < 0 || (seen & 2) !== 0) return false;
        this.#choice = this.#completionIndex(start, this.#at - 1, this.#ballot.completionCount);
        seen |= 2;
      } else if (length === AT.length && equals(bytes, from, AT)) {
        if (!this.#quotedTime(this.#cell) || (seen & 4) !== 0) return false;
        seen |= 4;
      } else {
        this.#at = skipValue(bytes, this.#at, this.#end);
        if (this.#at === UNSURE) return false;
      }
      const more = this.#comma(CLOSE_OBJECT);
      if (more < 0) return false;
      if (more === 0) return seen === 7;
    }
  }

  /** A member's name without escapes; leaves `#at` behind its closing quote. Returns where it begins, or -1. */
  #key(): number {
    this.#at = pastSpace(this.#bytes, this.#at);
    return this.#plainString();
  }

  /** A string of printable ASCII without escapes; leaves `#at` behind it. Returns where its text begins, or -1. */
  #plainString(): number {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== QUOTE) return -1;
    const from = this.#at + 1;
    for (let at = from; at < this.#end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        this.#at = at + 1;
        return from;
      }
      if (byte < 32 || byte > 126 || byte === BACKSLASH) return -1;
    }
    return -1;
  }

  #colon(): boolean {
    const at = pastSpace(this.#bytes, this.#at);
    if (this.#bytes[at] !== COLON) return false;
    this.#at = pastSpace(this.#bytes, at + 1);
    return true;
  }

  /** 1: a comma, and `#at` stands at what follows; 0: the closing bracket, and `#at` is behind it; -1: neither. */
  #comma(close: number): number {
    const at = pastSpace(this.#bytes, this.#at);
    const byte = this.#bytes[at];
    if (at >= this.#end) return -1;
    if (byte === COMMA) {
      this.#at = pastSpace(this.#bytes, at + 1);
      return 1;
    }
    this.#at = at + 1;
    return byte === close ? 0 : -1;
  }

  /** `"YYYY-MM-DDTHH:MM:SS[.fraction]Z"`; offsets and lower case are left to the general reader. */
  #quotedTime(cell: InstantCell): boolean {
    const bytes = this.#bytes;
    const at = this.#at + 1;
    if (bytes[at - 1] !== QUOTE || at + 21 > this.#end || !this.#date(at)) return false;
    if (bytes[at + 10] !== LETTER_T || bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return false;
    const hour = this.#pair(at + 11);
    const minute = this.#pair(at + 14);
    const second = this.#pair(at + 17);
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return false;
    let next = at + 19;
    let nanos = 0;
    if (bytes[next] === DOT) {
      let scale = 100_000_000;
      for (next++; ; next++) {
        const digit = (bytes[next] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) break;
        if (scale < 1) return false;
        nanos += digit * scale;
        scale /= 10;
      }
      if (next === at + 20) return false;
    }
    if (bytes[next] !== LETTER_Z || bytes[next + 1] !== QUOTE) return false;
    cell.seconds = this.#days * 86_400 + hour * 3_600 + minute * 60 + second;
    cell.nanos = nanos;
    this.#at = next + 2;
    return true;
  }

  /** Two digits, or NaN. */
  #pair(at: number): number {
    const tens = (this.#bytes[at] ?? 0) - ZERO;
    const ones = (this.#bytes[at + 1] ?? 0) - ZERO;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  }

  /** Most times of a log lie on the same day as the one before: its ten characters are compared, not read. */
  #date(at: number): boolean {
    const words = this.#words;
    const [first, second, third] = [
      words.getInt32(at, true),
      words.getInt32(at + 4, true),
      words.getInt16(at + 8, true),
    ];
    if (first === this.#date1 && second === this.#date2 && third === this.#date3) return true;
    if (this.#bytes[at + 4] !== DASH || this.#bytes[at + 7] !== DASH) return false;
    const days = daysOf(this.#pair(at) * 100 + this.#pair(at + 2), this.#pair(at + 5), this.#pair(at + 8));
    if (Number.isNaN(days)) return false;
    this.#days = days;
    this.#date1 = first;
    this.#date2 = second;
    this.#date3 = third;
    return true;
  }

  /** The rules of the format about who may be named where, and what an absent member means. */
  #isConsistent(seen: number): boolean {
    const ballot = this.#ballot;
    if (compareInstants(this.#opens, this.#created) < 0 || compareInstants(this.#expires, this.#opens) < 0)
      return false;
    ballot.expiresAt = this.#expires;
    if ((seen & bitOf("interval")) === 0) ballot.interval = undefined;
    ballot.open = (seen & INVITED) === 0;
    if (ballot.open) ballot.invitedCount = 0;
    for (let c = 0; c < ballot.completionCount; c++) {
      const author = ballot.authors[c] ?? 0;
      if (ballot.fromValidator[c] === 1 ? author !== ballot.validator : !this.#generates(author)) return false;
    }
    ballot.negative = UNKNOWN;
    if (ballot.kind !== "trap") return true;
    if ((seen & NEGATIVE) === 0) return false;
    ballot.negative = this.#negative;
    return this.#negative === ballot.validator || this.#generates(this.#negative);
  }

  #generates(hotkey: number): boolean {
    for (let i = 0; i < this.#ballot.generatorCount; i++) if (this.#ballot.generators[i] === hotkey) return true;
    return false;
  }
}
