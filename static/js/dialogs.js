/* Links and buttons that open a <dialog>, and buttons that close the one they are in. */
for (const opener of document.querySelectorAll("[data-opens-dialog][hidden]")) opener.hidden = false;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.opensDialog);
  if (dialog) {
    event.preventDefault();
    opener.closest("[popover]")?.hidePopover();
    dialog.showModal();
    return;
  }
  event.target.closest("[data-closes-dialog]")?.closest("dialog")?.close();
  /* A click on the ground around a dialog lands on the dialog itself. */
  if (event.target instanceof HTMLDialogElement && isOutside(event)) event.target.close();
});

function isOutside(event) {
  const box = event.target.getBoundingClientRect();
  const inside =
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  /* Enter on a button counts as a click at 0,0. */
  return event.detail > 0 && !inside;
}
