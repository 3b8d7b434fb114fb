/* Signing out takes everything off this phone. What has not been sent yet is asked about first. */
import * as store from "./offline_store.js";

let leave = "";

export function start(portal) {
  leave = portal.leave;
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!leave || new URL(form.action).pathname !== leave || "mayLeave" in form.dataset) return;
    event.preventDefault();
    askAndLeave(form);
  },
  true,
);

async function askAndLeave(form) {
  const unsent = (await store.drafts().catch(() => [])).filter((one) => one.state !== "sent");
  if (unsent.length && !(await agrees(unsent.length))) return;
  await store.wipe().catch(() => {});
  form.dataset.mayLeave = "";
  form.requestSubmit();
}

function agrees(count) {
  const dialog = document.getElementById("leave-drafts");
  const text = dialog.querySelector("[data-text]");
  text.textContent = count === 1 ? text.dataset.one : text.dataset.many.replace("%n", String(count));
  dialog.returnValue = "";
  document.getElementById("user-menu")?.hidePopover?.();
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "leave"), { once: true });
  });
}
