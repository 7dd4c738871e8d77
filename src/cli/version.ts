declare const __VERSION__: string | undefined;

/** Set by the bundler from package.json; a run from source has none. */
export const VERSION: string = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-source";
