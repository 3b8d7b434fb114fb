/* What this phone keeps for one person: drafts, sealed with a key that only their session is given, and copies of pages.
   Locked, the key and the copies are gone and the sealed drafts stay for the same person; wiped, nothing is left. */
export const PREFIX = "portal-offline-";
const NAME = "portal-offline";
const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
const listeners = new Set();
/* Stays while the page is open, so that words typed before the session ended can still be kept. */
let open = null;

export const isOpen = () => open !== null;
export const person = () => open?.person ?? "";

/* --- The database ---------------------------------------------------------------------------------- */

let connection = null;

function database() {
  connection ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("keys", { keyPath: "person" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
  return connection;
}

/* Resolves when the change is on the disk, not when it was asked for. */
async function inStore(store, mode, act) {
  const transaction = (await database()).transaction(store, mode);
  const request = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? request?.error);
  });
}

/* --- Whose phone it is now ------------------------------------------------------------------------- */

/* The key that is kept here for this person; anybody else's is thrown away, with the copies. */
export async function reopen(wanted) {
  const keys = await inStore("keys", "readonly", (store) => store.getAll());
  if (keys.some((one) => one.person !== wanted)) await lock();
  const own = keys.find((one) => one.person === wanted);
  if (own) open = own;
  return Boolean(own);
}

/* The copy kept in the database can seal and open drafts, but no script can read the key out of it. */
export async function unlock(wanted, hex) {
  const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  open = { person: wanted, key };
  await inStore("keys", "readwrite", (store) => store.put(open));
}

export async function lock() {
  await inStore("keys", "readwrite", (store) => store.clear());
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}

/* Signing out: the person's drafts go too. */
export async function wipe() {
  const own = person();
  await lock();
  for (const { id } of (await rows()).filter((row) => row.person === own)) await erase(id);
  open = null;
  channel?.postMessage("wiped");
}

/* --- Drafts ---------------------------------------------------------------------------------------- */

/* id: the form's own key, by which the server makes one record of however many copies.
   state: waiting, sending, needs-you, sent. content: address, fields, words, title, errors, record, attempted. */
export async function keep(draft) {
  const { content, ...open_facts } = draft;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(content));
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, open.key, text);
  await inStore("drafts", "readwrite", (store) => store.put({ ...open_facts, person: person(), iv, bytes }));
  tell();
}

async function unsealed({ iv, bytes, ...facts }) {
  try {
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, open.key, bytes);
    return { ...facts, content: JSON.parse(new TextDecoder().decode(text)) };
  } catch {
    return null;
  }
}

const rows = () => inStore("drafts", "readonly", (store) => store.getAll());
const erase = (id) => inStore("drafts", "readwrite", (store) => store.delete(id));

/* Mine, the oldest first. */
export async function drafts() {
  if (!isOpen()) return [];
  const mine = (await rows()).filter((row) => row.person === person());
  const opened = (await Promise.all(mine.map(unsealed))).filter(Boolean);
  return opened.sort((one, other) => one.changedAt - other.changedAt);
}

export async function draft(id) {
  return (await drafts()).find((one) => one.id === id) ?? null;
}

export async function drop(id) {
  await erase(id);
  tell();
}

/* --- Telling the lists of every tab ------------------------------------------------------------------ */

export function onChange(listener) {
  listeners.add(listener);
}

function tell() {
  for (const listener of listeners) listener();
  channel?.postMessage("changed");
}

channel?.addEventListener("message", (event) => {
  if (event.data === "wiped") open = null;
  for (const listener of listeners) listener();
});
