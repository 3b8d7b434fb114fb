/* Reads a form into plain values that a draft can keep, and fills a form from them again, its repeatable blocks and its
   pickers included. */

export function read(form, pressed) {
  const fields = [...new FormData(form, pressed)].filter(
    ([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string",
  );
  return { fields, words: wordsOf(form) };
}

/* What the values of pickers and lists are called: without signal nobody else can say. */
function wordsOf(form) {
  const words = {};
  const note = (name, value, label, hint = "") => ((words[name] ??= {})[value] = { label, hint });
  for (const chip of form.querySelectorAll("[data-pick-chosen] li")) {
    const box = chip.querySelector("input");
    const hint = chip.querySelector(".hint")?.textContent ?? "";
    const label = chip.querySelector("span").textContent;
    note(box.name, box.value, label.slice(0, label.length - hint.length).trim(), hint.trim());
  }
  for (const list of form.querySelectorAll("select")) {
    const option = list.selectedOptions[0];
    if (option?.value) note(list.name, option.value, option.textContent.trim());
  }
  return words;
}

export function fill(form, { fields, words }) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const [name, [total]] of values) if (name.endsWith("-TOTAL_FORMS")) addBlocks(form, name, Number(total));
  for (const pick of form.querySelectorAll("[data-pick]")) {
    const name = pick.dataset.name;
    const chosen = (values.get(name) ?? []).map((value) => ({ value, label: value, hint: "", ...words[name]?.[value] }));
    pick.dispatchEvent(new CustomEvent("portal:choose", { detail: chosen }));
  }
  for (const control of form.elements) fillOne(control, values, words);
}

function addBlocks(form, name, total) {
  const count = form.elements[name];
  const add = count?.closest("[data-formset]")?.querySelector("[data-formset-add]");
  while (add && Number(count.value) < total) {
    const before = count.value;
    add.click();
    if (count.value === before) return;
  }
}

function fillOne(control, values, words) {
  const { name, type } = control;
  if (!name || type === "submit" || type === "button" || name === "csrfmiddlewaretoken") return;
  if (/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name) || control.closest("[data-pick]")) return;
  const given = values.get(name) ?? [];
  if (type === "checkbox" || type === "radio") {
    control.checked = given.includes(control.value);
  } else {
    const value = given[0] ?? "";
    if (control.tagName === "SELECT" && value && ![...control.options].some((option) => option.value === value)) {
      control.add(new Option(words[name]?.[value]?.label ?? value, value));
    }
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
