/* Single keys for people at a keyboard: "/" search, "n" new log, "?" the list of keys. Ctrl+Enter saves. */
const KEY = "single-keys";

function singleKeysOn() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

function isTyping(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

const actions = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  n: () => document.querySelector('[data-shortcut="n"]')?.click(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form[data-submit-shortcut]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-submit-default]") ?? undefined);
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]") || !singleKeysOn()) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

const toggle = document.querySelector("[data-single-keys]");
if (toggle) {
  toggle.checked = singleKeysOn();
  toggle.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, toggle.checked ? "on" : "off");
    } catch {
      /* Storage is refused: the keys stay as they were. */
    }
  });
}
