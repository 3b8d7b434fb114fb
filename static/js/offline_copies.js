/* Takes copies of exactly the pages that the pack names, with what they are drawn from, so that sw.js can show them. */
import * as store from "./offline_store.js";
import { ask } from "./offline_sync.js";

const FRESH_MS = 10 * 60 * 1000;
const FILES = "link[rel~=stylesheet], link[rel=icon], link[rel=modulepreload], link[rel=manifest], script[src], img[src]";

export async function refresh(portal) {
  const name = store.PREFIX + portal.person;
  for (const other of await caches.keys()) {
    if (other.startsWith(store.PREFIX) && other !== name) await caches.delete(other);
  }
  const cache = await caches.open(name);
  const kept = await cache.match(portal.pack, { ignoreVary: true });
  const before = kept ? await kept.clone().json() : {};
  const isSame = before.version === portal.version && before.language === document.documentElement.lang;
  if (isSame && Date.now() - Number(kept.headers.get("X-Kept-At")) < FRESH_MS) return;
  const pack = await fetchPack(portal, kept);
  if (!pack) return;
  if (!pack.json.pages.length) {
    await caches.delete(name);
    return;
  }
  const files = new Set();
  for (const address of [...pack.json.pages, portal.start]) {
    if (!(await copy(address, cache, files, portal))) return;
  }
  for (const file of files) {
    const known = isSame && (await cache.match(file, { ignoreVary: true }));
    const answer = known || (await fetch(file));
    if (!known) await cache.put(file, answer.clone());
    /* Images that a sheet names are files too; a set grows while it is walked through. */
    if (file.endsWith(".css")) {
      for (const [, url] of (await answer.text()).matchAll(/url\("(?!data:)([^"]+)"\)/g)) files.add(new URL(url, file).href);
    }
  }
  const headers = { "Content-Type": "application/json", ETag: pack.tag, "X-Kept-At": String(Date.now()) };
  /* The last of all: without a pack, sw.js shows none of the rest. */
  await cache.put(portal.pack, new Response(JSON.stringify(pack.json), { headers }));
}

async function fetchPack(portal, kept) {
  const tag = kept?.headers.get("ETag");
  const answer = await ask(portal.pack, { headers: tag ? { "If-None-Match": tag } : {} });
  if (answer.status === 304) return { json: await kept.json(), tag };
  if (!answer.ok) return null;
  const json = await answer.json();
  return json.person === portal.person ? { json, tag: answer.headers.get("ETag") ?? "" } : null;
}

/* Only a page that says itself that it is this person's. */
async function copy(address, cache, files, portal) {
  const answer = await ask(address, { headers: { [portal.copyHeader]: "1" } });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
  if (page.body.dataset.offlinePerson !== portal.person) return false;
  for (const link of page.querySelectorAll(FILES)) {
    const url = new URL(link.getAttribute("href") ?? link.getAttribute("src"), location.origin);
    if (url.origin === location.origin) files.add(url.href);
  }
  await cache.put(address, answer);
  return true;
}
