/** What is known of a validator that decides what a vote for it can earn. */
export interface VoteMarket {
  /** A validator's say in who is paid: its weights count by stake. Unknown where no chain was asked. */
  readonly stakeRao: bigint | undefined;
  /** Among how many a task's pay is shared out; unknown before the first settlement. */
  readonly voters: number | undefined;
}

/**
 * What a vote may earn at each of several validators, in comparison: stake divided by the number of voters, since a
 * task's pay is shared by those who vote (`mechanism`) and reaches the chain by the validator's stake. What is not known
 * of one is taken to be as with the others, so that it neither gains nor loses by it.
 *
 * @returns By validator, in any unit: only the order matters.
 */
export function voteWorths(markets: ReadonlyMap<string, VoteMarket>): ReadonlyMap<string, number> {
  const all = [...markets.values()];
  const usualStake = mean(all.flatMap(({ stakeRao }) => (stakeRao === undefined ? [] : [Number(stakeRao)])));
  const usualVoters = mean(all.flatMap(({ voters }) => (voters === undefined ? [] : [Math.max(1, voters)])));
  return new Map(
    [...markets].map(([validator, { stakeRao, voters }]) => [
      validator,
      (stakeRao === undefined ? usualStake : Number(stakeRao)) /
        (voters === undefined ? usualVoters : Math.max(1, voters)),
    ]),
  );
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;
