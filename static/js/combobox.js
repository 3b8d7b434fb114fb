/* The picker: a text field with suggestions (WAI-ARIA combobox with a listbox) over plain boxes to tick.
   What is chosen stays a checked input in the form, so the server reads the same with and without this file. */
const SEEN = new WeakSet();
const WAIT_MS = 180;

class Picker {
  constructor(root) {
    this.root = root;
    this.text = root.dataset;
    this.multiple = "multiple" in root.dataset;
    this.input = root.querySelector(".pick-search input");
    this.chosen = root.querySelector("[data-pick-chosen]");
    this.icon = root.querySelector("[data-pick-icon]");
    this.options = [];
    this.active = -1;
    this.prepareField();
    this.prepareChosen();
    this.listen();
  }

  prepareField() {
    /* Removed, not hidden: a hidden submit button would still be what Enter presses elsewhere in the form. */
    this.root.querySelector("[data-pick-find]")?.remove();
    this.root.querySelector("[data-pick-nothing]")?.remove();
    /* The search text means nothing to the server once suggestions work. */
    this.input.removeAttribute("name");
    this.input.value = "";
    this.list = element("ul", { className: "pick-options", id: `${this.input.id}-options`, role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", this.input.labels[0]?.textContent.trim() ?? this.text.name);
    this.status = element("div", { className: "visually-hidden", role: "status" });
    this.input.after(this.list);
    this.root.append(this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      this.input.setAttribute(name, value);
    }
  }

  prepareChosen() {
    this.chosen.className = "pick-chips";
    const ticked = [...this.root.querySelectorAll("li input:checked")].map((box) => readItem(box));
    for (const item of this.root.querySelectorAll("li:has(input)")) item.remove();
    for (const item of ticked) this.addChip(item);
  }

  listen() {
    this.root.addEventListener("portal:choose", (event) => {
      this.chosen.replaceChildren();
      for (const item of event.detail) this.addChip(item);
    });
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    /* Keeps the focus in the field while an option is clicked. */
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-index]");
      if (option) this.pick(Number(option.dataset.index));
    });
    this.chosen.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.remove(button.closest("li"));
    });
  }

  /* --- Suggestions ------------------------------------------------------------------------------ */

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    const query = this.input.value.trim();
    if (query) this.timer = setTimeout(() => this.suggest(query), WAIT_MS);
    else this.close();
  }

  async suggest(query) {
    const request = new AbortController();
    this.request = request;
    const url = new URL(this.text.suggestUrl, location.href);
    url.searchParams.set("q", query);
    try {
      const answer = await fetch(url, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { results } = await answer.json();
      if (this.request === request) this.show(results);
    } catch (error) {
      if (error.name !== "AbortError") this.showNotice(this.text.textFailed);
    }
  }

  show(results) {
    const taken = new Set(this.values());
    this.options = results.filter((result) => !taken.has(String(result.value)));
    if (!this.options.length) {
      this.showNotice(this.text.textNone);
      return;
    }
    this.list.replaceChildren(...this.options.map((option, index) => this.drawOption(option, index)));
    this.open();
    this.move(0);
    const count = this.options.length;
    this.say(count === 1 ? this.text.textOne : this.text.textMany.replace("%n", count));
  }

  drawOption(option, index) {
    const item = element("li", { className: "pick-option", id: `${this.list.id}-${index}`, role: "option" });
    item.dataset.index = String(index);
    item.append(...labelParts(option));
    return item;
  }

  showNotice(text) {
    this.options = [];
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    const notice = element("li", { className: "pick-option nothing", role: "option", textContent: text });
    notice.setAttribute("aria-disabled", "true");
    this.list.replaceChildren(notice);
    this.open();
    this.say(text);
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /* --- Keys --------------------------------------------------------------------------------------- */

  onKey(event) {
    const last = this.options.length - 1;
    const closed = this.list.hidden;
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "ArrowDown") {
      if (closed) this.later();
      else if (last >= 0) this.move(this.active >= last ? 0 : this.active + 1);
    } else if (event.key === "ArrowUp" && !closed) {
      if (last >= 0) this.move(this.active <= 0 ? last : this.active - 1);
    } else if (event.key === "Enter") {
      /* Never saves the form from here: the list may be about to open. */
      if (!closed && this.active >= 0) this.pick(this.active);
    } else if (event.key === "Escape" && !closed) {
      this.close();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  move(index) {
    this.active = index;
    for (const [position, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(position === index));
      if (position === index) {
        this.input.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    }
  }

  /* --- What is chosen ------------------------------------------------------------------------------ */

  values() {
    return [...this.chosen.querySelectorAll("input")].map((box) => box.value);
  }

  pick(index) {
    const option = this.options[index];
    if (!this.multiple) this.chosen.replaceChildren();
    this.addChip(option);
    this.input.value = "";
    this.close();
    this.say(this.text.textAdded.replace("%s", option.label));
    this.changed();
  }

  addChip(option) {
    const chip = element("li", { className: "chip" });
    const box = element("input", { type: this.multiple ? "checkbox" : "radio", name: this.text.name, value: option.value });
    box.checked = true;
    box.hidden = true;
    const label = element("span", {});
    label.append(...labelParts(option));
    const button = element("button", { type: "button" });
    button.setAttribute("aria-label", this.text.textRemove.replace("%s", option.label));
    button.append(this.icon.content.cloneNode(true));
    chip.append(box, label, button);
    this.chosen.append(chip);
  }

  remove(chip) {
    const label = readItem(chip.querySelector("input")).label;
    chip.remove();
    this.input.focus();
    this.say(this.text.textRemoved.replace("%s", label));
    this.changed();
  }

  changed() {
    this.root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  say(text) {
    this.status.textContent = text;
  }
}

function element(tag, properties) {
  const { role, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  if (role) made.setAttribute("role", role);
  return made;
}

function labelParts(option) {
  const parts = [document.createTextNode(option.label)];
  if (option.hint) parts.push(element("span", { className: "hint", textContent: option.hint }));
  return parts;
}

function readItem(box) {
  const label = box.parentElement.querySelector("span").cloneNode(true);
  const hint = label.querySelector(".hint");
  hint?.remove();
  return { value: box.value, label: label.textContent.trim(), hint: hint?.textContent.trim() ?? "" };
}

function enhanceAll(root) {
  for (const pick of root.querySelectorAll("[data-pick]")) {
    if (SEEN.has(pick)) continue;
    SEEN.add(pick);
    new Picker(pick);
  }
}

document.addEventListener("htmx:load", (event) => enhanceAll(event.target));
document.addEventListener("portal:added", (event) => enhanceAll(event.target));
enhanceAll(document);
