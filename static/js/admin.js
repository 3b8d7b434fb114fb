/* The stock admin's pickers (select2) are named after what is chosen, so an empty one has no name: give them their label's. */
let count = 0;

function nameOf(select) {
  const label = select.labels[0];
  if (label) label.id ||= `picker-label-${(count += 1)}`;
  return label?.id;
}

function nameAll(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const name = nameOf(select);
    /* One for several rows has a search field inside, and that is what the keyboard stands in. */
    if (name) select.nextElementSibling?.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", name);
    const field = select.nextElementSibling?.querySelector('[role="combobox"]');
    if (!name || !field || field.dataset.named) continue;
    field.dataset.named = "yes";
    field.querySelector('[role="textbox"]')?.setAttribute("aria-labelledby", name);
    field.setAttribute("aria-labelledby", [name, field.getAttribute("aria-labelledby")].filter(Boolean).join(" "));
  }
}

/* After django.jQuery's own ready handlers, which draw them: they may run later than the load event. */
window.django?.jQuery?.(() => nameAll(document));
document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
