/* Repeatable blocks: "Add another" and "Remove" without a round trip. Without this file the buttons submit the form. */
const SEEN = new WeakSet();

function enhance(formset) {
  if (SEEN.has(formset)) return;
  SEEN.add(formset);
  const add = formset.querySelector("[data-formset-add]");
  const template = formset.querySelector("template[data-formset-template]");
  const total = formset.querySelector('input[name$="-TOTAL_FORMS"]');
  if (!add || !template || !total) return;

  /* As a plain button it is no longer what Enter in a field presses. */
  add.type = "button";
  add.addEventListener("click", () => {
    const block = document.createElement("template");
    block.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    const item = block.content.firstElementChild;
    formset.querySelector("[data-formset-items]").append(item);
    total.value = String(Number(total.value) + 1);
    showRemove(item);
    renumber(formset);
    item.dispatchEvent(new CustomEvent("portal:added", { bubbles: true }));
    item.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    limit(formset, add);
  });
  formset.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-formset-remove]");
    if (!remove) return;
    takeAway(remove.closest("[data-formset-item]"));
    renumber(formset);
    limit(formset, add);
    formset.dispatchEvent(new Event("change", { bubbles: true }));
    add.focus();
  });
  for (const item of formset.querySelectorAll("[data-formset-item]")) showRemove(item);
  renumber(formset);
  limit(formset, add);
}

/* Django reads the tick of "delete"; a block it has never seen can simply be left empty and out of sight. */
function takeAway(item) {
  const deletion = item.querySelector('input[name$="-DELETE"]');
  if (deletion) {
    deletion.checked = true;
    item.hidden = true;
  } else {
    item.remove();
  }
}

function showRemove(item) {
  const button = item.querySelector("[data-formset-remove]");
  if (!button) return;
  button.hidden = false;
  const deletion = item.querySelector('input[name$="-DELETE"]');
  deletion?.closest(".field")?.setAttribute("hidden", "");
  if (deletion?.checked) item.hidden = true;
}

function shown(formset) {
  return [...formset.querySelectorAll("[data-formset-item]:not([hidden])")];
}

function renumber(formset) {
  shown(formset).forEach((item, index) => {
    const number = item.querySelector("[data-formset-number]");
    if (number) number.textContent = String(index + 1);
  });
}

function limit(formset, add) {
  const most = Number(formset.querySelector('input[name$="-MAX_NUM_FORMS"]')?.value ?? 1000);
  add.hidden = shown(formset).length >= most;
}

function enhanceAll(root) {
  for (const formset of root.querySelectorAll("[data-formset]")) enhance(formset);
}

document.addEventListener("htmx:load", (event) => enhanceAll(event.target));
enhanceAll(document);
