/* "On this phone": each draft with its state, to send, open or discard; and on every page how many still wait. */
import * as store from "./offline_store.js";
import { send } from "./offline_sync.js";

let portal = null;

export function start(known) {
  portal = known;
  store.onChange(draw);
  document.querySelector("[data-drafts]")?.addEventListener("click", onClick);
  return draw();
}

async function draw() {
  const drafts = await store.drafts();
  const unsent = drafts.filter((one) => one.state !== "sent").length;
  const list = document.querySelector("[data-drafts]");
  const flag = document.querySelector("[data-drafts-flag]");
  if (flag) {
    flag.hidden = unsent === 0 || list !== null;
    flag.textContent = unsent === 1 ? portal.textOne : portal.textMany.replace("%n", String(unsent));
  }
  if (!list) return;
  const row = document.querySelector("template[data-draft]");
  list.replaceChildren(...drafts.reverse().map((draft) => drawn(draft, row)));
  document.querySelector("[data-no-drafts]").hidden = drafts.length > 0;
  const kept = new URLSearchParams(location.search).get("kept");
  const fresh = drafts.find((one) => one.id === kept);
  const status = document.querySelector("[data-drafts-status]");
  const text = fresh ? list.dataset[`said${words(fresh.state)}`] : "";
  if (status.textContent !== text) status.textContent = text;
  status.hidden = !text;
}

function drawn(draft, row) {
  const item = row.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  const { title, errors = [], record, fields, address } = draft.content;
  const texts = document.querySelector("[data-drafts]").dataset;
  item.dataset.id = draft.id;
  part("title").textContent = title || texts.untitled;
  part("when").textContent = new Date(draft.changedAt).toLocaleString(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const badge = part("state");
  badge.textContent = texts[`state${words(draft.state)}`];
  badge.classList.add({ sent: "good", "needs-you": "warn" }[draft.state] ?? "info");
  part("errors").replaceChildren(
    ...errors.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
  );
  part("errors").hidden = errors.length === 0;
  part("open").hidden = !fields;
  if (fields) part("open").href = `${address}${address.includes("?") ? "&" : "?"}draft=${draft.id}`;
  part("record").hidden = !record;
  if (record) part("record").href = record;
  part("send").hidden = draft.state !== "waiting";
  part("discard").hidden = draft.state === "sending";
  return item;
}

const words = (state) => state.split("-").map((word) => word[0].toUpperCase() + word.slice(1)).join("");

async function onClick(event) {
  const id = event.target.closest("[data-id]")?.dataset.id;
  if (!id) return;
  if (event.target.closest("[data-send]")) await send({ now: true, only: id });
  if (event.target.closest("[data-discard]")) await discard(id);
}

/* What was sent is only crossed off the list; words that exist nowhere else are asked about. */
async function discard(id) {
  const draft = await store.draft(id);
  const dialog = document.getElementById("discard-draft");
  if (draft?.state === "sent") return store.drop(id);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener("close", () => dialog.returnValue === "discard" && store.drop(id), { once: true });
}
