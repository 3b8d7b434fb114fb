/* Sends what waits on this phone: one draft after the other, in one tab at a time. A draft leaves the phone only when the
   server names the record it made; sent twice, it is one record by its own key. */
import * as store from "./offline_store.js";

const PATIENCE_MS = 20000;
const FIRST_WAIT_MS = 15000;
const LONGEST_WAIT_MS = 600000;
const SENT_IS_SHOWN_MS = 24 * 3600 * 1000;
let portal = null;
let timer = 0;
/* The draft that is open in this page's form: it goes when it is saved there, not while it is being changed. */
let held = "";

export function hold(id) {
  held = id;
}

/* What the page knows of the portal: its addresses, its words for what went wrong. */
export function configure(known) {
  portal = known;
}

/* Sends all that is due, or with `now` all that waits; `only` one draft. Says what became of it: "sent", "waiting",
   "needs-you", or "signed-out". */
export async function send({ now = false, only = "" } = {}) {
  if (!store.isOpen()) return "waiting";
  const run = () => sendInTurn(now, only);
  return navigator.locks ? navigator.locks.request("portal-offline-send", run) : run();
}

async function sendInTurn(now, only) {
  const waiting = (await store.drafts()).filter(
    (one) => (one.state === "waiting" || one.state === "sending") && (only ? one.id === only : one.id !== held),
  );
  const due = waiting.filter((one) => now || (one.nextAt ?? 0) <= Date.now());
  let outcome = waiting.length ? "waiting" : "sent";
  if (due.length) {
    const session = await askForSession();
    if (session === "signed-out") outcome = "signed-out";
    else if (session) for (const draft of due) outcome = await sendOne(draft, session.token);
    else for (const draft of due) await putOff(draft);
  }
  await tidy();
  return outcome;
}

/* Who is signed in, and a token for this moment; null when nobody answers. */
export async function askForSession() {
  try {
    const answer = await ask(portal.session);
    if (answer.status === 401 || answer.type === "opaqueredirect") {
      await store.lock();
      return "signed-out";
    }
    const session = answer.ok ? await answer.json() : null;
    return session && store.isOpen() && session.person !== store.person() ? "signed-out" : session;
  } catch {
    return null;
  }
}

async function sendOne(draft, token) {
  const fields = draft.content.fields;
  const attempted = draft.content.attempted ?? JSON.stringify(fields);
  draft = { ...draft, state: "sending", content: { ...draft.content, attempted } };
  await store.keep(draft);
  let answer, told;
  try {
    answer = await ask(draft.content.address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-CSRFToken": token, "X-Offline-Draft-Of": draft.person, Accept: "application/json" },
    });
    told = await answer.json().catch(() => ({}));
  } catch {
    return putOff(draft);
  }
  if (answer.ok && told.record) return sent(draft, told.record);
  if (answer.status >= 500 || answer.status === 429 || answer.ok) return putOff(draft);
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 409) {
    await putOff(draft);
    return "signed-out";
  }
  return needsYou(draft, told.errors ?? [portal.textRefused]);
}

/* Who changed the words after a first try whose end nobody knows is asked to look: the record may hold the older ones. */
async function sent(draft, record) {
  const { attempted } = draft.content;
  const newest = await store.draft(draft.id);
  if (newest?.state === "sent") return "sent";
  if (newest && JSON.stringify(newest.content.fields) !== attempted) {
    const content = { ...newest.content, record, errors: [portal.textChanged] };
    await store.keep({ ...newest, state: "needs-you", content });
    return "needs-you";
  }
  const { title } = draft.content;
  await store.keep({ ...draft, state: "sent", changedAt: Date.now(), content: { title, record, attempted } });
  return "sent";
}

async function needsYou(draft, errors) {
  const newest = (await store.draft(draft.id)) ?? draft;
  if (newest.state === "sent") return "sent";
  await store.keep({ ...newest, state: "needs-you", content: { ...newest.content, errors, attempted: undefined } });
  return "needs-you";
}

async function putOff(draft) {
  const newest = (await store.draft(draft.id)) ?? draft;
  /* Another tab of a browser without locks was faster. */
  if (newest.state === "sent") return "sent";
  const tries = (newest.tries ?? 0) + 1;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
  await store.keep({ ...newest, state: "waiting", tries, nextAt: Date.now() + wait });
  return "waiting";
}

/* Forgets what was sent a day ago, and wakes up when the next draft is due. */
async function tidy() {
  const all = await store.drafts();
  for (const one of all) {
    if (one.state === "sent" && Date.now() - one.changedAt > SENT_IS_SHOWN_MS) await store.drop(one.id);
  }
  const next = Math.min(...all.filter((one) => one.state === "waiting" && one.id !== held).map((one) => one.nextAt ?? 0));
  clearTimeout(timer);
  if (Number.isFinite(next)) timer = setTimeout(() => send(), Math.max(1000, next - Date.now()));
}

export function ask(address, options = {}) {
  const limit = "timeout" in AbortSignal ? AbortSignal.timeout(PATIENCE_MS) : undefined;
  return fetch(address, { redirect: "manual", cache: "no-store", signal: limit, ...options });
}
