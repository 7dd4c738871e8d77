// Where everything stands in the module's memory. Sizes are fixed, so that reading needs no allocator and the other
// side may keep views; a task that does not fit is handed on. Addresses are bytes.

/** Completions and generators of one task. */
export const FEW: i32 = 16;
export const MOST_INVITED: i32 = 8_192;
export const MOST_VOTES: i32 = 16_384;
/** Hotkeys that are known by their bytes. */
export const MOST_HOTKEYS: i32 = 65_536;
/** Twice as many slots as hotkeys. */
export const SLOT_MASK: i32 = 131_071;
export const ARENA_BYTES: i32 = 4_194_304;
/** Tasks on their way to another thread, at most at once. */
export const TAPE_BYTES: usize = 1_048_576;

/** The task that was loaded last; its fields follow below. */
export const TASK: usize = 1_024;
export const GENERATORS: usize = 2_048;
export const AUTHORS: usize = GENERATORS + 4 * FEW;
export const FROM_VALIDATOR: usize = AUTHORS + 4 * FEW;
/** Where the id of each completion begins and ends. */
export const ID_FROM: usize = FROM_VALIDATOR + 4 * FEW;
export const ID_TO: usize = ID_FROM + 4 * FEW;
/** Ids shorter than a word, with their closing quote, and which bytes of the word they are. */
export const ID_WORD: usize = ID_TO + 4 * FEW;
export const ID_MASK: usize = ID_WORD + 8 * FEW;
export const INVITED: usize = 4_096;
export const VOTERS: usize = INVITED + 4 * MOST_INVITED;
export const CHOICES: usize = VOTERS + 4 * MOST_VOTES;
export const IN_TIME: usize = CHOICES + 4 * MOST_VOTES;
export const AT_NANOS: usize = IN_TIME + MOST_VOTES;
export const AT_SECONDS: usize = AT_NANOS + 4 * MOST_VOTES;
export const SLOTS: usize = AT_SECONDS + 8 * MOST_VOTES;
export const NAME_AT: usize = SLOTS + 4 * (SLOT_MASK + 1);
export const NAME_LENGTH: usize = NAME_AT + 4 * MOST_HOTKEYS;
export const MARKS: usize = NAME_LENGTH + 4 * MOST_HOTKEYS;
export const ARENA: usize = MARKS + 4 * MOST_HOTKEYS;
/** The other thread's number of each hotkey, as the numbers here. */
export const TRANSLATION: usize = ARENA + ARENA_BYTES;
export const TAPE: usize = TRANSLATION + 4 * MOST_HOTKEYS;
/** The bytes to be read begin here, with a page of their own; zeros must follow them. */
export const INPUT: usize = (TAPE + TAPE_BYTES + 65_535) & ~65_535;

// Fields of the task: each four bytes, the doubles eight.
export const KIND: usize = TASK;
export const OPEN: usize = TASK + 4;
export const VALIDATOR: usize = TASK + 8;
export const NEGATIVE: usize = TASK + 12;
export const GENERATOR_COUNT: usize = TASK + 16;
export const INVITED_COUNT: usize = TASK + 20;
export const COMPLETION_COUNT: usize = TASK + 24;
export const VOTE_COUNT: usize = TASK + 28;
export const TASK_ID_FROM: usize = TASK + 32;
export const TASK_ID_TO: usize = TASK + 36;
export const HASH_HIGH: usize = TASK + 40;
export const HASH_LOW: usize = TASK + 44;
export const EXPIRES_NANOS: usize = TASK + 48;
/** Whether white space between its tokens holds a line feed. */
export const HAS_LINE_FEED: usize = TASK + 52;
export const EXPIRES_SECONDS: usize = TASK + 56;
/** NaN if it has none. */
export const INTERVAL: usize = TASK + 64;
/** Where the record was, and how many came before it; only on a tape. */
export const RECORD_START: usize = TASK + 72;
export const RECORD_END: usize = TASK + 76;
export const RECORD_OFFSET: usize = TASK + 80;
export const FIELD_BYTES: usize = 88;
