/* A small puzzle for the browser, so that robots pay for each message (campaigns/gate/proof_of_work.py).

   It is fetched when somebody begins to fill in the form and solved while they write, a few tries at a time, so that a
   phone stays usable. Who sends sooner waits a moment and is told so. Where anything fails the form goes without an
   answer: the message is then held until the address is confirmed, as without JavaScript. */

const TRIES_AT_ONCE = 8;
/* Rather solve a new one than send one that runs out on the way. */
const SPARE_SECONDS = 20;

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const breath = () => new Promise((resolve) => setTimeout(resolve));

async function derive(parameters, counter) {
  const nonce = bytesOf(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(parameters.salt), iterations: parameters.cost };
  return hexOf(await crypto.subtle.deriveBits(how, key, parameters.keyLength * 8));
}

async function solve(challenge, onProgress) {
  const { parameters } = challenge;
  const most = parameters.data.most;
  for (let from = 0; from <= most; from += TRIES_AT_ONCE) {
    const counters = Array.from({ length: TRIES_AT_ONCE }, (_, step) => from + step);
    const keys = await Promise.all(counters.map((counter) => derive(parameters, counter)));
    const found = keys.findIndex((key) => key.startsWith(parameters.keyPrefix));
    if (found >= 0) return { counter: from + found, derivedKey: keys[found] };
    onProgress(from / most);
    await breath();
  }
  throw new Error("The puzzle has no answer.");
}

class Work {
  constructor(part) {
    this.url = part.dataset.work;
    this.form = part.closest("form");
    this.answer = part.querySelector("[data-work-answer]");
    this.progress = part.querySelector("[data-work-progress]");
    this.status = part.querySelector("[data-work-status]");
    this.without = part.querySelector("[data-work-without]");
    this.without.hidden = true;
    this.running = null;
    this.goodUntil = 0;
    this.hasFailed = false;
    this.form.addEventListener("focusin", () => this.begin());
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("pageshow", (event) => event.persisted && this.forget());
  }

  get isReady() {
    return this.answer.value !== "" && Date.now() < this.goodUntil;
  }

  /* The back button brings the page back with an answer that was used. */
  forget() {
    this.answer.value = "";
    this.goodUntil = 0;
    this.hasFailed = false;
    this.say("");
  }

  begin() {
    if (this.isReady || this.hasFailed) return this.running;
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  async run() {
    try {
      const response = await fetch(this.url, { credentials: "omit" });
      if (!response.ok) throw new Error(response.statusText);
      const challenge = await response.json();
      const solution = await solve(challenge, (part) => (this.progress.firstElementChild.value = part));
      this.answer.value = btoa(JSON.stringify({ challenge, solution }));
      this.goodUntil = (challenge.parameters.expiresAt - SPARE_SECONDS) * 1000;
    } catch {
      this.answer.value = "";
      this.hasFailed = true;
      this.without.hidden = false;
    }
  }

  async onSubmit(event) {
    if (event.defaultPrevented || this.isReady || this.hasFailed) return;
    event.preventDefault();
    const pressed = event.submitter;
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.progress.hidden = false;
    this.say(this.status.dataset.busy);
    await this.begin();
    this.isWaiting = false;
    this.progress.hidden = true;
    this.say(this.hasFailed ? "" : this.status.dataset.done);
    this.form.requestSubmit(pressed);
  }

  say(words) {
    this.status.textContent = words;
    this.status.classList.toggle("is-empty", words === "");
  }
}

for (const part of document.querySelectorAll("form [data-work]")) new Work(part);
