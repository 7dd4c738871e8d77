import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { createPageRunner } from "../../../src/sandbox/runner.ts";

const runner = createPageRunner({ timeoutMs: 20_000 });
afterAll(() => runner.close());

const page = (script: string, body = '<p id="out">hello</p><button id="go">Go</button>') => [
  { name: "index.html", content: `<!DOCTYPE html><html><body>${body}<script>${script}</script></body></html>` },
];
/** What a page writes when it got hold of the child's own process: happy-dom's windows are no boundary, the child is. */
const escaped = (code: string) =>
  page(`const host = this.constructor.constructor("return process")(); const out = document.getElementById("out");
    try { ${code} } catch (error) { out.textContent = "refused " + (error.code || error.message); }`);

describe("the sandbox", () => {
  it("reports what a page shows after loading and after clicks", async () => {
    const run = await runner.run(
      page(
        'document.getElementById("go").onclick = () => { document.getElementById("out").textContent = "clicked"; };',
      ),
    );
    expect(run).toMatchObject({ ok: true, errors: [] });
    expect(run.observations["load.text"]).toBe("hello Go");
    expect(run.observations["click.0.text"]).toBe("clicked Go");
    expect(run.observations["load.controls"]).toBe("button:Go");
  });

  it("reports a page's errors and goes on", async () => {
    const run = await runner.run(
      page('document.getElementById("go").onclick = () => { nothing(); }; missing.thing = 1;'),
    );
    expect(run.ok).toBe(false);
    expect(run.errors.join(" ")).toMatch(/missing/);
    expect(run.observations["load.text"]).toBe("hello Go");
  });

  it("lets a page's own clock run, without waiting and the same each time", async () => {
    const ticking = page(
      'let n = 0; setInterval(() => { document.getElementById("out").textContent = ++n + " " + Math.random() + " " + Date.now(); }, 1000);',
    );
    const [one, two] = [await runner.run(ticking), await runner.run(ticking)];
    expect(one.observations["end.text"]).toMatch(/^6[0-9] 0\.[0-9]+ 17672/);
    expect(two).toEqual(one);
  });

  it("leaves out what cannot be seen", async () => {
    const run = await runner.run(
      page(
        "",
        '<style>.no { display: none; }</style><p>a</p><p class="no">b</p><p hidden>c</p><template>d</template><p style="visibility: hidden">e</p>',
      ),
    );
    expect(run.observations["load.text"]).toBe("a");
  });

  it("puts the other files of a set in where the page names them", async () => {
    const files = [
      {
        name: "index.html",
        content: '<link rel="stylesheet" href="a.css"><p class="x">a</p><p id="o"></p><script src="./b.js"></script>',
      },
      { name: "a.css", content: ".x { display: none; }" },
      { name: "b.js", content: 'document.getElementById("o").textContent = "from b";' },
    ];
    expect((await runner.run(files)).observations["load.text"]).toBe("from b");
  });

  it.each([
    ["runs for ever", page("for (;;) {}"), /ended after 2 s/],
    ["asks for ever", page("const next = () => Promise.resolve().then(next); next();"), /ended/],
    ["fills the heap", page("const a = []; for (;;) a.push(new Array(1e5).fill(Math.random()));"), /ended/],
    [
      "fills memory beside the heap",
      page("const a = []; for (let i = 0; i < 4000; i++) a.push(new Uint8Array(1e7).fill(1));"),
      /ended/,
    ],
    ["ends its process", escaped("host.exit(0);"), /ended its own process/],
    ["ends its process by the back door", escaped("host.reallyExit(3);"), /ended its own process/],
    [
      "forges its reply",
      escaped("host.stdout.write('{}' + String.fromCharCode(10)); for (;;) {}"),
      /ended its own process/,
    ],
    ["floods its output", escaped("for (;;) host.stdout.write('x'.repeat(1e6));"), /ended/],
  ])("ends a page that %s, within its time", async (_, files, why) => {
    const strict = createPageRunner({ timeoutMs: 2_000, memoryMb: 256 });
    try {
      const run = await strict.run(files);
      expect(run.ok).toBe(false);
      expect(run.errors[0]).toMatch(why);
      expect(run.observations).toEqual({});
    } finally {
      await strict.close();
    }
  });

  it.each([
    ["reads a file", 'out.textContent = host.getBuiltinModule("fs").readFileSync("/etc/hostname", "utf8");'],
    ["writes a file", 'host.getBuiltinModule("fs").writeFileSync("/tmp/colosseum-escape", "x");'],
    ["starts a program", 'out.textContent = host.getBuiltinModule("child_process").execSync("id").toString();'],
    [
      "starts a worker",
      'new (host.getBuiltinModule("worker_threads").Worker)("1", { eval: true }); out.textContent = "worker";',
    ],
    ["opens a port", 'host.getBuiltinModule("net").createServer().listen(0); out.textContent = "listening";'],
    ["signals its parent", 'host.kill(host.ppid, 0); out.textContent = "reached";'],
    ["signals everybody", 'host._kill(-1, 0); out.textContent = "reached";'],
    ["opens the debugger of its parent", 'host._debugProcess(host.ppid); out.textContent = "opened";'],
    ["renices its parent", 'host.getBuiltinModule("os").setPriority(host.ppid, 19); out.textContent = "reniced";'],
    [
      "changes the engine",
      'host.getBuiltinModule("v8").setFlagsFromString("--allow-natives-syntax"); out.textContent = "set";',
    ],
    ["becomes another program", 'host.execve("/bin/true", ["true"], {}); out.textContent = "became";'],
    ["reaches the system by old ways", 'host.binding("process_methods"); out.textContent = "bound";'],
    ["opens a debugger", 'host.getBuiltinModule("inspector").open(0); out.textContent = "inspector";'],
  ])("refuses a page that got out of its window and %s", async (_, code) => {
    expect((await runner.run(escaped(code))).observations["load.text"]).toMatch(/^refused/);
  });

  it("refuses it too to a page that imports the system anew", async () => {
    const code = `const load = (name) => this.constructor.constructor("return import('" + name + "')")();
      const tries = [
        load("node:process").then(({ default: p }) => p.kill(p.ppid, 0)),
        load("node:os").then((os) => os.setPriority(host.ppid, 19)),
        load("node:os").then(({ default: os }) => os.setPriority(host.ppid, 19)),
        load("node:v8").then((v8) => v8.setFlagsFromString("--allow-natives-syntax")),
      ];
      Promise.allSettled(tries).then((all) => { out.textContent = all.map(({ status }) => status).join(" "); });
      document.getElementById("go").onclick = () => undefined;`;
    const texts = Object.values((await runner.run(escaped(code))).observations).map(String);
    expect(texts.some((text) => text.startsWith("rejected rejected rejected rejected"))).toBe(true);
  });

  it("gives a page that got out no environment", async () => {
    const run = await runner.run(escaped("out.textContent = 'env ' + Object.keys(host.env).length;"));
    expect(run.observations["load.text"]).toBe("env 0 Go");
  });

  it("has no network: nothing a page tries arrives anywhere", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const url = `http://127.0.0.1:${port}/`;
    const tries = [
      page(`fetch("${url}").catch(() => {}); const x = new XMLHttpRequest(); x.open("GET", "${url}", true); x.send();`),
      page(
        `new Image().src = "${url}"; new WebSocket("ws://127.0.0.1:${port}/"); navigator.sendBeacon("${url}", "x");`,
      ),
      page(
        "",
        `<img src="${url}"><iframe src="${url}"></iframe><script src="${url}"></script><link rel="stylesheet" href="${url}"><form action="${url}"><button>s</button></form>`,
      ),
      page(`location.href = "${url}"; window.open("${url}"); document.write('<script src="${url}"></' + 'script>');`),
      escaped(
        `host.getBuiltinModule("net").connect(${port}, "127.0.0.1"); host.getBuiltinModule("http").get("${url}").on("error", () => {});`,
      ),
      escaped(
        `host.getBuiltinModule("dgram").createSocket("udp4").send("x", ${port}, "127.0.0.1"); new (host.getBuiltinModule("undici")?.Agent ?? Object)();`,
      ),
    ];
    const quick = createPageRunner({ timeoutMs: 5_000 });
    for (const files of tries) await quick.run(files);
    await quick.close();
    server.close();
    expect(connections).toBe(0);
  });

  it.each([
    ["no page", [{ name: "a.txt", content: "x" }]],
    ["no file", []],
    ["a page that is too deep", [{ name: "index.html", content: "<div>".repeat(5_000) }]],
  ])("says that there is nothing to run for %s", async (_, files) => {
    expect(await runner.run(files)).toMatchObject({ ok: false, observations: {} });
  });

  it("stops at once when it is told to", async () => {
    const stop = new AbortController();
    const running = runner.run(page("for (;;) {}"), stop.signal);
    stop.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
  });

  it("answers nothing more after it was closed, and leaves no process behind", async () => {
    const own = createPageRunner({ pagesPerChild: 5 });
    await own.run(page(""));
    const before = childrenOf(process.pid);
    await own.close();
    expect(childrenOf(process.pid).length).toBeLessThan(before.length);
    expect((await own.run(page(""))).errors).toEqual(["The page runner is closed."]);
  });

  it("tries checks, each on a page of its own", async () => {
    const counting = page(
      'let n = 0; document.getElementById("go").onclick = () => { document.getElementById("out").textContent = "n: " + ++n; };',
    );
    const once = { name: "once", steps: [{ do: "click", target: "go" }], expect: { see: "n: 1" } } as const;
    const { passed } = await runner.inspect(counting, [
      once,
      once,
      { name: "twice", steps: [...once.steps, ...once.steps], expect: { see: "n: 2" } },
      { name: "absent control", steps: [{ do: "click", target: "stop" }], expect: { see: "n: 1" } },
      { name: "control", steps: [], expect: { control: "Go" } },
      { name: "miss", steps: [...once.steps], expect: { miss: "hello" } },
    ]);
    expect(passed).toEqual([true, true, true, false, true, true]);
  });

  it("finds fields by label, aria-label, caption of a wrapping label, and placeholder", async () => {
    const body =
      '<label for="a">First</label><input id="a"><label>Second <input id="b"></label><input id="c" aria-label="Third"><input id="d" placeholder="Fourth"><select id="e" aria-label="Fifth"><option>x</option><option>y</option></select><p id="out"></p>';
    const script =
      'document.addEventListener("input", (event) => { document.getElementById("out").textContent += event.target.id + "=" + event.target.value + " "; });';
    const { passed } = await runner.inspect(page(script, body), [
      ...["First", "Second", "Third", "Fourth"].map((target, index) => ({
        name: target,
        steps: [{ do: "type" as const, target, value: "7" }],
        expect: { see: `${"abcd"[index]}=7` },
      })),
      { name: "list", steps: [{ do: "type", target: "Fifth", value: "y" }], expect: { see: "e=y" } },
    ]);
    expect(passed).toEqual([true, true, true, true, true]);
  });
});

/** Child processes of a process, from the system (empty where it does not tell). */
function childrenOf(pid: number): string[] {
  try {
    return readdirSync("/proc").filter(
      (entry) => /^[0-9]+$/.test(entry) && statusOf(entry).includes(`PPid:\t${pid}\n`),
    );
  } catch {
    return [];
  }
}
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
