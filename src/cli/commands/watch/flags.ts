/** What `colosseum watch` was asked for. */
export interface WatchFlags {
  /** Base URL, no trailing slash. */
  readonly validator?: string;
  readonly logFile?: string;
  readonly once?: boolean;
}
