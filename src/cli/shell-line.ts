/** A word as it is typed into a shell: quoted where a shell would read more into it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A line of ours as it is typed into a shell. */
export const showLine = (args: readonly string[]): string => ["colosseum", ...args].map(shellWord).join(" ");
