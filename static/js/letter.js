/* The finished letter: copy it, print it. Without this script both buttons stay hidden and the text can be selected. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const label = button.querySelector("[data-copy-label]");
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  label.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      label.textContent = label.dataset.done;
    } catch {
      /* Not allowed to copy: select the text, so that one key does it. */
      getSelection().selectAllChildren(text);
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
