import dgram from "node:dgram";
import net from "node:net";
import { createInterface } from "node:readline";
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
  throw new Error("There is no network here.");
};
net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.Socket.prototype.bind = refuse;
dgram.Socket.prototype.send = refuse;

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
