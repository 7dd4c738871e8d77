/** What `colosseum demo` was asked for. */
export interface DemoFlags {
  readonly miners: number;
  readonly rounds?: number;
  readonly seed?: string;
  readonly keep?: string;
  readonly preset: string;
}
