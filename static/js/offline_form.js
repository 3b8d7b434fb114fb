/* Forms that work without signal (data-offline-form names the field with their own key): what is saved is kept on this
   phone first, then sent. Where nothing can be kept, and without this file, they are sent as any form is. */
import * as store from "./offline_store.js";
import { fill, read } from "./offline_fields.js";
import { hold, send } from "./offline_sync.js";

let portal = null;

export async function start(known) {
  portal = known;
  const form = document.querySelector("form[data-offline-form]");
  if (!form) return;
  if ("offlineCopy" in document.body.dataset) makeNew(form);
  const id = new URLSearchParams(location.search).get("draft");
  if (id) await resume(form, id);
  form.dataset.offlineReady = "";
}

/* A copy of the page was drawn some time ago, and every contact written in it is another one. */
function makeNew(form) {
  form.elements[form.dataset.offlineForm].value = crypto.randomUUID();
  for (const field of form.querySelectorAll("input[type=date][data-today]")) {
    field.value = new Intl.DateTimeFormat("sv-SE", { timeZone: form.elements.zone?.value || undefined }).format();
  }
}

async function resume(form, id) {
  const draft = await store.draft(id);
  history.replaceState(null, "", location.pathname);
  if (!draft?.content.fields || document.querySelector("[data-error-summary]")) return;
  fill(form, draft.content);
  form.elements[form.dataset.offlineForm].value = id;
  hold(id);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const pressed = event.submitter;
    if (!("offlineReady" in form.dataset) || !store.isOpen() || "asAlways" in form.dataset) return;
    if (pressed && pressed.name !== "save") return;
    event.preventDefault();
    if ("keeping" in form.dataset) return;
    form.dataset.keeping = "";
    pressed?.setAttribute("aria-busy", "true");
    save(form, pressed).finally(() => {
      delete form.dataset.keeping;
      pressed?.removeAttribute("aria-busy");
    });
  },
  true,
);

async function save(form, pressed) {
  const id = form.elements[form.dataset.offlineForm].value;
  try {
    await keep(form, pressed, id);
  } catch {
    say(form, portal.textCannotKeep);
    asAlways(form, pressed);
    return;
  }
  form.dataset.clean = "yes";
  const outcome = await send({ now: true, only: id });
  const draft = await store.draft(id);
  if (outcome === "sent" && draft?.content.record) {
    await store.drop(id);
    location.assign(draft.content.record);
  } else if (outcome === "needs-you") asAlways(form, pressed);
  else if (outcome === "signed-out") say(form, portal.textSignIn);
  else if (navigator.serviceWorker.controller) location.assign(`${portal.start}?kept=${id}`);
  else say(form, portal.textKept);
}

async function keep(form, pressed, id) {
  const before = await store.draft(id);
  const url = new URL(form.action);
  url.searchParams.delete("draft");
  const { fields, words } = read(form, pressed);
  const title = form.querySelector("[data-draft-title]")?.value.trim() ?? "";
  const content = { address: url.pathname + url.search, fields, words, title, attempted: before?.content.attempted };
  await store.keep({ id, state: "waiting", tries: 0, changedAt: Date.now(), content });
}

/* The server draws its questions beside the fields; the draft waits on the phone until they are answered. */
function asAlways(form, pressed) {
  form.dataset.asAlways = "";
  form.requestSubmit(pressed);
}

function say(form, text) {
  const place = form.querySelector("[data-offline-status]");
  place.textContent = text;
  place.hidden = false;
}
