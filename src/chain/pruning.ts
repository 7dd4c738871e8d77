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

/**
 * The order in which neurons would be replaced if nothing but replacements happened.
 *
 * @returns uid → 1 for the next to go, 2 for the one after, …; neurons that are never pruned are absent.
 * @see the runtime of spec 425: emission ascending, then the older registration, then the lower uid; without immunity
 * first, as long as more than `minNonImmuneUids` of them remain.
 */
export function pruneRanks(neurons: readonly PruningCandidate[], rules: PruningRules): ReadonlyMap<number, number> {
  const spared = new Set(
    neurons
      .filter(({ coldkey }) => coldkey === rules.ownerColdkey)
      .sort((a, b) => a.registeredAtBlock - b.registeredAtBlock || a.uid - b.uid)
      .slice(0, rules.immuneOwnerUids)
      .map(({ uid }) => uid),
  );
  for (const { uid, hotkey } of neurons) if (hotkey === rules.ownerHotkey) spared.add(uid);
  const candidates = neurons.filter(({ uid }) => !spared.has(uid));
  const open = candidates.filter(({ immunityBlocksLeft }) => immunityBlocksLeft === 0).sort(byEmission);
  const immune = candidates.filter(({ immunityBlocksLeft }) => immunityBlocksLeft > 0).sort(byEmission);
  const first = open.slice(0, Math.max(0, open.length - rules.minNonImmuneUids));
  const last = open.slice(first.length);
  return new Map([...first, ...immune, ...last].map(({ uid }, index) => [uid, index + 1]));
}
