// Apart from the model's brain, whose libraries a miner without a model never loads.

/** The longest page that a model is asked for, in tokens; a budget sets it aside before a request is sent. */
export const GENERATE_TOKENS = 8_192;
/** The same of a judgement. */
export const JUDGE_TOKENS = 1_200;
