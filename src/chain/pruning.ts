/** What decides who has to go when a full subnet takes a newcomer. */
export interface PruningCandidate {
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly emissionRao: bigint;
  readonly registeredAtBlock: number;
  readonly immunityBlocksLeft: number;
}

export interface PruningRules {
  readonly ownerHotkey: string;
  readonly ownerColdkey: string;
  /** Hotkeys of the owner's coldkey that are never pruned, oldest first. */
  readonly immuneOwnerUids: number;
  /** Immune neurons go before the subnet has fewer neurons without immunity than this. */
  readonly minNonImmuneUids: number;
}

const byEmission = (a: PruningCandidate, b: PruningCandidate): number =>
  a.emissionRao !== b.emissionRao
    ? a.emissionRao < b.emissionRao
      ? -1
      : 1
    : a.registeredAtBlock - b.registeredAtBlock || a.uid - b.uid;

interface Sorted {
  /** Replaced in this order as long as more than the floor remain. */
  readonly open: readonly PruningCandidate[];
  readonly immune: readonly PruningCandidate[];
}

function candidates(neurons: readonly PruningCandidate[], rules: PruningRules): Sorted {
  const spared = new Set(
    neurons
      .filter(({ coldkey }) => coldkey === rules.ownerColdkey)
      .sort((a, b) => a.registeredAtBlock - b.registeredAtBlock || a.uid - b.uid)
      .slice(0, rules.immuneOwnerUids)
      .map(({ uid }) => uid),
  );
  for (const { uid, hotkey } of neurons) if (hotkey === rules.ownerHotkey) spared.add(uid);
  const others = neurons.filter(({ uid }) => !spared.has(uid)).sort(byEmission);
  return {
    open: others.filter(({ immunityBlocksLeft }) => immunityBlocksLeft === 0),
    immune: others.filter(({ immunityBlocksLeft }) => immunityBlocksLeft > 0),
  };
}

/**
 * Rank from the bottom: the order in which neurons would be replaced if nothing but replacements happened, those that
 * the subnet's floor protects for now last.
 *
 * @returns uid → 1 for the next to go, 2 for the one after, …; neurons that are never pruned are absent.
 * @see the runtime of spec 425: emission ascending, then the older registration, then the lower uid; without immunity
 * first, as long as more than `minNonImmuneUids` of them remain.
 */
export function pruneRanks(neurons: readonly PruningCandidate[], rules: PruningRules): ReadonlyMap<number, number> {
  const { open, immune } = candidates(neurons, rules);
  const free = Math.max(0, open.length - rules.minNonImmuneUids);
  const order = [...open.slice(0, free), ...immune, ...open.slice(free)];
  return new Map(order.map(({ uid }, index) => [uid, index + 1]));
}

/** Who a newcomer to a full subnet would replace; undefined where the chain would refuse the newcomer instead. */
export function nextPruned(neurons: readonly PruningCandidate[], rules: PruningRules): number | undefined {
  const { open, immune } = candidates(neurons, rules);
  return (open.length > rules.minNonImmuneUids ? open[0] : immune[0])?.uid;
}
