import dgram from "node:dgram";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import os from "node:os";
import { createInterface } from "node:readline";
import v8 from "node:v8";
import type { PageRun } from "../base/ports.ts";
import { examinePage } from "./examine-page.ts";
import type { PageReply, PageRequest } from "./messages.ts";

// Started by runner.ts without network, file system, child processes or workers. What a page does to this process is
// the parent's concern: it ends it by time, by memory, and does not believe it.
process.on("uncaughtException", () => undefined);
process.on("unhandledRejection", () => undefined);
const write = process.stdout.write.bind(process.stdout);
const failed: PageRun = { ok: false, errors: ["The page could not be examined."], observations: {} };

// Node 26 forbids the network to this process by permission; older ones know no such permission, so there the ways to
// it are taken away.
const refuse = (): never => {
  throw new Error("That is not allowed here.");
};
net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.Socket.prototype.bind = refuse;
dgram.Socket.prototype.send = refuse;

// Node's permissions do not cover what one process may do to others of the same user: signals (the parent could be
// killed, or its debugger opened), priorities, core dumps. Nor the engine's own flags.
for (const name of ["kill", "_kill", "_debugProcess", "_debugEnd", "abort"])
  Object.defineProperty(process, name, { value: refuse, writable: false, configurable: false });
os.setPriority = refuse;
v8.setFlagsFromString = refuse;
syncBuiltinESMExports();

write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as PageRequest;
  let reply: PageReply;
  try {
    reply = await examinePage(request);
  } catch {
    reply = { run: failed, passed: request.checks.map(() => false) };
  }
  write(`${JSON.stringify(reply)}\n`);
}
