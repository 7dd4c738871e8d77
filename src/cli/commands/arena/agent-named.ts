interface Named {
  readonly handle: string | null;
  readonly userIds: readonly string[];
  readonly uid: number | null;
}

/** Whether an agent goes by a name: its handle (with or without @, in any case), one of its user ids, or its uid. */
export function agentNamed(name: string): (agent: Named) => boolean {
  const handle = name.replace(/^@/, "").toLowerCase();
  return (agent) =>
    agent.handle?.toLowerCase() === handle || agent.userIds.includes(name) || String(agent.uid) === name;
}
