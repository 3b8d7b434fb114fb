/* The worker: pages come from the network. Without one, it shows the copies that offline_copies.js took along for the
   person of this phone, and answers pickers from their pack. It keeps nothing itself. */
const PORTAL = {{ known|safe }};
const PREFIX = "portal-offline-";
const PATIENCE_MS = 6000;
/* There is one copy of each page, in the person's language: whatever the headers of the request say. */
const AS_KEPT = { ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || request.headers.has(PORTAL.copy)) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (url.pathname.startsWith(PORTAL.statics)) event.respondWith(still(request, url));
  else if (request.headers.has("HX-Request")) event.respondWith(fetch(request).catch(nothing));
  else if (url.searchParams.has("q")) event.respondWith(suggestions(request, url));
});

/* There is at most one: offline_copies.js deletes the others. It is too old when a session would have ended. */
async function copies() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    const pack = await cache.match(PORTAL.pack, AS_KEPT);
    if (!pack) continue;
    const { seconds, lists } = await pack.json();
    if (Date.now() - Number(pack.headers.get("X-Kept-At")) < seconds * 1000) return { cache, lists };
    await caches.delete(name);
  }
  return null;
}

async function page(request, url) {
  const kept = await copies();
  const copy = await kept?.cache.match(url.pathname, AS_KEPT);
  try {
    const answer = await (copy ? inTime(fetch(request)) : fetch(request));
    /* A proxy whose portal is away answers in its place. */
    if (copy && answer.status >= 502 && answer.status <= 504) return copy;
    return answer;
  } catch {
    return copy ?? (await kept?.cache.match(PORTAL.start, AS_KEPT)) ?? Response.error();
  }
}

async function still(request, url) {
  const kept = await copies();
  const copy = await kept?.cache.match(url.href, AS_KEPT);
  if (!copy) return fetch(request);
  return inTime(fetch(request)).catch(() => copy);
}

async function suggestions(request, url) {
  try {
    return await fetch(request);
  } catch (error) {
    const rows = (await copies())?.lists[url.pathname];
    if (!rows) throw error;
    const words = folded(url.searchParams.get("q")).split(/\s+/).filter(Boolean);
    const found = rows.filter(([, label, hint]) => {
      const text = folded(`${label} ${hint}`);
      return words.every((word) => text.includes(word));
    });
    const results = found.slice(0, 12).map(([value, label, hint]) => ({ value, label, hint }));
    return new Response(JSON.stringify({ results }), { headers: { "Content-Type": "application/json" } });
  }
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

function nothing() {
  return new Response(null, { status: 204 });
}

function inTime(answer) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
  return Promise.race([answer, late]);
}
