/**
 * Where a worker thread's file is: beside its caller in the source tree (`.ts`), or at the top of `dist/` once bundled
 * (the bundler puts callers into `dist/chunks/` and each `*-worker.ts` at `dist/`).
 *
 * @param callerUrl - `import.meta.url` of the caller.
 * @param name - File name without extension, ending in `-worker` or `-child`.
 */
export function workerUrl(callerUrl: string, name: string): URL {
  if (callerUrl.endsWith(".ts") || callerUrl.endsWith(".tsx")) return new URL(`./${name}.ts`, callerUrl);
  return new URL(callerUrl.includes("/chunks/") ? `../${name}.js` : `./${name}.js`, callerUrl);
}
