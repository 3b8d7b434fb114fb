/* The page of a campaign in the admin: each text as its reader gets it while it is being written, target rules with the
   fields of their kind only, and how far the mail is. Without this script there is a preview of what is saved, every field
   is shown, and "Look again" loads the page. */
const QUIET_FOR = 600;
const AGAIN_AFTER = 5000;
const PARTS = ["group", "purpose", "language", "subject", "subject_b", "body"];
const live = document.getElementById("campaign-live");
const ruleFields = JSON.parse(live.dataset.ruleFields);

function fieldOf(block, name) {
  return block.querySelector(`[name="${block.id}-${name}"]`);
}

/* Somebody who is signed out gets the page of the sign-in instead: that is no part of this one. */
async function ask(url, options) {
  const answer = await fetch(url, options);
  return answer.ok && !answer.redirected ? answer.text() : null;
}

function wordsOf(block) {
  const words = new FormData();
  for (const part of PARTS) {
    const field = fieldOf(block, part);
    if (field) words.set(part, field.value);
  }
  words.set("csrfmiddlewaretoken", document.querySelector("form [name=csrfmiddlewaretoken]").value);
  return words;
}

function addPreview(block) {
  if (!fieldOf(block, "body") || block.querySelector(".campaign-live")) return;
  const panel = live.content.cloneNode(true).firstElementChild;
  const shown = panel.querySelector(".campaign-live-shown");
  let asked = 0;
  let timer = 0;

  async function show() {
    const mine = (asked += 1);
    try {
      const html = await ask(live.dataset.words, { method: "POST", body: wordsOf(block) });
      /* An answer that was overtaken shows words of a moment ago. */
      if (html !== null && mine === asked) shown.innerHTML = html;
    } catch {
      /* No connection: what stands there stays until the next key. */
    }
  }

  panel.addEventListener("toggle", () => panel.open && show());
  block.addEventListener("input", () => {
    clearTimeout(timer);
    if (panel.open) timer = setTimeout(show, QUIET_FOR);
  });
  block.append(panel);
}

function showAsked(block) {
  const asked = ruleFields[fieldOf(block, "kind")?.value];
  for (const name of new Set(Object.values(ruleFields).flat())) {
    const field = fieldOf(block, name);
    const box = field?.closest(".form-multiline > div") ?? field?.closest(".form-row");
    /* One that is wrong stays in sight, with the words that say so. */
    if (box) box.hidden = Boolean(asked) && !asked.includes(name) && !box.querySelector(".errorlist");
  }
}

function prepare(block) {
  if (!block.id || block.id.endsWith("-empty")) return;
  addPreview(block);
  const kind = block.id.startsWith("rules-") ? fieldOf(block, "kind") : null;
  if (!kind) return;
  kind.addEventListener("change", () => showAsked(block));
  showAsked(block);
}

for (const block of document.querySelectorAll(".inline-related")) prepare(block);
document.addEventListener("formset:added", (event) => prepare(event.target));

const progress = document.querySelector("[data-progress]");

function lookAgain() {
  if (!progress?.querySelector("[data-under-way]")) return;
  setTimeout(async () => {
    try {
      const html = document.hidden ? null : await ask(progress.dataset.progress);
      if (html !== null) progress.innerHTML = html;
    } catch {
      /* No connection: the next time may have one. */
    }
    lookAgain();
  }, AGAIN_AFTER);
}

lookAgain();
