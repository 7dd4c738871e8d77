/** What a validator accepts, published in `/v1/info`; every limit is checked before anything is stored. */
export interface Limits {
  readonly maxFiles: number;
  /** All file contents of one completion together, in UTF-8 bytes. */
  readonly maxTotalBytes: number;
  readonly maxVotesPerRequest: number;
  /** The longest `wait` of a poll, in seconds. */
  readonly maxWaitSeconds: number;
  /** The largest request body, in bytes: a completion at its limit with every character escaped still fits. */
  readonly maxBodyBytes: number;
}

export const LIMITS: Limits = {
  maxFiles: 16,
  maxTotalBytes: 262_144,
  maxVotesPerRequest: 64,
  maxWaitSeconds: 25,
  maxBodyBytes: 1_703_936,
};

/** Names of files: no folders, no spaces, nothing hidden from a person's eye. */
export const FILE_NAME = /^[A-Za-z0-9._-]{1,64}$/;
