/* On every page of somebody signed in: the worker, the person's key, what waits, and copies for times without signal. */
import * as copies from "./offline_copies.js";
import * as form from "./offline_form.js";
import * as leave from "./offline_leave.js";
import * as list from "./offline_list.js";
import * as store from "./offline_store.js";
import * as sync from "./offline_sync.js";

const portal = { ...document.getElementById("offline").dataset, person: document.body.dataset.offlinePerson };

/* Private windows and old browsers refuse one of these; then everything stays as it is without this file. */
async function start() {
  if (!("serviceWorker" in navigator && "indexedDB" in self && crypto.subtle)) return cannotKeep();
  const worker = await navigator.serviceWorker.register(portal.worker, { updateViaCache: "none" });
  if (!worker) return;
  sync.configure(portal);
  try {
    if (!(await store.reopen(portal.person)) && !(await openAnew())) return;
  } catch {
    cannotKeep();
    return;
  }
  leave.start(portal);
  await list.start(portal);
  await form.start(portal);
  addEventListener("online", () => sync.send({ now: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") sync.send({ now: true });
  });
  await sync.send({ now: true });
  await copies.refresh(portal).catch(() => {});
}

async function openAnew() {
  const session = await sync.askForSession();
  if (session?.person !== portal.person) return false;
  await store.unlock(session.person, session.key);
  return true;
}

function cannotKeep() {
  for (const place of document.querySelectorAll("[data-offline-status]")) {
    place.textContent = portal.textCannotKeep;
    place.hidden = false;
  }
}

start().catch(() => {});
