import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));

/** A run of the built binary that a test may end at any instant, as a power cut would. */
export interface BinProcess {
  /** Events of its stdout so far, in order; the last line may have been cut off by the kill. */
  readonly events: readonly Record<string, unknown>[];
  readonly stderr: () => string;
  /** Resolves with the first event of a type, now or later; rejects if the process ends without one. */
  event(type: string, wanted?: (event: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  /** Resolves once so many events have come, or the process ended. */
  eventsAre(count: number): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** A signal; resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  readonly isAlive: () => boolean;
}

/** Spawns `colosseum ARGS --json` and reads its lines as they come. */
export function spawnBin(args: readonly string[], env: Record<string, string>): BinProcess {
  const child: ChildProcess = spawn(process.execPath, [BIN, ...args, "--json"], {
    env,
    cwd: env["HOME"],
    stdio: ["ignore", "pipe", "pipe"],
  });
  const events: Record<string, unknown>[] = [];
  const listeners = new Set<() => void>();
  let rest = "";
  let errors = "";
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) events.push(JSON.parse(line) as Record<string, unknown>);
    tell();
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  let alive = true;
  const closed = new Promise<number | null>((resolve) => {
    child.on("close", (code) => {
      alive = false;
      resolve(code);
      tell();
    });
  });
  const until = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const listener = (): void => {
        const found = look();
        if (found === undefined) return;
        listeners.delete(listener);
        resolve(found);
      };
      listeners.add(listener);
      listener();
    });
  return {
    events,
    stderr: () => errors,
    event: async (type, wanted = () => true) => {
      const found = await until(() => {
        const event = events.find((one) => one["type"] === type && wanted(one));
        return event ?? (alive ? undefined : null);
      });
      if (found === null) throw new Error(`ended without "${type}": ${errors}`);
      return found;
    },
    eventsAre: async (count) => {
      await until(() => (events.length >= count || !alive ? true : undefined));
    },
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
    end: (signal) => {
      child.kill(signal);
      return closed;
    },
    isAlive: () => alive,
  };
}

/** A port that is free now, so that a process can come back to the place where it was. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}
