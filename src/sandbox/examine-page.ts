import { observe, passes } from "./examine.ts";
import type { PageReply, PageRequest } from "./messages.ts";

/** Does what a request asks: observations, checks, or both. */
export async function examinePage(request: PageRequest): Promise<PageReply> {
  const run = request.observe ? await observe(request.files) : { ok: true, errors: [], observations: {} };
  const passed: boolean[] = [];
  for (const check of request.checks) {
    try {
      passed.push(await passes(request.files, check));
    } catch {
      passed.push(false);
    }
  }
  return { run, passed };
}
