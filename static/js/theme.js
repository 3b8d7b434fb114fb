/* System, light or dark. Runs before the page is drawn; the stock admin reads the same key. */
(() => {
  const root = document.documentElement;
  const KEY = "theme";

  function stored() {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch {
      return "auto";
    }
  }

  function apply(choice) {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  }

  apply(stored());

  document.addEventListener("DOMContentLoaded", () => {
    for (const block of document.querySelectorAll("[data-theme-switch]")) block.hidden = false;
    apply(stored());
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset.themeChoice;
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      /* Storage is refused: the choice holds for this page only. */
    }
    apply(choice);
  });

  addEventListener("storage", (event) => event.key === KEY && apply(stored()));
})();
