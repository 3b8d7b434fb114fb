/* What every form gets: one submission per save, a warning before typed text is lost, focus on the errors. */

/* --- One submission per save -------------------------------------------------------------------- */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "noGuard" in form.dataset) return;
  if (form.dataset.submitting) {
    event.preventDefault();
    return;
  }
  form.dataset.submitting = "yes";
  form.dataset.clean = "yes";
  const pressed = event.submitter;
  /* After this event the browser has read the form, the pressed button included; only then may it be disabled. */
  setTimeout(() => {
    for (const button of form.querySelectorAll('button[type="submit"], button:not([type])')) button.disabled = true;
    pressed?.setAttribute("aria-busy", "true");
  });
});

/* The back button may bring the page back as it was left, with its buttons disabled. */
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-submitting]")) {
    delete form.dataset.submitting;
    delete form.dataset.clean;
    for (const button of form.querySelectorAll("button:disabled")) button.disabled = false;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

/* --- Unsaved text -------------------------------------------------------------------------------- */

function markDirty(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  if (form && "warnUnsaved" in form.dataset) form.dataset.dirty = "yes";
}

document.addEventListener("input", markDirty);
document.addEventListener("change", markDirty);

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-warn-unsaved][data-dirty]:not([data-clean])")) event.preventDefault();
});

/* --- Errors ---------------------------------------------------------------------------------------- */

document.querySelector("[data-error-summary]")?.focus();

/* A group of choices has no field of its own to focus: the summary's link leads to its first one. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const target = link && document.getElementById(link.hash.slice(1));
  if (target && !target.matches("input, select, textarea")) {
    event.preventDefault();
    target.querySelector("input, select, textarea")?.focus();
  }
});

document.addEventListener("allauth.error", (event) => {
  const notice = document.querySelector("[data-passkey-error]");
  if (!notice) return;
  event.preventDefault();
  notice.hidden = false;
});

/* --- Letters left ------------------------------------------------------------------------------------ */

function countLetters(field) {
  let note = field.parentElement.querySelector(".counter");
  if (!note) {
    note = document.createElement("div");
    note.className = "counter";
    note.setAttribute("aria-hidden", "true");
    field.after(note);
  }
  note.textContent = `${[...field.value].length} / ${field.maxLength}`;
}

function startCounters(root) {
  for (const field of root.querySelectorAll("[data-counter][maxlength]")) countLetters(field);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-counter][maxlength]")) countLetters(event.target);
});
document.addEventListener("htmx:load", (event) => startCounters(event.target));
document.addEventListener("portal:added", (event) => startCounters(event.target));
startCounters(document);
