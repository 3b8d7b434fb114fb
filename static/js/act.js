/* The public action page works without this. It counts words, shows how much a letter is like others', copies, and says that
   somebody who came by our mail went on. */

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const wordsIn = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

/* --- Words ---------------------------------------------------------------------------------------- */

const own = document.querySelector("[data-own-words]");

function countWords() {
  for (const note of document.querySelectorAll("[data-words-of]")) {
    const count = wordsIn(document.getElementById(note.dataset.wordsOf).value) + (own ? wordsIn(own.value) : 0);
    const limit = note.dataset.limit ? ` / ${note.dataset.limit}` : "";
    note.textContent = `${count}${limit} ${count === 1 ? note.dataset.one : note.dataset.many}`;
  }
}

/* --- How much it is like others' --------------------------------------------------------------------- */

const form = document.querySelector("[data-meter]");
const words = document.querySelector("[data-meter-words]");
let asked = 0;

async function measure() {
  const number = ++asked;
  await wait(1200);
  const letter = document.querySelector("[data-letter]");
  if (number !== asked || !letter) return;
  const ours = document.querySelector(`[data-ours="${letter.id}"]`);
  const body = new URLSearchParams({
    text: letter.value,
    own_words: own?.value ?? "",
    ours: ours?.content.textContent ?? "",
  });
  try {
    const response = await fetch(form.dataset.meter, { method: "POST", body, credentials: "omit" });
    if (!response.ok || number !== asked) return;
    const found = await response.json();
    words.textContent = found.words;
    words.dataset.reading = found.reading;
  } catch {
    /* Without an answer nothing is said. */
  }
}

if (form) {
  form.addEventListener("input", () => {
    countWords();
    if (words) measure();
  });
  countWords();
}

/* --- Going on ----------------------------------------------------------------------------------------------- */

const first = document.querySelector("[data-came]");

first?.addEventListener("submit", () => {
  const mail = first.querySelector('[name="m"]')?.value;
  if (!mail) return;
  const body = new URLSearchParams({ m: mail });
  fetch(first.dataset.came, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
});

/* --- Copying --------------------------------------------------------------------------------------------- */

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    const before = button.textContent;
    button.textContent = button.dataset.copied;
    await wait(2000);
    button.textContent = before;
  });
}
