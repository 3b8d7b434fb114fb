/* Nobody is signed in on this page: whatever the last person left on this phone is locked away. */
import * as store from "./offline_store.js";

if ("indexedDB" in self && "caches" in self) store.lock().catch(() => {});
