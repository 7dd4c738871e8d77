/**
 * JavaScript that is run in a page before its own: time stands still until the examiner moves it, and chance is seeded,
 * so that a page behaves the same each time. Timers run in order of their due time; at most 20,000 of them.
 */
export const PAGE_CLOCK = `(() => {
  const host = {};
  const timers = new Map();
  let nextId = 1;
  let now = 1767225600000;
  let spent = 0;
  const RealDate = Date;
  class PageDate extends RealDate {
    constructor(...parts) { if (parts.length === 0) super(now); else super(...parts); }
    static now() { return now; }
  }
  let state = 123456789;
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const add = (callback, delay, args, every) => {
    const id = nextId++;
    const wait = Math.max(every ? 1 : 0, Number(delay) || 0);
    timers.set(id, { at: now + wait, wait, callback, args, every, id });
    return id;
  };
  const remove = (id) => { timers.delete(Number(id)); };
  globalThis.Date = PageDate;
  globalThis.setTimeout = (callback, delay, ...args) => add(callback, delay, args, false);
  globalThis.setInterval = (callback, delay, ...args) => add(callback, delay, args, true);
  globalThis.requestAnimationFrame = (callback) => add(() => callback(now), 16, [], false);
  globalThis.clearTimeout = remove;
  globalThis.clearInterval = remove;
  globalThis.cancelAnimationFrame = remove;
  try {
    Object.defineProperty(globalThis, "performance", { value: { now: () => now - 1767225600000, mark() {}, measure() {} }, configurable: true });
  } catch {}
  host.advance = (ms, failed) => {
    const end = now + ms;
    for (;;) {
      let due;
      for (const timer of timers.values()) {
        if (timer.at <= end && (due === undefined || timer.at < due.at || (timer.at === due.at && timer.id < due.id))) due = timer;
      }
      if (due === undefined || spent++ > 20000) break;
      now = Math.max(now, due.at);
      if (due.every) due.at += due.wait; else timers.delete(due.id);
      try {
        if (typeof due.callback === "function") due.callback(...due.args);
      } catch (error) { failed(error); }
    }
    now = end;
  };
  return host;
})()`;
