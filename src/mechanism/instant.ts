/** A point in time at full precision: whole seconds since the Unix epoch (may be negative) and nanoseconds, 0..999999999. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}
