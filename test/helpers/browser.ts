import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

/** The program of a Chromium on this machine, if there is one. */
export const chromium: string | undefined = [
  process.env["CHROMIUM"],
  "chromium",
  "chromium-browser",
  "google-chrome",
].find((name) => name !== undefined && name !== "" && spawnSync(name, ["--version"]).status === 0);

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
}

/** A headless browser, driven over its debugging socket. */
export interface Browser extends AsyncDisposable {
  /** Opens a page in a tab of its own. */
  open(url: string): Promise<void>;
  /** Opens a page and hands over its debugging session: a method's name and parameters → its result. */
  session(url: string): Promise<Session>;
  /** What a page says by `console.debug`, which a browser keeps until somebody listens; the next that was not taken yet. */
  reported(): Promise<string>;
  /** Resolves when a frame stands at an address. */
  stands(at: RegExp): Promise<void>;
}

export type Session = (method: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** Frames and workers too, each stopped until it is watched. */
const AUTO_ATTACH = { autoAttach: true, flatten: true, waitForDebuggerOnStart: true };

/** Starts a browser with a fresh profile. */
export async function openBrowser(program: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "colosseum-browser-"));
  const child = spawn(
    program,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
    ],
    { stdio: "ignore" },
  );
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const portFile = join(profile, "DevToolsActivePort");
  const [port, path] = await new Promise<string[]>((resolve) => {
    const look = (): void => {
      const lines = existsSync(portFile) ? readFileSync(portFile, "utf8").split("\n") : [];
      if (lines.length < 2) return;
      watcher.close();
      resolve(lines);
    };
    const watcher = watch(profile, look);
    look();
  });
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const answers = new Map<number, (message: Message) => void>();
  const reports: string[] = [];
  const addresses: string[] = [];
  const listeners = new Set<() => void>();
  /** By target. */
  const sessions = new Map<string, string>();
  let next = 1;
  const send = (method: string, params: Record<string, unknown> = {}, sessionId?: string): Promise<Message> => {
    const id = next++;
    socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    return new Promise((resolve) => answers.set(id, resolve));
  };
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) {
      answers.get(message.id)?.(message);
      return void answers.delete(message.id);
    }
    const { method, params = {} } = message;
    if (method === "Target.attachedToTarget") {
      const session = String(params["sessionId"]);
      sessions.set((params["targetInfo"] as { targetId: string }).targetId, session);
      void send("Page.enable", {}, session);
      void send("Runtime.enable", {}, session);
      void send("Target.setAutoAttach", AUTO_ATTACH, session);
      void send("Runtime.runIfWaitingForDebugger", {}, session);
    } else if (method === "Runtime.consoleAPICalled" && params["type"] === "debug") {
      const [said] = params["args"] as { value?: unknown }[];
      reports.push(String(said?.value));
    } else if (method === "Page.frameNavigated") {
      const { url, unreachableUrl = "" } = params["frame"] as { url: string; unreachableUrl?: string };
      addresses.push(`${url} ${unreachableUrl}`);
    }
    for (const look of listeners) look();
    return undefined;
  });
  await send("Target.setAutoAttach", AUTO_ATTACH);
  return {
    open: async (url) => {
      await send("Target.createTarget", { url });
    },
    session: async (url) => {
      const { result } = await send("Target.createTarget", { url });
      const target = String(result?.["targetId"]);
      const session = await new Promise<string>((resolve) => {
        const look = (): void => {
          const found = sessions.get(target);
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      });
      return async (method, params = {}) => (await send(method, params, session)).result ?? {};
    },
    reported: () =>
      new Promise((resolve) => {
        const look = (): void => {
          const text = reports.shift();
          if (text === undefined) return;
          listeners.delete(look);
          resolve(text);
        };
        listeners.add(look);
        look();
      }),
    stands: (at) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!addresses.some((address) => at.test(address))) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      socket.close();
      child.kill("SIGKILL");
      await exit;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
