import type { FastifyInstance } from "fastify";
import { ColosseumError, ExitCode } from "../base/errors.ts";

/**
 * Opens the port.
 *
 * @param host - A name or address of this machine.
 * @param port - 0 takes a free one.
 * @throws ColosseumError `validator.port-in-use`, `validator.cannot-listen` (14).
 */
export async function listenOn(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw new ColosseumError(`Port ${port} on ${host} is in use.`, {
        code: "validator.port-in-use",
        exitCode: ExitCode.io,
        hint: "Choose another one with --listen HOST:PORT; port 0 takes a free one.",
        details: { host, port },
        cause: error,
      });
    }
    throw new ColosseumError(`Cannot listen on ${host}:${port}: ${code ?? String(error)}.`, {
      code: "validator.cannot-listen",
      exitCode: ExitCode.io,
      hint: "Name an address of this machine, for example --listen 127.0.0.1:8091",
      details: { host, port },
      cause: error,
    });
  }
}
