import { spawn } from "node:child_process";

/**
 * Opens a URL of our own preview in the person's browser.
 *
 * @returns false where there is no way to (no desktop, no opener).
 */
export function openInBrowser(
  url: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const [program, ...args] =
    platform === "darwin"
      ? ["open", url]
      : platform === "win32"
        ? ["explorer.exe", url]
        : [env["BROWSER"] || "xdg-open", url];
  if (platform === "linux" && !env["DISPLAY"] && !env["WAYLAND_DISPLAY"] && !env["BROWSER"])
    return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(program ?? "xdg-open", args, { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
